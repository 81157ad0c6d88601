/** What rooms hold, read from SQLite on the reading thread and on the writing one. */
import type { DatabaseSync } from 'node:sqlite';
import type { EntryId, MemberId } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { Checkpoint } from '../../core/ports/checkpoint-storage.ts';
import {
  type EntryFate,
  type RoomHead,
  type RoomPage,
  type RoomRange,
  type StoredRow,
  emptyHead,
} from '../../core/ports/room-storage.ts';
import { encodePage } from '../../core/rooms/encode-page.ts';
import { rowsOf } from './in-transaction.ts';

/** A room's head, and its number in other tables. */
export interface RoomRow extends RoomHead {
  readonly number: number;
}

export class SqliteRoomReads {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#sql = prepare(db);
  }

  room(name: RoomName): RoomRow | undefined {
    return this.#sql.room.get(name) as RoomRow | undefined;
  }

  head(name: RoomName): RoomHead {
    const room = this.room(name);
    return room ? headOf(room) : emptyHead();
  }

  range(name: RoomName, from: number, maxBytes: number): RoomRange {
    const room = this.room(name);
    if (!room) return { head: emptyHead(), rows: [], end: 0, erased: [] };
    const rows: StoredRow[] = [];
    let bytes = 0;
    let end = room.next;
    for (const found of this.#sql.rowsFrom.iterate(room.number, from)) {
      const row = found as unknown as StoredRow;
      if (rows.length > 0 && bytes + row.bytes.length > maxBytes) {
        end = row.seq;
        break;
      }
      rows.push(row);
      bytes += row.bytes.length;
    }
    const erased = rowsOf<{ start: number; length: number }>(this.#sql.runs.all(room.number));
    return { head: headOf(room), rows, end, erased };
  }

  page(name: RoomName, generation: number, from: number, maxBytes: number): RoomPage {
    return encodePage(name, generation, from, this.range(name, from, maxBytes));
  }

  fates(ids: readonly EntryId[]): ReadonlyMap<EntryId, EntryFate> {
    const fates = new Map<EntryId, EntryFate>();
    for (const id of ids) {
      const member = this.erasedBy(id);
      const entry = member === undefined ? this.entry(id) : undefined;
      if (member !== undefined) fates.set(id, { type: 'erased', member });
      else if (entry) fates.set(id, { type: 'numbered', room: entry.name, seq: entry.seq });
    }
    return fates;
  }

  erasedIds(after: string, most: number): EntryId[] {
    return rowsOf<{ id: EntryId }>(this.#sql.erasedIds.all(after, most)).map(({ id }) => id);
  }

  rooms(prefix: string): RoomName[] {
    return rowsOf<{ name: RoomName }>(this.#sql.rooms.all(prefix, prefix)).map(({ name }) => name);
  }

  checkpoint(name: RoomName, version: number): Checkpoint | undefined {
    return this.#sql.checkpoint.get(name, version) as Checkpoint | undefined;
  }

  /** Where an entry is numbered. */
  entry(id: EntryId): { readonly name: RoomName; readonly seq: number } | undefined {
    return this.#sql.entry.get(id) as { name: RoomName; seq: number } | undefined;
  }

  /** Whose an erased entry was. */
  erasedBy(id: EntryId): MemberId | undefined {
    return this.#sql.erasedEntry.get(id)?.['member'] as MemberId | undefined;
  }
}

function headOf({ generation, next, rev, count, xor }: RoomHead): RoomHead {
  return { generation, next, rev, count, xor };
}

function prepare(db: DatabaseSync) {
  return {
    room: db.prepare('SELECT number, generation, next, rev, count, xor FROM room WHERE name = ?'),
    rooms: db.prepare('SELECT name FROM room WHERE substr(name, 1, length(?)) = ? ORDER BY name'),
    rowsFrom: db.prepare(
      'SELECT seq, id, key, bytes FROM live_row WHERE room = ? AND seq >= ? ORDER BY seq',
    ),
    runs: db.prepare('SELECT start, length FROM erased_run WHERE room = ? ORDER BY start'),
    entry: db.prepare(
      'SELECT room.name, entry.seq FROM entry JOIN room ON room.number = entry.room WHERE id = ?',
    ),
    erasedEntry: db.prepare('SELECT member FROM erased_entry WHERE id = ?'),
    erasedIds: db.prepare('SELECT id FROM erased_entry WHERE id > ? ORDER BY id LIMIT ?'),
    checkpoint: db.prepare(
      `SELECT generation, checkpoint.rev, checkpoint.next, version, bytes
       FROM checkpoint JOIN room ON room.number = checkpoint.room WHERE name = ? AND version = ?`,
    ),
  };
}
