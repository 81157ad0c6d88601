/** A whole copy of an open database, in one file that needs no other. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** When it returns, the copy is on disk; before that, nothing has its name. */
export function keepCopy(db: DatabaseSync, path: string): void {
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  db.prepare('VACUUM INTO ?').run(unfinished);
  const file = openSync(unfinished, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(unfinished, path);
}
