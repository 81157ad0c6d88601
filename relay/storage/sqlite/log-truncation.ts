/**
 * What `secure_delete` overwrote stays in the write-ahead log until a checkpoint empties that. After an erasure
 * this happens within a second, away from the answer; while somebody reads the database, a backup for
 * instance, it is tried again each second.
 */
import type { DatabaseSync } from 'node:sqlite';

const EVERY_MS = 1_000;
/** A checkpoint waits for readers: writers wait meanwhile, so not for long. */
const WAIT_MS = 20;

export class LogTruncation {
  readonly #db: DatabaseSync;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Empties the log, or tries again until nobody reads. */
  now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isEmptied()) this.soon();
  }

  soon(): void {
    this.#timer ??= setTimeout(() => this.now(), EVERY_MS).unref();
  }

  /** Stops trying: whoever closes the database last empties the log too. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #isEmptied(): boolean {
    const before = this.#db.prepare('PRAGMA busy_timeout').get()?.['timeout'];
    try {
      this.#db.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
      return this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
    } catch {
      return false; // a full or failing disk: it may come back
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${Number(before)}`);
    }
  }
}
