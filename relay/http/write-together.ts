/**
 * What a socket is sent in one turn goes out in one write, as long as it is small: each write is a system
 * call, and an entry's answer and its row come in the same turn. A small message is one whole frame in one
 * buffer, and readers of a room get the same one.
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

const BINARY = 0x82; // and no part of it follows
/** In place of a length that takes two more bytes. */
const TWO_BYTES = 126;

let last: { readonly bytes: Uint8Array; readonly frame: Buffer } | undefined;

/**
 * A message as it goes out on a WebSocket (RFC 6455 §5.2). Readers of a room are sent the same bytes one after
 * the other: theirs is made once.
 * @param bytes fewer than 64 KiB, which nobody changes any more.
 */
export function framed(bytes: Uint8Array): Buffer {
  if (last?.bytes === bytes) return last.frame;
  const { length } = bytes;
  const header = length < TWO_BYTES ? 2 : 4;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = BINARY;
  if (length < TWO_BYTES) frame[1] = length;
  else frame.writeUInt16BE(length, frame.writeUInt8(TWO_BYTES, 1));
  frame.set(bytes, header);
  last = { bytes, frame };
  return frame;
}
