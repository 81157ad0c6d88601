/**
 * Parts of long rooms as their readers get them: who opens one anew gets these instead of its rows one by one.
 * The thread that writes makes them behind the batches, and drops them in the transaction that erases, so
 * none ever holds what is erased. Without them, rows are read.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { RoomName } from '../../../../shared/protocol/rooms.ts';
import { PAGE_BYTES, type RoomPage } from '../../../core/ports/room-storage.ts';

export interface KeptPagesOptions {
  readonly db: DatabaseSync;
  /** A room's number and generation, if it is there. */
  readonly find: (
    name: RoomName,
  ) => { readonly number: number; readonly generation: number } | undefined;
  /** A part of a room as it is now, up to the next one that is kept. */
  readonly page: (name: RoomName, generation: number, from: number, maxBytes: number) => RoomPage;
  /** Runs something in a transaction that nobody waits for. */
  readonly behind: (act: () => void) => void;
}

export class KeptPages {
  readonly #options: KeptPagesOptions;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #due = new Set<RoomName>();
  #next: NodeJS.Immediate | undefined;

  constructor(options: KeptPagesOptions) {
    this.#options = options;
    this.#sql = prepare(options.db);
  }

  /** A room has grown: what is whole of it is kept soon, some at a time. */
  grown(name: RoomName): void {
    this.#due.add(name);
    this.#next ??= setImmediate(() => this.#go());
  }

  /** Rows of a room are erased, in this transaction: nothing from the first to the last of them stays. */
  drop(room: number, erased: readonly number[]): void {
    if (erased.length > 0) this.#sql.drop.run(room, Math.min(...erased), Math.max(...erased));
  }

  /** Everything of a room. */
  dropAll(room: number): void {
    this.#sql.dropAll.run(room);
  }

  /** Before the database closes. */
  stop(): void {
    clearImmediate(this.#next);
    this.#due.clear();
  }

  #go(): void {
    this.#next = undefined;
    const [name] = this.#due;
    if (name === undefined) return;
    let isMore = false;
    try {
      this.#options.behind(() => {
        isMore = this.#keep(name);
      });
    } catch {
      // A full or failing disk: it may come back, and rows are read meanwhile.
    }
    if (!isMore) this.#due.delete(name);
    if (this.#due.size > 0) this.#next = setImmediate(() => this.#go());
  }

  /** Keeps the first that is missing: batches wait meanwhile. Returns whether there may be more. */
  #keep(name: RoomName): boolean {
    const { find, page } = this.#options;
    const room = find(name);
    if (!room) return false;
    const ends = new Map(
      this.#sql.all.all(room.number).map(({ start, until }) => [Number(start), Number(until)]),
    );
    let from = 0;
    for (let end = ends.get(from); end !== undefined; end = ends.get(from)) from = end;
    const most = from === 0 ? PAGE_BYTES.first : PAGE_BYTES.later;
    const { update, to, isLast, read } = page(name, room.generation, from, most);
    if (isLast) return false; // it grows with each row
    this.#sql.put.run(room.number, from, to, read, update);
    return true;
  }
}

function prepare(db: DatabaseSync) {
  return {
    all: db.prepare('SELECT start, until FROM kept_page WHERE room = ? ORDER BY start'),
    put: db.prepare(
      'INSERT INTO kept_page (room, start, until, read, bytes) VALUES (?, ?, ?, ?, ?)',
    ),
    drop: db.prepare('DELETE FROM kept_page WHERE room = ?1 AND until > ?2 AND start <= ?3'),
    dropAll: db.prepare('DELETE FROM kept_page WHERE room = ?'),
  };
}
