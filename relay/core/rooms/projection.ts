/** What follows from a change of a room, in the same batch: the port of features. */
import type { MemberId } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { Batch } from './batch.ts';
import type { ConversationRoom, KeyedRoom } from './room.ts';

/** What a batch did to a conversation. */
export interface ConversationChange {
  /** As the batch leaves it. */
  readonly room: ConversationRoom;
  /** Those whose entries it numbered, as they are known now. */
  readonly authors: ReadonlySet<MemberId>;
}

/**
 * It costs the same whatever the size of the conversation and of what it writes to. What it remembers
 * besides the rooms, it keeps by the `KeyedRoom` object (a WeakMap): if a batch fails, its rooms are
 * dropped from memory and read again.
 */
export interface Projection {
  /** Keyed rooms that it will look at or change. They are loaded before it is called again. */
  rooms(change: ConversationChange): readonly RoomName[];
  /** Reads what no room has, once a batch, before `project`. It rarely has anything to do. */
  prepare?(
    changes: readonly ConversationChange[],
    rooms: (name: RoomName) => KeyedRoom,
  ): Promise<void>;
  project(change: ConversationChange, rooms: (name: RoomName) => KeyedRoom, batch: Batch): void;
  /**
   * A feature's own write has changed a keyed room. Called before the conversations of the batch are
   * projected.
   */
  changed?(room: KeyedRoom, batch: Batch): Promise<void>;
}

/** Lets each projection fill the batch for each room that it changed. */
export async function project(
  batch: Batch,
  projections: readonly Projection[],
  read: (name: RoomName) => Promise<KeyedRoom>,
): Promise<void> {
  const touched = Array.from(batch.rooms);
  for (const room of touched) {
    if (room.type !== 'keyed') continue;
    for (const projection of projections) await projection.changed?.(room, batch);
  }
  const changes = touched
    .filter((room) => room.type === 'conversation')
    .map((room) => ({ room, authors: batch.authorsIn(room) }));
  if (changes.length === 0) return;
  for (const projection of projections) {
    const rooms = new Map<RoomName, KeyedRoom>();
    for (const name of new Set(changes.flatMap((change) => projection.rooms(change))))
      rooms.set(name, await read(name));
    const found = (name: RoomName): KeyedRoom => foundIn(rooms, name);
    await projection.prepare?.(changes, found);
    for (const change of changes) projection.project(change, found, batch);
  }
}

function foundIn(rooms: ReadonlyMap<RoomName, KeyedRoom>, name: RoomName): KeyedRoom {
  const room = rooms.get(name);
  if (!room) throw new Error(`a projection did not ask for ${name}`);
  return room;
}
