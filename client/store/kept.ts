/** Waits for writes whose failure the screen shows by `storage`. */

/** Whether the device could not store something: what a write of the port then rejects with. */
export const isStorageError = (error: unknown): boolean =>
  error instanceof Error && error.name === 'StorageError';

/** Resolves with whether it was stored; `storage` says why not. Anything else is a bug and is thrown. */
export async function kept(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isStorageError(error)) return false;
    throw error;
  }
}
