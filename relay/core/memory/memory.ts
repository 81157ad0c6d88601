/**
 * What a relay may remember. Each bound in bytes is a share of one whole, so that their sum is known, and a small machine
 * has all of them smaller.
 */
const MB = 1_048_576;

/** What all bounds come to where nothing else was said. */
export const WHOLE_MB = 1_600;
const WHOLE_BYTES = WHOLE_MB * MB;

export class Memory {
  readonly #scale: number;
  #shared = 0;

  /** @param bytes what all bounds together may come to. @default the whole */
  constructor(bytes = WHOLE_BYTES) {
    this.#scale = bytes / WHOLE_BYTES;
  }

  /** What all shares come to that were given, in bytes. */
  get shared(): number {
    return this.#shared;
  }

  /** A share of it, in bytes. @param ofWhole what it is of the whole */
  share(ofWhole: number): number {
    const bytes = Math.floor(ofWhole * this.#scale);
    this.#shared += bytes;
    return bytes;
  }

  /** As many things as fit in a share. @param ofWhole how many fit in the whole's */
  places(ofWhole: number, bytesEach: number): number {
    return Math.floor(this.share(ofWhole * bytesEach) / bytesEach);
  }
}
