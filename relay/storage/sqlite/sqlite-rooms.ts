/** Rooms in SQLite, synchronous: runs in the worker (sqlite-worker.ts), never on the relay's own thread. */
import type { DatabaseSync } from 'node:sqlite';

import { bytesToText, xorInto } from '../../../shared/bytes.ts';
import type { EntryId, MemberId } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import {
  type EntryFate,
  type RoomChange,
  type RoomHead,
  type RoomRange,
  type RoomStorage,
  type StoredRow,
  emptyHead,
} from '../../core/ports/room-storage.ts';
import type { ErasedLog } from '../erased-log.ts';
import { type Sync, inTransaction, rowsOf } from './sqlite-tools.ts';

interface RoomRow extends RoomHead {
  readonly number: number;
}

export class SqliteRooms implements Omit<Sync<RoomStorage>, 'close' | 'check'> {
  readonly #db: DatabaseSync;
  readonly #log: ErasedLog;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #reconciled: RoomName[];
  #owesTruncate = false;

  constructor(db: DatabaseSync, log: ErasedLog) {
    this.#db = db;
    this.#log = log;
    this.#sql = prepare(db);
    this.#reconciled = this.#applyErasedLog();
  }

  commit(changes: readonly RoomChange[]): 'committed' | 'conflict' {
    this.#log.append(changes.flatMap((change) => change.forget));
    const done = inTransaction(this.#db, () => {
      if (changes.some((change) => !this.#isAt(change.room, change.base))) return false;
      for (const change of changes) this.#write(change);
      return true;
    });
    if (!done) return 'conflict';
    this.#owesTruncate ||= changes.some((change) => change.forget.length > 0);
    if (this.#owesTruncate) this.#truncateLog();
    return 'committed';
  }

  head(room: RoomName): RoomHead {
    return this.#room(room) ?? emptyHead();
  }

  range(name: RoomName, from: number, maxBytes: number): RoomRange {
    const room = this.#room(name);
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
    const { number: _, ...head } = room;
    return { head, rows, end, erased };
  }

  fates(ids: readonly EntryId[]): ReadonlyMap<EntryId, EntryFate> {
    const fates = new Map<EntryId, EntryFate>();
    for (const id of ids) {
      const erased = this.#sql.erasedEntry.get(id);
      if (erased) {
        fates.set(id, { type: 'erased', member: erased['member'] as MemberId });
        continue;
      }
      const entry = this.#sql.entry.get(id);
      if (entry) {
        const { name, seq } = entry as { name: RoomName; seq: number };
        fates.set(id, { type: 'numbered', room: name, seq });
      }
    }
    return fates;
  }

  rooms(prefix: string): RoomName[] {
    return rowsOf<{ name: RoomName }>(this.#sql.rooms.all(prefix, prefix)).map(({ name }) => name);
  }

  reconciled(): readonly RoomName[] {
    return this.#reconciled;
  }

  #room(name: RoomName): RoomRow | undefined {
    return this.#sql.room.get(name) as RoomRow | undefined;
  }

  #isAt(name: RoomName, base: RoomHead): boolean {
    const head = this.head(name);
    return head.generation === base.generation && head.next === base.next && head.rev === base.rev;
  }

  #write({ room, head, append, erase, forget }: RoomChange): void {
    this.#sql.upsertRoom.run(room, head.generation, head.next, head.rev, head.count, head.xor);
    const number = this.#room(room)?.number ?? 0;
    for (const row of append) {
      this.#sql.insertRow.run(number, row.seq, row.id, row.key, row.bytes);
      if (row.key === null) this.#sql.insertEntry.run(bytesToText(row.id), number, row.seq);
    }
    for (const { id, member } of forget) {
      this.#sql.deleteEntry.run(id);
      this.#sql.insertErased.run(id, member);
    }
    for (const seq of erase) this.#erase(number, seq);
  }

  /** Takes a row out, and joins it to the erased runs it touches. */
  #erase(room: number, seq: number): void {
    this.#sql.deleteRow.run(room, seq);
    let start = seq;
    let length = 1;
    const before = this.#sql.runEndingAt.get(room, seq);
    if (before) {
      start = Number(before['start']);
      length += Number(before['length']);
      this.#sql.deleteRun.run(room, start);
    }
    const after = this.#sql.runStartingAt.get(room, seq + 1);
    if (after) {
      length += Number(after['length']);
      this.#sql.deleteRun.run(room, seq + 1);
    }
    this.#sql.insertRun.run(room, start, length);
  }

  /** Erases again what an older backup brought back. */
  #applyErasedLog(): RoomName[] {
    const touched = new Set<RoomName>();
    const missing = [...this.#log.read()].filter(([id]) => !this.#sql.erasedEntry.get(id));
    inTransaction(this.#db, () => {
      for (const [id, member] of missing) {
        const entry = this.#sql.entry.get(id) as { name: RoomName; seq: number } | undefined;
        if (entry) {
          this.#eraseRestored(entry.name, entry.seq);
          touched.add(entry.name);
        }
        this.#sql.deleteEntry.run(id);
        this.#sql.insertErased.run(id, member);
      }
      return true;
    });
    if (touched.size > 0) this.#truncateLog();
    // What was derived from it is derived again by the next commit, and must leave the log too.
    this.#owesTruncate = touched.size > 0;
    return [...touched];
  }

  #eraseRestored(name: RoomName, seq: number): void {
    const room = this.#room(name);
    const row = room && this.#sql.rowAt.get(room.number, seq);
    if (!room || !row) return;
    const xor = room.xor.slice();
    xorInto(xor, row['id'] as Uint8Array);
    this.#erase(room.number, seq);
    this.#sql.upsertRoom.run(name, room.generation, room.next, room.rev + 1, room.count - 1, xor);
  }

  /**
   * What secure_delete overwrote is still in the write-ahead log until it is checkpointed away. A
   * backup that reads at this moment holds that up: then it is tried again after the next commit.
   */
  #truncateLog(): void {
    this.#owesTruncate = this.#sql.truncate.get()?.['busy'] !== 0;
  }
}

function prepare(db: DatabaseSync) {
  return {
    truncate: db.prepare('PRAGMA wal_checkpoint(TRUNCATE)'),
    room: db.prepare('SELECT number, generation, next, rev, count, xor FROM room WHERE name = ?'),
    rooms: db.prepare('SELECT name FROM room WHERE substr(name, 1, length(?)) = ? ORDER BY name'),
    upsertRoom: db.prepare(
      `INSERT INTO room (name, generation, next, rev, count, xor) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET generation = excluded.generation, next = excluded.next,
         rev = excluded.rev, count = excluded.count, xor = excluded.xor`,
    ),
    rowsFrom: db.prepare(
      'SELECT seq, id, key, bytes FROM live_row WHERE room = ? AND seq >= ? ORDER BY seq',
    ),
    rowAt: db.prepare('SELECT id FROM live_row WHERE room = ? AND seq = ?'),
    insertRow: db.prepare(
      'INSERT INTO live_row (room, seq, id, key, bytes) VALUES (?, ?, ?, ?, ?)',
    ),
    deleteRow: db.prepare('DELETE FROM live_row WHERE room = ? AND seq = ?'),
    runs: db.prepare('SELECT start, length FROM erased_run WHERE room = ? ORDER BY start'),
    runEndingAt: db.prepare(
      `SELECT start, length FROM erased_run WHERE room = ?1 AND start < ?2 AND start + length = ?2
       ORDER BY start DESC LIMIT 1`,
    ),
    runStartingAt: db.prepare('SELECT length FROM erased_run WHERE room = ? AND start = ?'),
    insertRun: db.prepare('INSERT INTO erased_run (room, start, length) VALUES (?, ?, ?)'),
    deleteRun: db.prepare('DELETE FROM erased_run WHERE room = ? AND start = ?'),
    entry: db.prepare(
      'SELECT room.name, entry.seq FROM entry JOIN room ON room.number = entry.room WHERE id = ?',
    ),
    insertEntry: db.prepare('INSERT INTO entry (id, room, seq) VALUES (?, ?, ?)'),
    deleteEntry: db.prepare('DELETE FROM entry WHERE id = ?'),
    erasedEntry: db.prepare('SELECT member FROM erased_entry WHERE id = ?'),
    insertErased: db.prepare('INSERT OR IGNORE INTO erased_entry (id, member) VALUES (?, ?)'),
  };
}
