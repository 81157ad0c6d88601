/** One SQLite file with all ports over it, synchronous; lives in the worker. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ErasedLog } from '../erased-log.ts';
import { migrate } from '../migrations.ts';
import { SqliteBlocks } from '../../features/blocks/sqlite-blocks.ts';
import { SqliteCards } from '../../features/cards/sqlite-cards.ts';
import { SqliteInvitations } from '../../features/invitations/sqlite-invitations.ts';
import { SqlitePeople } from '../../features/members/sqlite-people.ts';
import { SqliteRooms } from './sqlite-rooms.ts';
import type { StorageMethod } from '../storage.ts';

export class SqliteDatabase {
  readonly #db: DatabaseSync;
  readonly #log: ErasedLog;
  readonly #ports: readonly object[];

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
    const invitations = new SqliteInvitations(this.#db);
    this.#ports = [
      new SqliteRooms(this.#db, this.#log),
      new SqlitePeople(this.#db, invitations),
      invitations,
      new SqliteBlocks(this.#db),
      new SqliteCards(this.#db),
    ];
  }

  call(method: StorageMethod, args: readonly unknown[]): unknown {
    if (method === 'check') return void this.#db.prepare('SELECT 1').get();
    const port = this.#ports.find((one) => method in one) as
      Record<string, (...args: readonly unknown[]) => unknown> | undefined;
    return port?.[method]?.(...args);
  }

  close(): void {
    this.#db.close();
    this.#log.close();
  }
}
