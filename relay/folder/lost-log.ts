/**
 * The newest entries are in the database's log until it is emptied. Whoever takes that file away after a relay
 * was killed leaves a database that is older than what devices know: like a backup that is put back.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { refuseNewer } from '../storage/migrations/migrate.ts';
import { DATABASE, OPEN } from './data-files.ts';
import { newGenerations } from './new-generations.ts';

const LOG = `${DATABASE}-wal`;

/** The database is open, and its log is there. */
export function noteOpen(folder: string): void {
  if (hasLog(folder)) writeFileSync(join(folder, OPEN), '', { mode: 0o600 });
}

/** The database is about to be closed, which puts the log into it. */
export function noteClosing(folder: string): void {
  rmSync(join(folder, OPEN), { force: true });
}

export const hasLog = (folder: string): boolean => existsSync(join(folder, LOG));

/** Whether the log is gone that a relay left when it was killed. */
export const lostItsLog = (folder: string): boolean =>
  !hasLog(folder) && [DATABASE, OPEN].every((name) => existsSync(join(folder, name)));

/**
 * Gives each room a generation that no device holds, if the log is gone: they load it anew, and give back what
 * it lacks. Another program that opened the database may have put the log into it: then nothing is lacking.
 * @returns whether it was gone.
 */
export function mendLostLog(folder: string, now: number): boolean {
  if (!lostItsLog(folder)) return false;
  const db = new DatabaseSync(join(folder, DATABASE));
  try {
    refuseNewer(db);
    newGenerations(db, now / 1_000);
  } finally {
    db.close();
  }
  noteClosing(folder);
  return true;
}
