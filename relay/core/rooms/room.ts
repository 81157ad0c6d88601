/** Rooms as the relay holds them in memory: a head and what is derived from the rows. */
import type { ConversationState } from '../../../shared/conversation/conversation-state.ts';
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { OffRoomFate, RoomHead } from '../ports/room-storage.ts';

export interface ConversationRoom {
  readonly type: 'conversation';
  readonly id: ConversationId;
  readonly name: RoomName;
  head: RoomHead;
  readonly state: ConversationState;
  /**
   * What became since it was read of entries that are not in it: storage may not know of it yet. Null: nothing
   * any more, or it is numbered.
   */
  readonly fates: Map<EntryId, OffRoomFate | null>;
  /** `rev` of the last checkpoint of it. */
  checkpointed: number;
}

/** The live record of a key. */
interface HeldRecord {
  readonly seq: number;
  readonly id: Uint8Array;
  readonly value: string;
  /** When it last changed. */
  readonly received: number;
}

export interface KeyedRoom {
  readonly type: 'keyed';
  readonly name: RoomName;
  head: RoomHead;
  readonly records: Map<string, HeldRecord>;
  /** Characters of its keys and values. */
  characters: number;
}

export type HeldRoom = ConversationRoom | KeyedRoom;

/** Beside its rows: with a question whose page has a long address. */
const ROOM_BYTES = 6_000;
/** Of a fact with a text of usual length, and of its places in the reducer's order. */
const FACT_BYTES = 700;
const RECORD_BYTES = 300;

/** What a room takes in memory, about. */
export function bytesOf(room: HeldRoom): number {
  return room.type === 'conversation'
    ? ROOM_BYTES + (room.head.count + room.fates.size) * FACT_BYTES
    : ROOM_BYTES + room.records.size * RECORD_BYTES + room.characters * 2;
}
