/**
 * A transport carries channels, one for each room. The leader's uses the socket; tests have their own.
 */
import type { RoomName } from '../../../shared/protocol/rooms.ts';

/** What a channel tells its opener. After `closed` it tells nothing more. */
export interface ChannelEvents {
  opened(generation: number): void;
  data(bytes: Uint8Array<ArrayBuffer>): void;
  closed(code: number, reason: string): void;
}

export interface Channel {
  send(bytes: Uint8Array): void;
  /** Idempotent; `closed` is not called back. */
  close(): void;
}

export interface Transport {
  /** Opens a room as soon as there is a link: until then nothing is called back. */
  open(room: RoomName, generation: number, events: ChannelEvents): Channel;
}
