/** Tells the others that this person writes: at most every 3 s, and once when they stop. */
import type { RoomHandle } from './sync-port.ts';

const REPEAT_MS = 3_000;

export class TypingSignal {
  #room: RoomHandle | undefined;
  #told = 0;

  /** @param writing whether there is text in the composer of this room */
  update(room: RoomHandle | undefined, writing: boolean): void {
    if (this.#room && this.#room !== room) this.stop();
    if (!room || !writing) return this.stop();
    if (Date.now() - this.#told < REPEAT_MS) return;
    this.#room = room;
    this.#told = Date.now();
    room.typing(true);
  }

  stop(): void {
    if (this.#told === 0) return;
    this.#room?.typing(false);
    this.#room = undefined;
    this.#told = 0;
  }
}
