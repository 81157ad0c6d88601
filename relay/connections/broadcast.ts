/**
 * A message to many readers, encoded once. Each frame has the channel's number, and devices number their
 * channels alike, so one frame is made for each number.
 */
import { encodeFrame } from '../../shared/protocol/frame.ts';

export class Broadcast {
  /** As a stock provider gets it. */
  readonly message: Uint8Array;
  readonly #frames = new Map<number, Uint8Array>();

  constructor(message: Uint8Array) {
    this.message = message;
  }

  /** As it goes out on a channel of the shared socket. */
  frameOn(channel: number): Uint8Array {
    let frame = this.#frames.get(channel);
    if (!frame) {
      frame = encodeFrame({ op: 'data', channel, data: this.message });
      this.#frames.set(channel, frame);
    }
    return frame;
  }
}
