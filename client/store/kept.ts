/** Waiting for writes whose failure the screen tells by `storage`. */

/** Whether the device could not keep something: what a write of the port rejects with then. */
export const isStorageError = (error: unknown): boolean =>
  error instanceof Error && error.name === 'StorageError';

/** Resolves whether it was kept; `storage` says why not. Anything else is a bug and is thrown. */
export async function kept(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isStorageError(error)) return false;
    throw error;
  }
}
