/**
 * What a socket is sent in one turn goes out in one write, as long as it is small: each write is a system
 * call, and an entry's answer and its row come in the same turn.
 */
import { nextTick } from 'node:process';
import type { Writable } from 'node:stream';

/** What is at least as long goes out by itself. */
export const SMALL_BYTES = 4 * 1024;
const MOST_BYTES = 32 * 1024;

export class WriteTogether {
  readonly #socket: Writable;
  /** Bytes that are held; null while nothing is. */
  #held: number | null = null;
  #waited = 0;

  constructor(socket: Writable) {
    this.#socket = socket;
  }

  /** Bytes that waited for the network before those that are held; null while nothing is held. */
  get waited(): number | null {
    return this.#held === null ? null : this.#waited;
  }

  /** So many bytes are sent next. @param waits those that wait for the network. */
  before(bytes: number, waits: () => number): void {
    if (bytes >= SMALL_BYTES || (this.#held ?? 0) + bytes > MOST_BYTES) this.#release();
    if (bytes >= SMALL_BYTES) return;
    if (this.#held === null) {
      this.#waited = waits();
      this.#held = 0;
      this.#socket.cork();
      nextTick(() => this.#release());
    }
    this.#held += bytes;
  }

  #release(): void {
    if (this.#held === null) return;
    this.#held = null;
    this.#socket.uncork();
  }
}
