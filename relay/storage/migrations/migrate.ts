/** Brings a SQLite file to this build's version, forward only. */
import type { DatabaseSync } from 'node:sqlite';
import type { Migration } from './migration.ts';
import { migrations as ours } from './migrations.ts';

/**
 * Runs the steps that a file lacks, those of one version in one transaction.
 * @throws {Error} on a file of a newer build: going back would lose what it wrote.
 */
export function migrate(db: DatabaseSync, migrations: readonly Migration[] = ours): void {
  const is = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  const newest = migrations.at(-1)?.version ?? 0;
  if (is > newest) {
    throw new Error(
      `The data folder is of a newer Comptoir (data version ${is}; this one knows ${newest}). ` +
        'Start that newer Comptoir again, or put back the backup from before the update.',
    );
  }
  for (let version = is + 1; version <= newest; version++) {
    db.exec('BEGIN IMMEDIATE');
    try {
      for (const step of migrations) if (step.version === version) db.exec(step.sql);
      db.exec(`PRAGMA user_version = ${version}`);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
}
