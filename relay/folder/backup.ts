/** Makes a backup: a folder with all that a restore needs, of a relay that runs or of one that does not. */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DataFault, dataFault, faultOf } from '../platform/data-fault.ts';
import { refuseNewer } from '../storage/migrations/migrate.ts';
import { keepCopy } from '../storage/sqlite/file/keep-copy.ts';
import {
  DATABASE,
  ERASED,
  KEPT_FILES,
  KEY,
  MANIFEST,
  SECRET,
  copyOwn,
  sha256Of,
  sync,
} from './data-files.ts';
import { lockFolder } from './folder-lock.ts';
import { hasLog, noteClosing } from './lost-log.ts';
import { type Manifest, type Verified, verifyFolder } from './verify.ts';

export interface BackupOptions {
  /** The data folder. */
  readonly data: string;
  /** The folder to make. */
  readonly to: string;
  /** The database of the relay that runs on the folder, as one file; undefined if none does. */
  readonly openRunning: () => Promise<Readable | undefined>;
}

/**
 * Makes the backup and checks it. It has its name only once it is whole and on disk.
 * @throws {DataFault} if it cannot be made, or is not what it should be.
 */
export async function makeBackup({ data, to, openRunning }: BackupOptions): Promise<Verified> {
  const target = resolve(to);
  const unfinished = `${target}.partial`;
  await refuseExisting(target);
  await refuseMissing(data);
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const made = new Date().toISOString();
    await copyDatabase(data, join(unfinished, DATABASE), openRunning);
    // After the database: what the log says more is erased again when the backup is opened.
    for (const name of [KEY, SECRET, ERASED])
      await copyOwn(join(data, name), join(unfinished, name));
    const verified = await verifyFolder(unfinished, { signatures: false });
    const [problem] = verified.problems;
    if (problem !== undefined)
      throw new DataFault(
        'damaged',
        `The data folder ${data} is damaged (${problem}): keep your older backups, and see all of it with "comptoir verify".`,
      );
    await describe(unfinished, { made, community: verified.community, version: verified.version });
    await rm(target, { recursive: true, force: true });
    await rename(unfinished, target);
    await sync(dirname(target));
    return { ...verified, made };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => {}); // the error says more
    const fault = faultOf(error, target);
    if (!(fault instanceof DataFault) || fault === error) throw fault;
    throw notWritten(target, fault);
  }
}

const notWritten = (target: string, { cause }: DataFault): DataFault =>
  new DataFault(
    'unwritable',
    `The backup ${target} cannot be written (${cause instanceof Error ? cause.message : String(cause)}): make room there, or name another folder.`,
    { cause },
  );

async function refuseExisting(target: string): Promise<void> {
  const held = await readdir(target).catch((error: NodeJS.ErrnoException) => error.code);
  if (held === 'ENOENT' || (Array.isArray(held) && held.length === 0)) return;
  throw new DataFault(
    'unwritable',
    `${target} exists already: name a folder that does not, such as one with the date in its name.`,
  );
}

async function refuseMissing(data: string): Promise<void> {
  if (await stat(join(data, DATABASE)).catch(() => undefined)) return;
  throw new DataFault(
    'damaged',
    `There is no ${DATABASE} in ${resolve(data)}: set COMPTOIR_DATA to the relay's data folder.`,
  );
}

async function copyDatabase(
  data: string,
  path: string,
  openRunning: BackupOptions['openRunning'],
): Promise<void> {
  const running = await openRunning();
  if (running) {
    await pipeline(running, createWriteStream(path, { mode: 0o600 }));
    asOneFile(path);
    return;
  }
  const lock = await lockFolder(data);
  try {
    if (hasLog(data)) noteClosing(data); // to open it and close it again puts the log into it
    const db = new DatabaseSync(join(data, DATABASE));
    try {
      refuseNewer(db);
      keepCopy(db, path);
    } finally {
      db.close();
    }
    asOneFile(path);
  } catch (error) {
    throw faultOf(error, data) === error ? error : dataFaultOfSource(error, data);
  } finally {
    lock.release();
  }
}

/** A fault of the folder that is read, or of the one that is written: SQLite does not say which. */
function dataFaultOfSource(error: unknown, data: string): unknown {
  const fault = faultOf(error, data);
  return fault instanceof DataFault && fault.kind === 'damaged'
    ? dataFault('damaged', data, error)
    : error;
}

/** Whoever reads it needs no file beside it, and may be unable to write. */
function asOneFile(path: string): void {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
}

async function describe(folder: string, about: Omit<Manifest, 'files'>): Promise<void> {
  const files: Manifest['files'] = {};
  for (const name of KEPT_FILES) {
    const path = join(folder, name);
    await sync(path);
    files[name] = { bytes: (await stat(path)).size, sha256: await sha256Of(path) };
  }
  const path = join(folder, MANIFEST);
  await writeFile(path, `${JSON.stringify({ ...about, files }, null, 2)}\n`, { mode: 0o600 });
  await sync(path);
  await sync(folder);
}
