/**
 * Puts a backup back. Devices know more than an older backup: each room gets a generation that none of
 * them holds, so that they load it anew, set aside what they held, and offer what it lacks. What was
 * erased since stays erased.
 */
import { appendFile, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataFault } from '../platform/data-fault.ts';
import { readAuthority } from '../platform/community-key.ts';
import {
  DATABASE,
  ERASED,
  KEY,
  OPEN,
  READYING,
  RESTORING,
  SECRET,
  besides,
  copyOwn,
  sync,
} from './data-files.ts';
import { lockFolder } from './folder-lock.ts';
import { newGenerations } from './new-generations.ts';
import { type Verified, verifyFolder } from './verify.ts';

export interface RestoreOptions {
  readonly from: string;
  /** The data folder. */
  readonly data: string;
  /** In milliseconds. @default the system's clock */
  readonly now?: () => number;
}

export interface Restored extends Verified {
  /** Where the files that were there are now; null if there were none. */
  readonly kept: string | null;
  /** How many erasures the folder knew that the backup did not. */
  readonly erasedSince: number;
}

/**
 * Checks the backup, then puts it in place. What was there is kept in a folder beside it.
 * @throws {DataFault} and changes nothing if a relay runs, the backup is damaged, or it is another
 * community's.
 */
export async function restoreBackup({
  from,
  data,
  now = Date.now,
}: RestoreOptions): Promise<Restored> {
  const verified = await verifyFolder(from);
  const [problem] = verified.problems;
  if (problem !== undefined)
    throw new DataFault(
      'damaged',
      `The backup ${from} is damaged (${problem}): take another one, and see all of it with "comptoir verify ${from}".`,
    );
  if (resolve(from) === resolve(data))
    throw new DataFault('in-use', `${from} is the data folder itself: name a backup.`);
  await mkdir(data, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(data);
  try {
    await refuseForeign(data, verified.community);
    const erasedSince = await addErased(join(from, ERASED), join(data, ERASED));
    const ready = join(data, READYING);
    const staged = join(data, RESTORING);
    for (const path of [ready, staged]) await rm(path, { recursive: true, force: true });
    await mkdir(ready, { mode: 0o700 });
    for (const name of [DATABASE, KEY, SECRET]) await copyOwn(join(from, name), join(ready, name));
    makeNewer(join(ready, DATABASE), Math.max(now() / 1_000, newestGeneration(data) + 1));
    await sync(join(ready, DATABASE));
    await sync(ready);
    // From here on no relay starts until all of it is in place.
    await rename(ready, staged);
    await sync(data);
    const kept = await setAside(data, now());
    for (const name of [KEY, SECRET, DATABASE]) await rename(join(staged, name), join(data, name));
    await rm(staged, { recursive: true });
    await sync(data);
    return { ...verified, kept, erasedSince };
  } finally {
    lock.release();
  }
}

async function refuseForeign(data: string, community: string): Promise<void> {
  if (!(await stat(join(data, KEY)).catch(() => undefined))) return;
  const held = await readAuthority(data).catch(() => undefined); // damaged keys are why one restores
  if (held === undefined || held.fingerprint === community) return;
  throw new DataFault(
    'damaged',
    `The backup is of community ${community}, and ${data} holds ${held.fingerprint}: set COMPTOIR_DATA to an empty folder.`,
  );
}

/**
 * The union of both lists, in the data folder, on disk before the backup's rows are.
 * @returns how many lines the backup's list lacks.
 */
async function addErased(backup: string, own: string): Promise<number> {
  // In order, also those that come twice: of what was hidden and shown again, the last line counts.
  const linesOf = async (path: string): Promise<string[]> => {
    const text = await readFile(path, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  };
  const [before, after] = [await linesOf(backup), await linesOf(own)];
  const [theirs, ours] = [new Set(before), new Set(after)];
  const missing = before.filter((line) => !ours.has(line));
  // A line that was cut short must not take in the next one.
  await appendFile(own, ['', ...missing, ''].join('\n'), { mode: 0o600 });
  await sync(own);
  return [...ours].filter((line) => !theirs.has(line)).length;
}

/** The newest in a folder, also where the clock was put back since; 0 if that cannot be read. */
function newestGeneration(data: string): number {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(data, DATABASE), { readOnly: true });
    return Number(db.prepare('SELECT max(generation) AS newest FROM room').get()?.['newest'] ?? 0);
  } catch {
    return 0; // none, or damaged: that is why one restores
  } finally {
    db?.close();
  }
}

/** No device holds a replica of these: the number is higher than at any restore before. */
function makeNewer(path: string, least: number): void {
  const db = new DatabaseSync(path);
  try {
    newGenerations(db, least);
    db.exec('PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
}

/** Moves what a database consists of out of the way. */
async function setAside(data: string, now: number): Promise<string | null> {
  const names = new Set(await readdir(data));
  const there = [DATABASE, ...besides(DATABASE), OPEN, KEY, SECRET].filter((name) =>
    names.has(name),
  );
  if (there.length === 0) return null;
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  // Where the clock was put back since, there may be one of this time: it stays as it is.
  let kept = join(data, `before-restore-${stamp}`);
  for (let more = 2; names.has(basename(kept)); more++)
    kept = join(data, `before-restore-${stamp}-${more}`);
  await mkdir(kept, { mode: 0o700 });
  for (const name of there) await rename(join(data, name), join(kept, name));
  const folder = await open(kept, 'r');
  await folder.sync();
  await folder.close();
  return kept;
}
