/**
 * A data folder belongs to one process at a time. Two that wrote it would number the same rows, and
 * acknowledge both.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { dataFault, faultOf } from '../platform/data-fault.ts';

export interface FolderLock {
  /** Idempotent. The end of the process releases it too, however it ends. */
  release(): void;
}

/** How long a command of the office, or a relay that is stopping, may keep it. */
const PATIENCE_MS = 1_000;
const RETRY_MS = 50;

/**
 * Takes the folder, which must exist.
 * @throws {DataFault} if another process has it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const since = performance.now();
  for (;;) {
    const lock = tryLock(folder);
    if (lock) return lock;
    if (performance.now() - since > PATIENCE_MS) throw dataFault('in-use', folder);
    await wait(RETRY_MS);
  }
}

function tryLock(folder: string): FolderLock | undefined {
  try {
    return lockItself(folder) ?? lockFile(folder);
  } catch (error) {
    const fault = faultOf(error, folder);
    if (isInUse(fault)) return undefined;
    throw fault;
  }
}

/**
 * Locks the folder itself (flock(2)), so that it holds whatever files are deleted. Node cannot, but the
 * system's `flock` can on a file that we have open, and we keep it. Undefined where there is no such
 * program.
 * @throws {DataFault} if it is locked.
 */
function lockItself(folder: string): FolderLock | undefined {
  if (process.platform === 'win32') return undefined;
  const file = openSync(folder, 'r');
  const asked = spawnSync('flock', ['-x', '-n', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', file],
  });
  if (asked.status === 0) return releasing(() => closeSync(file));
  closeSync(file);
  if (asked.status === 1) throw dataFault('in-use', folder);
  return undefined;
}

/** Locks a file beside the database, as SQLite locks on every system. */
function lockFile(folder: string): FolderLock {
  const db = new DatabaseSync(join(folder, 'comptoir.lock'));
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return releasing(() => db.close());
}

function releasing(release: () => void): FolderLock {
  let isHeld = true;
  return {
    release() {
      if (isHeld) release();
      isHeld = false;
    },
  };
}

const isInUse = (error: unknown): boolean =>
  error instanceof Error && 'kind' in error && error.kind === 'in-use';
