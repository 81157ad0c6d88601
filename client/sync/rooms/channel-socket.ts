/**
 * A channel that looks like a WebSocket, as y-websocket's provider expects. It stays connecting until the
 * transport has a link and the relay has opened the room.
 */
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { Channel, Transport } from './transport.ts';

export interface ChannelSocketOptions {
  readonly transport: Transport;
  readonly room: RoomName;
  readonly generation: () => number;
  /** The relay's generation, before the provider hears that it is open. False: it must not go on. */
  accept(generation: number): boolean;
  /** A channel was closed by the other side. */
  closed(code: number): void;
}

/** The class to hand to a provider as `WebSocketPolyfill`. */
export function channelSocket(options: ChannelSocketOptions): typeof WebSocket {
  class ChannelSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    binaryType = 'arraybuffer';
    readyState: number = ChannelSocket.CONNECTING;
    onopen: ((event: unknown) => void) | null = null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: ((event: unknown) => void) | null = null;
    readonly #channel: Channel;

    constructor() {
      this.#channel = options.transport.open(options.room, options.generation(), {
        opened: (generation) => {
          if (!options.accept(generation)) return;
          this.readyState = ChannelSocket.OPEN;
          this.onopen?.({});
        },
        data: (bytes) => {
          if (this.readyState === ChannelSocket.OPEN) this.onmessage?.({ data: bytes.buffer });
        },
        closed: (code, reason) => {
          options.closed(code);
          this.readyState = ChannelSocket.CLOSED;
          this.onclose?.({ code, reason });
        },
      });
    }

    send(data: Uint8Array): void {
      if (this.readyState === ChannelSocket.OPEN) this.#channel.send(data);
    }

    close(): void {
      if (this.readyState === ChannelSocket.CLOSED) return;
      this.readyState = ChannelSocket.CLOSED;
      this.#channel.close();
      this.onclose?.({ code: 1000, reason: '' });
    }
  }
  return ChannelSocket as unknown as typeof WebSocket;
}
