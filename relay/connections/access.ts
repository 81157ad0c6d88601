/** Who may read a room. */
import { answersAtDesk } from '../../shared/grant/roles.ts';
import type { ConversationId, DeviceKey } from '../../shared/ids.ts';
import type { Side } from '../../shared/protocol/channel.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { type Room, type RoomName, conversationRoom } from '../../shared/protocol/rooms.ts';
import { SpaceMode, modeIn } from '../../shared/space-mode.ts';
import { roleIn } from '../core/submit/judge.ts';
import type { Member } from '../core/ports/people.ts';
import type { RoomStorage } from '../core/ports/room-storage.ts';
import type { SpaceBook } from '../core/ports/space-book.ts';
import type { RelayCore } from '../core/relay-core.ts';
import type { Committer } from '../core/rooms/committer.ts';
import type { RoomCache } from '../core/rooms/room-cache.ts';
import type { ConversationRoom } from '../core/rooms/room.ts';

export interface RoomAccessOptions {
  readonly rooms: Pick<RoomCache, 'conversation'>;
  readonly reads: Pick<RelayCore['reads'], 'read'>;
  readonly spaces: SpaceBook;
  readonly storage: Pick<RoomStorage, 'head'>;
  readonly committer: Pick<Committer, 'ended'>;
}

/** Who asks for a room. */
export interface Asking {
  readonly device: DeviceKey;
  readonly member: Member;
  readonly address: string;
}

export class RoomAccess {
  readonly #options: RoomAccessOptions;

  constructor(options: RoomAccessOptions) {
    this.#options = options;
  }

  /**
   * Null if somebody may read, otherwise the code to close the channel with; `later` if they have had so
   * much read into memory that they must come again.
   * @param passersBy whether passers-by may read a public conversation.
   */
  async refusalTo(
    room: Room,
    { device, member, address }: Asking,
    { passersBy }: { readonly passersBy: boolean },
  ): Promise<CloseCode | 'later' | null> {
    const { rooms, reads, spaces } = this.#options;
    switch (room.kind) {
      case 'space':
        return spaces.has(room.id) ? null : CloseCode.unknownRoom;
      case 'inbox':
        if (!spaces.has(room.id)) return CloseCode.unknownRoom;
        return answersAtDesk(roleIn(member, room.id)) ? null : CloseCode.forbidden;
      case 'member':
        return room.id === member.id ? null : CloseCode.forbidden;
      case 'conversation': {
        // Storage is asked first: invented names must not fill the memory.
        if (!(await this.#wasAsked(conversationRoom(room.id)))) return CloseCode.unknownRoom;
        const find = (id: ConversationId): Promise<ConversationRoom> => rooms.conversation(id);
        const held = await reads.read(room.id, { device, address }, find);
        if (!held) return 'later';
        const { space, ask } = held.state;
        if (space === null) return CloseCode.unknownRoom;
        if (sideIn(held, device, member) !== null) return null;
        const mode = spaces.modeOf(space) ?? SpaceMode.closed;
        const isOpen = modeIn(ask?.mode ?? mode, mode) === SpaceMode.open;
        return isOpen && passersBy ? null : CloseCode.forbidden;
      }
    }
  }

  /**
   * Whether anything was ever written in a room. What storage said while a batch ended may be from
   * before it, and the asker may have been answered since: "no such room" must not come after that.
   */
  async #wasAsked(name: RoomName): Promise<boolean> {
    const { storage, committer } = this.#options;
    for (;;) {
      const before = committer.ended;
      const { next } = await storage.head(name);
      if (next > 0) return true;
      if (committer.ended === before) return false;
    }
  }
}

/** The side of a conversation that a member on a device is on; null for a passer-by. */
export function sideIn(
  { state }: ConversationRoom,
  device: DeviceKey,
  member: Member,
): Side | null {
  if (state.isAsker(device, member.id)) return 'asker';
  return state.space !== null && answersAtDesk(roleIn(member, state.space)) ? 'desk' : null;
}
