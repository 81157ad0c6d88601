/** The device could not store something: no space left, or no storage at all (private mode). */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(reason: 'full' | 'failed', options?: ErrorOptions) {
    super(
      reason === 'full' ? 'no room left on this device' : 'this browser keeps nothing',
      options,
    );
  }
}
