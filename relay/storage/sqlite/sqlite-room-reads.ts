/** What rooms hold, read from SQLite on the reading thread and on the writing one. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EntryId, MemberId } from '../../../shared/ids.ts';
import type { RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { Checkpoint } from '../../core/ports/checkpoint-storage.ts';
import {
  type EntryFate,
  type OpenFate,
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

/** A part of a room as its readers get it: rows from `start` on, before `until`. */
export interface KeptPage {
  readonly start: number;
  readonly until: number;
  /** Bytes of rows in it. */
  readonly read: number;
  readonly bytes: Uint8Array;
}

type PageRow = Pick<StoredRow, 'seq' | 'bytes'>;

/** Which rows are read. */
interface Part {
  readonly from: number;
  readonly maxBytes: number;
  /** @default the room's end */
  readonly before?: number;
}

export class SqliteRoomReads {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;
  #keptFrom: StatementSync | undefined;
  #fates: ReturnType<typeof prepareFates> | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
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
    return this.#part<StoredRow>(room, this.#sql.rowsFrom, { from, maxBytes });
  }

  /** The one that is kept; otherwise it is made, up to the next that is. */
  page(name: RoomName, generation: number, from: number, maxBytes: number): RoomPage {
    const room = this.room(name);
    if (!room) return encodePage(name, generation, from, this.range(name, from, maxBytes));
    const kept = this.#kept(room.number, from);
    if (kept?.start === from && kept.read <= maxBytes && room.generation === generation) {
      const { bytes: update, until: to, read } = kept;
      return { head: headOf(room), update, to, isLast: false, read, runs: 0 };
    }
    const before = kept && kept.start > from ? kept.start : room.next;
    const part = this.#part<PageRow>(room, this.#sql.pageRows, { from, maxBytes, before });
    return encodePage(name, generation, from, part);
  }

  /** The first that is kept from there on. */
  #kept(room: number, from: number): KeptPage | undefined {
    // Prepared late: the file of an older build, which is only looked through, has none.
    this.#keptFrom ??= this.#db.prepare(
      'SELECT start, until, read, bytes FROM kept_page WHERE room = ? AND start >= ? ORDER BY start LIMIT 1',
    );
    return this.#keptFrom.get(room, from) as KeptPage | undefined;
  }

  /** All that are kept of a room, from its start. */
  keptPages(name: RoomName): KeptPage[] {
    return rowsOf<KeptPage>(
      this.#db
        .prepare(
          `SELECT start, until, read, bytes FROM kept_page
           WHERE room = (SELECT number FROM room WHERE name = ?) ORDER BY start`,
        )
        .all(name),
    );
  }

  #part<Row extends PageRow>(
    room: RoomRow,
    statement: StatementSync,
    { from, maxBytes, before = room.next }: Part,
  ): Omit<RoomRange, 'rows'> & { readonly rows: readonly Row[] } {
    const rows: Row[] = [];
    let bytes = 0;
    let end = before;
    for (const found of statement.iterate(room.number, from, before)) {
      const row = found as unknown as Row;
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

  fates(ids: readonly EntryId[]): ReadonlyMap<EntryId, EntryFate> {
    const fates = new Map<EntryId, EntryFate>();
    for (const id of ids) {
      const fate = this.#erasedBy(id) ?? this.#numbered(id) ?? this.#other(id);
      if (fate) fates.set(id, fate);
    }
    return fates;
  }

  fatedIds(after: string, most: number): EntryId[] {
    return rowsOf<{ id: EntryId }>(this.#fateSql.ids.all(after, most)).map(({ id }) => id);
  }

  /** Prepared late: the file of an older build, which is only looked through, lacks its tables. */
  get #fateSql(): ReturnType<typeof prepareFates> {
    return (this.#fates ??= prepareFates(this.#db));
  }

  erasedIds(after: string, most: number): EntryId[] {
    return rowsOf<{ id: EntryId }>(this.#sql.erasedIds.all(after, most)).map(({ id }) => id);
  }

  rooms(prefix: string): RoomName[] {
    // What begins so comes before this. To look at all names would take long.
    const after = `${prefix}\u{10ffff}`;
    return rowsOf<{ name: RoomName }>(this.#sql.rooms.all(prefix, after)).map(({ name }) => name);
  }

  checkpoint(name: RoomName, version: number): Checkpoint | undefined {
    return this.#sql.checkpoint.get(name, version) as Checkpoint | undefined;
  }

  /** Where an entry is numbered. */
  entry(id: EntryId): { readonly name: RoomName; readonly seq: number } | undefined {
    return this.#sql.entry.get(id) as { name: RoomName; seq: number } | undefined;
  }

  #erasedBy(id: EntryId): EntryFate | undefined {
    const member = this.#sql.erasedEntry.get(id)?.['member'] as MemberId | undefined;
    return member === undefined ? undefined : { type: 'erased', member };
  }

  #numbered(id: EntryId): EntryFate | undefined {
    const entry = this.entry(id);
    return entry && { type: 'numbered', room: entry.name, seq: entry.seq };
  }

  #other(id: EntryId): EntryFate | undefined {
    if (this.#fateSql.booked.get(id)) return { type: 'taken' };
    const found = this.#fateSql.fate.get(id) as
      { fate: OpenFate['type']; detail: string } | undefined;
    if (!found) return undefined;
    const { fate: type, detail } = found;
    if (type === 'refused') return { type, code: detail as RefusalCode };
    return { type, member: detail as MemberId };
  }
}

function headOf({ generation, next, rev, count, xor }: RoomHead): RoomHead {
  return { generation, next, rev, count, xor };
}

function prepareFates(db: DatabaseSync) {
  return {
    booked: db.prepare('SELECT 1 FROM book_entry WHERE id = ?'),
    fate: db.prepare('SELECT fate, detail FROM entry_fate WHERE id = ?'),
    ids: db.prepare(
      `SELECT id FROM (
         SELECT id FROM erased_entry WHERE id > ?1
         UNION SELECT id FROM book_entry WHERE id > ?1
         UNION SELECT id FROM entry_fate WHERE id > ?1
         ORDER BY id LIMIT ?2
       )`,
    ),
  };
}

function prepare(db: DatabaseSync) {
  return {
    room: db.prepare('SELECT number, generation, next, rev, count, xor FROM room WHERE name = ?'),
    rooms: db.prepare('SELECT name FROM room WHERE name >= ? AND name < ? ORDER BY name'),
    rowsFrom: db.prepare(
      'SELECT seq, id, key, bytes FROM live_row WHERE room = ? AND seq >= ? AND seq < ? ORDER BY seq',
    ),
    pageRows: db.prepare(
      'SELECT seq, bytes FROM live_row WHERE room = ? AND seq >= ? AND seq < ? ORDER BY seq',
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
