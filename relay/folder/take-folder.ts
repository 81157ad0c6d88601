/** What a relay does with its data folder before it opens anything in it. */
import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFault } from '../platform/data-fault.ts';
import { COPY, READYING, RESTORING, besides } from './data-files.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';

/**
 * Makes the folder if it is missing, and takes it for this process alone.
 * @throws {DataFault} if another process has it, or a restore was cut short in it.
 */
export async function takeFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const isUnfinished = await access(join(folder, RESTORING)).then(
      () => true,
      () => false,
    );
    if (isUnfinished) throw dataFault('unfinished', folder);
    // Left by whoever was killed: what was erased since may be in it.
    const copy = join(folder, COPY);
    for (const path of [copy, ...besides(copy), join(folder, READYING)])
      await rm(path, { recursive: true, force: true });
    return lock;
  } catch (error) {
    lock.release();
    throw error;
  }
}
