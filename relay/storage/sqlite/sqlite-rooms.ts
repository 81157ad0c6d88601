/** Rooms in SQLite, written by hand because every entry goes through here. It lives in the writing thread. */
import type { DatabaseSync } from 'node:sqlite';
import { bytesToText, xorInto } from '../../../shared/bytes.ts';
import type { EntryId } from '../../../shared/ids.ts';
import { type RoomName, parseRoom } from '../../../shared/protocol/rooms.ts';
import type { Checkpoint } from '../../core/ports/checkpoint-storage.ts';
import type { Write } from '../../core/ports/port.ts';
import {
  type ForgottenEntry,
  type RoomChange,
  type RoomHead,
  type StorageBatch,
  emptyHead,
} from '../../core/ports/room-storage.ts';
import type { ErasedLog } from './erased-log.ts';
import { inTransaction } from './in-transaction.ts';
import type { LogTruncation } from './log-truncation.ts';
import { KeptPages } from './pages/kept-pages.ts';
import type { SqliteRoomReads } from './sqlite-room-reads.ts';

export interface SqliteRoomsOptions {
  readonly db: DatabaseSync;
  readonly reads: SqliteRoomReads;
  readonly log: ErasedLog;
  readonly truncation: LogTruncation;
  /** Has something written without waiting for the disk. */
  readonly behind: (act: () => void) => void;
}

export class SqliteRooms {
  readonly #db: DatabaseSync;
  readonly #reads: SqliteRoomReads;
  readonly #log: ErasedLog;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #reconciled: RoomName[];
  readonly #truncation: LogTruncation;
  readonly #pages: KeptPages;
  /** The next commit derives again what was derived from entries that were erased at open. */
  #derivesAgain: boolean;

  constructor({ db, reads, log, truncation, behind }: SqliteRoomsOptions) {
    this.#db = db;
    this.#reads = reads;
    this.#log = log;
    this.#sql = prepare(db);
    this.#truncation = truncation;
    this.#pages = new KeptPages({
      db,
      find: (name) => reads.room(name),
      page: (...part) => reads.page(...part),
      behind: (act) =>
        behind(() =>
          inTransaction(db, () => {
            act();
            return true;
          }),
        ),
    });
    this.#reconciled = this.#applyErasedLog();
    this.#derivesAgain = this.#reconciled.length > 0;
    // Also what was erased just before the process was killed.
    this.#truncation.now();
  }

  /** @param write does one of the batch's writes, in its transaction. */
  commit(
    { changes, writes, forget = [], hides = [], unhides = [] }: StorageBatch,
    write: (write: Write) => void,
  ): 'committed' | 'conflict' {
    const erased = [...changes.flatMap((change) => change.forget), ...forget];
    this.#log.append({ erased, hidden: hides, shown: unhides });
    let done = false;
    try {
      done = inTransaction(this.#db, () => {
        for (const change of changes) if (!this.#write(change)) return false;
        for (const each of writes) write(each);
        for (const each of forget) this.#forget(each);
        return true;
      });
    } finally {
      // Otherwise the next start would hide what nobody was told of.
      if (!done) this.#log.append({ erased: [], shown: hides.map(({ id }) => id) });
    }
    if (!done) return 'conflict';
    if (this.#derivesAgain || erased.length > 0 || hides.length > 0) this.#truncation.soon();
    this.#derivesAgain = false;
    return 'committed';
  }

  /** A room from which the erased list removed entries at open. */
  reconciled(): readonly RoomName[] {
    return this.#reconciled;
  }

  putCheckpoint(name: RoomName, { generation, rev, next, version, bytes }: Checkpoint): void {
    // Each row raises `rev` by one, and so does each erasure: the difference counts erasures.
    this.#sql.putCheckpoint.run(rev, next, version, bytes, name, generation, rev - next);
    this.#pages.grown(name);
  }

  /** Moves a room from one head to the next: its number, or undefined if it has another head by now. */
  #move(name: RoomName, base: RoomHead, head: RoomHead): number | undefined {
    const { generation, next, rev, count, xor } = head;
    const at = [base.generation, base.next, base.rev] as const;
    const moved =
      this.#sql.moveRoom.get(generation, next, rev, count, xor, name, ...at) ??
      (isEmpty(base) ? this.#sql.addRoom.get(name, generation, next, rev, count, xor) : undefined);
    return moved && Number(moved['number']);
  }

  /** Whether it could: another node may have changed the room. */
  #write({ room, base, head, append, erase, forget }: RoomChange): boolean {
    const number = this.#move(room, base, head);
    if (number === undefined) return false;
    for (const row of append) {
      this.#sql.insertRow.run(number, row.seq, row.id, row.key, row.bytes);
      if (row.key === null) this.#sql.insertEntry.run(bytesToText(row.id), number, row.seq);
    }
    for (const each of forget) this.#forget(each);
    for (const seq of erase) this.#erase(number, seq);
    this.#pages.drop(number, erase);
    if (head.generation !== base.generation) this.#pages.dropAll(number);
    if (erase.length > 0 || head.generation !== base.generation)
      this.#sql.dropCheckpoint.run(number);
    return true;
  }

  /** Removes a row, and joins it to the erased runs it touches. */
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
    const known = new Set(this.#reads.erasedIds('', Number.MAX_SAFE_INTEGER));
    const missing = [...this.#log.read()].filter(([id]) => !known.has(id));
    inTransaction(this.#db, () => {
      for (const [id, member] of missing) {
        const entry = this.#reads.entry(id);
        if (entry) {
          this.#eraseRestored(entry.name, entry.seq);
          touched.add(entry.name);
        }
        // What was refused before the copy was made stays so; its bytes may have come back with it.
        const staysRefused = this.#reads.fates([id]).get(id)?.type === 'refused';
        this.#forget({ id, member, staysRefused });
      }
      for (const [id, member] of this.#log.readHidden()) {
        const fate = this.#reads.fates([id]).get(id);
        if (fate?.type === 'hidden' || fate?.type === 'erased') continue;
        const entry = this.#reads.entry(id);
        if (entry) {
          this.#hideRestored(id, entry.name, entry.seq);
          touched.add(entry.name);
        }
        this.#sql.deleteEntry.run(id);
        this.#sql.insertHiddenFate.run(id, member);
      }
      return true;
    });
    return [...touched];
  }

  #forget({ id, member, staysRefused = false }: ForgottenEntry): void {
    this.#sql.deleteHeld.run(id);
    this.#sql.deleteHidden.run(id);
    if (staysRefused) return;
    this.#sql.deleteEntry.run(id);
    this.#sql.deleteFate.run(id);
    this.#sql.insertErased.run(id, member);
  }

  #hideRestored(id: EntryId, name: RoomName, seq: number): void {
    const room = parseRoom(name);
    const row = this.#sql.bytesAt.get(name, seq);
    if (row && room.kind === 'conversation')
      this.#sql.insertHidden.run(id, room.id, row['bytes'] as Uint8Array);
    this.#eraseRestored(name, seq);
  }

  #eraseRestored(name: RoomName, seq: number): void {
    const room = this.#reads.room(name);
    const row = room && this.#sql.rowAt.get(room.number, seq);
    if (!room || !row) return;
    const xor = room.xor.slice();
    xorInto(xor, row['id'] as Uint8Array);
    this.#erase(room.number, seq);
    this.#pages.drop(room.number, [seq]);
    this.#sql.dropCheckpoint.run(room.number);
    this.#move(name, room, { ...room, rev: room.rev + 1, count: room.count - 1, xor });
  }

  /** Before the database closes. */
  stop(): void {
    this.#pages.stop();
  }
}

const isEmpty = ({ generation, next, rev }: RoomHead): boolean => {
  const empty = emptyHead();
  return generation === empty.generation && next === empty.next && rev === empty.rev;
};

function prepare(db: DatabaseSync) {
  return {
    moveRoom: db.prepare(
      `UPDATE room SET generation = ?, next = ?, rev = ?, count = ?, xor = ?
       WHERE name = ? AND generation = ? AND next = ? AND rev = ? RETURNING number`,
    ),
    addRoom: db.prepare(
      `INSERT INTO room (name, generation, next, rev, count, xor) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO NOTHING RETURNING number`,
    ),
    rowAt: db.prepare('SELECT id FROM live_row WHERE room = ? AND seq = ?'),
    insertRow: db.prepare(
      'INSERT INTO live_row (room, seq, id, key, bytes) VALUES (?, ?, ?, ?, ?)',
    ),
    deleteRow: db.prepare('DELETE FROM live_row WHERE room = ? AND seq = ?'),
    runEndingAt: db.prepare(
      `SELECT start, length FROM erased_run WHERE room = ?1 AND start < ?2 AND start + length = ?2
       ORDER BY start DESC LIMIT 1`,
    ),
    runStartingAt: db.prepare('SELECT length FROM erased_run WHERE room = ? AND start = ?'),
    insertRun: db.prepare('INSERT INTO erased_run (room, start, length) VALUES (?, ?, ?)'),
    deleteRun: db.prepare('DELETE FROM erased_run WHERE room = ? AND start = ?'),
    insertEntry: db.prepare('INSERT INTO entry (id, room, seq) VALUES (?, ?, ?)'),
    deleteEntry: db.prepare('DELETE FROM entry WHERE id = ?'),
    deleteHeld: db.prepare('DELETE FROM held WHERE id = ?'),
    deleteFate: db.prepare('DELETE FROM entry_fate WHERE id = ?'),
    deleteHidden: db.prepare('DELETE FROM hidden_entry WHERE id = ?'),
    insertHidden: db.prepare(
      'INSERT OR REPLACE INTO hidden_entry (id, conversation, bytes) VALUES (?, ?, ?)',
    ),
    insertHiddenFate: db.prepare(
      "INSERT OR REPLACE INTO entry_fate (id, fate, detail) VALUES (?, 'hidden', ?)",
    ),
    bytesAt: db.prepare(
      `SELECT bytes FROM live_row JOIN room ON room.number = live_row.room
       WHERE room.name = ? AND live_row.seq = ?`,
    ),
    insertErased: db.prepare('INSERT OR IGNORE INTO erased_entry (id, member) VALUES (?, ?)'),
    putCheckpoint: db.prepare(
      `INSERT OR REPLACE INTO checkpoint (room, rev, next, version, bytes)
       SELECT number, ?, ?, ?, ? FROM room WHERE name = ? AND generation = ? AND rev - next = ?`,
    ),
    dropCheckpoint: db.prepare('DELETE FROM checkpoint WHERE room = ?'),
  };
}
