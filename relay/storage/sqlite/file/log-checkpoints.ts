/**
 * Brings what the write-ahead log has into the database's file while nobody waits for a write. SQLite would
 * do it in a commit, whose answer would wait for the disk three times instead of once.
 */
import type { DatabaseSync } from 'node:sqlite';

/** Worth it after so many writes. */
const AFTER_WRITES = 100;
/** When nothing was written for so long, mostly nobody waits. */
const QUIET_MS = 3;
/** Where there is never a quiet moment, a commit does it: four times as late as SQLite would by itself. */
const MOST_PAGES = 4_000;

export class LogCheckpoints {
  readonly #db: DatabaseSync;
  #writes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(`PRAGMA wal_autocheckpoint = ${MOST_PAGES}`);
  }

  /** Something was written. */
  wrote(): void {
    if (++this.#writes < AFTER_WRITES) return;
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(() => this.#bring(), QUIET_MS).unref();
  }

  /** Before the database closes, which brings all that is left. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #bring(): void {
    this.#timer = undefined;
    this.#writes = 0;
    try {
      this.#db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // A full or failing disk: the log keeps what it has, and the next write says what is wrong.
    }
  }
}
