/** How a document follows the relay over a channel: y-websocket in browsers. */
import type { Doc } from 'yjs';
import type { ChannelMessage } from '../../../shared/protocol/channel.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { Transport } from './transport.ts';

export interface FollowOptions {
  readonly doc: Doc;
  readonly transport: Transport;
  readonly room: RoomName;
  readonly generation: () => number;
  /** The relay's generation, before anything is asked. False: the channel must not go on. */
  accept(generation: number): boolean;
  message(message: ChannelMessage): void;
  /** The channel ended; `code` as in close-codes.ts. */
  closed(code: number): void;
}

/**
 * A document that follows the relay. It opens its channel again whenever it ends, unless it ended for
 * good.
 */
export interface FollowedRoom {
  /** Opens the channel again after it ended for good. */
  connect(): void;
  /** Tells something on the channel, if it is open. */
  send(message: ChannelMessage): void;
  dispose(): void;
}

export type FollowRoom = (options: FollowOptions) => FollowedRoom;
