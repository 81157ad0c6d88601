/** One SQLite file with all ports over it, synchronous; lives in the worker. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ErasedLog } from './erased-log.ts';
import { migrate } from './migrations.ts';
import { SqlitePeople } from './sqlite-people.ts';
import { SqliteRooms } from './sqlite-rooms.ts';
import type { StorageMethod } from './storage.ts';

export class SqliteDatabase {
  readonly #db: DatabaseSync;
  readonly #log: ErasedLog;
  readonly #rooms: SqliteRooms;
  readonly #people: SqlitePeople;

  /** @param folder holds `comptoir.sqlite` and `erased.log`; must exist. */
  constructor(folder: string) {
    this.#db = new DatabaseSync(join(folder, 'comptoir.sqlite'), { timeout: 5_000 });
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA foreign_keys = ON;
    `);
    migrate(this.#db);
    this.#log = new ErasedLog(join(folder, 'erased.log'));
    this.#rooms = new SqliteRooms(this.#db, this.#log);
    this.#people = new SqlitePeople(this.#db);
  }

  call(method: StorageMethod, args: readonly unknown[]): unknown {
    if (method === 'check') return void this.#db.prepare('SELECT 1').get();
    const port = (method in this.#rooms ? this.#rooms : this.#people) as unknown as Record<
      string,
      (...args: readonly unknown[]) => unknown
    >;
    return port[method]?.(...args);
  }

  close(): void {
    this.#db.close();
    this.#log.close();
  }
}
