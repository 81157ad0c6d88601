/** Opens the file of a data folder to write it, of this build's version. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate, refuseNewer } from '../../migrations/migrate.ts';
import type { Migration } from '../../migrations/migration.ts';
import { migrations as ours } from '../../migrations/migrations.ts';
import { keepCopy } from './keep-copy.ts';

export const FILE = 'comptoir.sqlite';

/**
 * Opens the file, makes it if missing, and brings it to this build's version in one step. The file as it
 * was stays beside it.
 * @throws {DataFault} on a file of a newer build, which stays as it is.
 */
export function openUpToDate(
  folder: string,
  migrations: readonly Migration[] = ours,
): DatabaseSync {
  const db = new DatabaseSync(join(folder, FILE), { timeout: 5_000 });
  try {
    refuseNewer(db, migrations); // before anything of it is touched
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA foreign_keys = ON;
    `);
    const keep = (version: number): void =>
      keepCopy(db, join(folder, `before-upgrade-from-${version}.sqlite`));
    migrate(db, { migrations, keep });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
