/** Names of rooms: what a channel opens, and the path a stock y-websocket provider connects to. */
import {
  type ConversationId,
  type MemberId,
  type SpaceId,
  parseConversationId,
  parseMemberId,
  parseSpaceId,
} from '../ids.ts';
import { shortHash, textBytes } from '../hash.ts';

/** A room's name, such as `conversation/<id>`. */
export type RoomName =
  `conversation/${ConversationId}` | `space/${SpaceId}` | `inbox/${SpaceId}` | `member/${MemberId}`;

/** A room's name taken apart. */
export type Room =
  | { readonly kind: 'conversation'; readonly id: ConversationId }
  | { readonly kind: 'space' | 'inbox'; readonly id: SpaceId }
  | { readonly kind: 'member'; readonly id: MemberId };

export const conversationRoom = (id: ConversationId): RoomName => `conversation/${id}`;
export const spaceRoom = (id: SpaceId): RoomName => `space/${id}`;
export const inboxRoom = (id: SpaceId): RoomName => `inbox/${id}`;
export const memberRoom = (id: MemberId): RoomName => `member/${id}`;

/** What `parseRoom` takes apart. */
export const roomNameOf = ({ kind, id }: Room): RoomName => `${kind}/${id}` as RoomName;

/** @throws {RangeError} on anything that does not name a room. */
export function parseRoom(name: string): Room {
  const slash = name.indexOf('/');
  const kind = name.slice(0, slash);
  const id = name.slice(slash + 1);
  switch (kind) {
    case 'conversation':
      return { kind, id: parseConversationId(id) };
    case 'space':
    case 'inbox':
      return { kind, id: parseSpaceId(id) };
    case 'member':
      return { kind, id: parseMemberId(id) };
    default:
      throw new RangeError('not a room'); // never what was received: errors are logged
  }
}

/**
 * The Yjs client id that writes a room's rows: a hash of the room and its generation, so two generations
 * of a room never look like one history.
 */
export function writerOf(room: RoomName, generation: number): number {
  const hash = shortHash(textBytes(`${room}\n${generation}`));
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0) || 1;
}
