/** The bare servers' wire: a frame is an entry, a path is a room. */
import type { WebSocket } from 'ws';
import { dial, opened } from './dial.ts';
import type { JoinOptions, Line, Signed, Wire } from './wire.ts';

class PlainLine implements Line {
  readonly held = undefined;
  readonly refused = 0;
  readonly #sockets: readonly WebSocket[];

  constructor(sockets: readonly WebSocket[]) {
    this.#sockets = sockets;
  }

  send(entries: readonly Signed[], room = 0): void {
    for (const { bytes } of entries) this.#sockets[room]?.send(bytes);
  }

  async answered(): Promise<void> {}

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}

export class PlainWire implements Wire {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async join({ rooms, heard }: JoinOptions): Promise<Line> {
    const names = rooms.length > 0 ? rooms.map(({ name }) => name) : ['lobby'];
    const sockets = names.map((name) => dial(`${this.#url}/${name}`, heard));
    await Promise.all(sockets.map(opened));
    return new PlainLine(sockets);
  }
}
