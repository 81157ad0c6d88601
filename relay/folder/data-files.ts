/** The files of a data folder, and of a backup of one. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export const DATABASE = 'comptoir.sqlite';
export const KEY = 'community.key';
export const SECRET = 'relay.secret';
export const ERASED = 'erased.log';
/** What a backup says of itself. */
export const MANIFEST = 'backup.json';
/** There while a relay has the database open, and after it was killed: then its log is there too. */
export const OPEN = 'comptoir.open';
/** A copy of the database on its way into a backup. */
export const COPY = 'copy.partial';
/** What a restore makes ready, and the same once it is being put in place: then it must come to its end. */
export const READYING = 'restore.new';
export const RESTORING = 'restore.partial';

/** What an upgrade or a restore keeps of before, whole or not. */
export const KEPT_COPY = /^before-(upgrade-from|restore)-/;

/** All that a backup holds, besides what it says of itself. */
export const KEPT_FILES = [DATABASE, KEY, SECRET, ERASED] as const;

/** What SQLite keeps beside a database. */
export const besides = (database: string): string[] =>
  ['-wal', '-shm', '-journal'].map((ending) => database + ending);

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** A copy that is on disk when it resolves, for its owner alone. */
export async function copyOwn(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o600);
  await sync(to);
}

/** When it resolves, the file, or the names in the folder, are on disk. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
