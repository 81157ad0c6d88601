/** What y-websocket's provider does, without its timers: y-protocols' sync over a channel of the run. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyUpdate, encodeStateVector } from 'yjs';
import type { FollowOptions, FollowedRoom } from '../client/sync/rooms/follow-room.ts';
import type { Channel } from '../client/sync/rooms/transport.ts';
import {
  type ChannelMessage,
  ChannelType,
  encodeChannelMessage,
  readChannelMessage,
} from '../shared/protocol/channel.ts';
import { isFinal } from '../shared/protocol/close-codes.ts';

export class SimulatedFollowedRoom implements FollowedRoom {
  readonly #options: FollowOptions;
  #channel: Channel | undefined;
  #disposed = false;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.connect();
  }

  connect(): void {
    if (this.#channel || this.#disposed) return;
    const { transport, room, generation, accept, closed } = this.#options;
    let goesOn = false;
    const channel = transport.open(room, generation(), {
      opened: (value) => {
        goesOn = accept(value);
        if (goesOn) this.#sendVector();
      },
      data: (bytes) => {
        if (goesOn && !this.#disposed) this.#receive(bytes);
      },
      closed: (code) => {
        this.#channel = undefined;
        closed(code);
        if (!isFinal(code)) this.connect();
      },
    });
    this.#channel = channel;
  }

  send(message: ChannelMessage): void {
    this.#channel?.send(encodeChannelMessage(message));
  }

  dispose(): void {
    this.#disposed = true;
    this.#channel?.close();
    this.#channel = undefined;
  }

  #sendVector(): void {
    const step1 = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, ChannelType.sync);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint8Array(encoder, encodeStateVector(this.#options.doc));
    });
    this.#channel?.send(step1);
  }

  #receive(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === ChannelType.sync) {
      decoding.readVarUint(decoder);
      applyUpdate(this.#options.doc, decoding.readVarUint8Array(decoder), this);
    } else if (type !== ChannelType.awareness) {
      const message = readChannelMessage(type, decoder);
      if (message) this.#options.message(message);
    }
  }
}
