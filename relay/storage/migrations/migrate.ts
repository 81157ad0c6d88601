/** Brings a SQLite file to this build's version, forward only. */
import type { DatabaseSync } from 'node:sqlite';
import { DataFault } from '../../platform/data-fault.ts';
import type { Migration } from './migration.ts';
import { migrations as ours } from './migrations.ts';

export interface MigrateOptions {
  /** @default this build's */
  readonly migrations?: readonly Migration[];
  /** Called before the first step on a file that holds something, with the version that it has. */
  readonly keep?: (version: number) => void;
}

/**
 * Runs the steps that a file lacks, those of one version in one transaction.
 * @throws {DataFault} on a file of a newer build: going back would lose what it wrote.
 */
export function migrate(
  db: DatabaseSync,
  { migrations = ours, keep = () => {} }: MigrateOptions = {},
): void {
  refuseNewer(db, migrations);
  const is = dataVersion(db);
  const newest = newestOf(migrations);
  if (is > 0 && is < newest) keep(is);
  for (let version = is + 1; version <= newest; version++) {
    db.exec('BEGIN IMMEDIATE');
    try {
      for (const step of migrations) if (step.version === version) run(db, step);
      db.exec(`PRAGMA user_version = ${version}`);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
}

function run(db: DatabaseSync, { functions = {}, sql }: Migration): void {
  for (const [name, act] of Object.entries(functions)) db.function(name, act);
  db.exec(sql);
}

/** @throws {DataFault} on a file of a newer build. */
export function refuseNewer(db: DatabaseSync, migrations: readonly Migration[] = ours): void {
  const is = dataVersion(db);
  const newest = newestOf(migrations);
  if (is <= newest) return;
  throw new DataFault(
    'newer',
    `The data folder is of a newer Comptoir (data version ${is}; this one knows ${newest}): start that one again, ` +
      'or put back a backup from before the upgrade with "comptoir restore <backup>".',
  );
}

/** The version that a file says it has; 0 where nothing was written. */
export const dataVersion = (db: DatabaseSync): number =>
  Number(db.prepare('PRAGMA user_version').get()?.['user_version']);

/** The version that these steps lead to. */
export const newestOf = (migrations: readonly Migration[] = ours): number =>
  migrations.at(-1)?.version ?? 0;
