/**
 * y-websocket's provider over a channel, with our own messages besides its own. It only reads: the relay
 * ignores whatever a provider would write.
 */
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import {
  type ChannelMessage,
  OWN_CHANNEL_TYPES,
  encodeChannelMessage,
  readChannelMessage,
} from '../../../shared/protocol/channel.ts';
import { channelSocket } from './channel-socket.ts';
import type { FollowOptions, FollowedRoom } from './follow-room.ts';

export class RoomProvider implements FollowedRoom {
  readonly #provider: WebsocketProvider;
  readonly #awareness: Awareness;

  constructor(options: FollowOptions) {
    const { doc, transport, room, generation } = options;
    // The relay tells presence; an awareness without a state sends nothing.
    this.#awareness = new Awareness(doc);
    this.#awareness.setLocalState(null);
    this.#provider = new WebsocketProvider('ws://comptoir', room, doc, {
      connect: false,
      disableBc: true,
      awareness: this.#awareness,
      WebSocketPolyfill: channelSocket({
        transport,
        room,
        generation,
        accept: (value) => options.accept(value),
        closed: (code) => options.closed(code),
      }),
    });
    for (let type = OWN_CHANNEL_TYPES.first; type <= OWN_CHANNEL_TYPES.last; type++) {
      this.#provider.messageHandlers[type] = (_encoder, decoder) => {
        const message = readChannelMessage(type, decoder);
        if (message) options.message(message);
      };
    }
    this.#provider.connect();
  }

  /** Connects again after a final close. */
  connect(): void {
    if (!this.#provider.shouldConnect) this.#provider.connect();
  }

  /** Tells something on the channel, if it is open. */
  send(message: ChannelMessage): void {
    const { ws } = this.#provider;
    if (ws?.readyState === 1) ws.send(encodeChannelMessage(message));
  }

  dispose(): void {
    this.#provider.destroy();
    this.#awareness.destroy();
  }
}
