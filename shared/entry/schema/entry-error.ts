/** Why bytes are not an entry that anyone may act on. Codes are on the wire in `refused`. */
export type EntryErrorCode =
  'malformed' | 'too-long' | 'unknown-version' | 'unknown-kind' | 'bad-key' | 'bad-signature';

/** The peer's fault, named by a code; never a bug of ours. */
export class EntryError extends Error {
  readonly code: EntryErrorCode;
  constructor(code: EntryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EntryError';
    this.code = code;
  }
}
