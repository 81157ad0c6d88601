/** Rooms as the relay holds them in memory: a head and what is derived from the rows. */
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { ConversationState } from '../../../shared/conversation/conversation-state.ts';
import type { RoomHead } from '../ports/room-storage.ts';

export interface ConversationRoom {
  readonly type: 'conversation';
  readonly id: ConversationId;
  readonly name: RoomName;
  head: RoomHead;
  readonly state: ConversationState;
}

/** The live record of a key. */
interface HeldRecord {
  readonly seq: number;
  readonly id: Uint8Array;
  readonly value: string;
  /** When it came to be so. */
  readonly received: number;
}

export interface KeyedRoom {
  readonly type: 'keyed';
  readonly name: RoomName;
  head: RoomHead;
  readonly records: Map<string, HeldRecord>;
}

export type HeldRoom = ConversationRoom | KeyedRoom;
