/** Waiting for writes whose failure the screen tells by `storage`. */
import { StorageError } from './sync-port.ts';

/** Resolves whether it was kept; `storage` says why not. Anything else is a bug and is thrown. */
export async function kept(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof StorageError) return false;
    throw error;
  }
}
