/** Tokens for stock providers: asked for on the link, given up when it is cut. */
import type { RoomName } from '../../shared/protocol/rooms.ts';

interface Waiting {
  readonly resolve: (token: string) => void;
  readonly reject: (error: Error) => void;
}

export class RoomTokens {
  readonly #waiting = new Map<RoomName, Waiting[]>();

  /** Waits for a room's token; `ask` is called once that is sure to be heard. */
  wait(room: RoomName, ask: () => void): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(room, [...(this.#waiting.get(room) ?? []), { resolve, reject }]);
      ask();
    });
  }

  /** The relay's answer; empty: refused. */
  take(room: RoomName, token: string): void {
    const waiting = this.#waiting.get(room) ?? [];
    this.#waiting.delete(room);
    for (const { resolve, reject } of waiting) {
      if (token === '') reject(new Error('no token for this room'));
      else resolve(token);
    }
  }

  /** There is no link any more: whoever waits learns it. */
  giveUp(): void {
    for (const room of Array.from(this.#waiting.keys())) this.take(room, '');
  }
}
