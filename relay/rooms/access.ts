/** Who may read a room. */
import { SpaceMode, modeIn } from '../../shared/conversation/permissions.ts';
import { answersAtDesk } from '../../shared/grant/roles.ts';
import type { DeviceKey } from '../../shared/ids.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { type Room, conversationRoom } from '../../shared/protocol/rooms.ts';
import { roleIn } from './judge.ts';
import type { Member } from './people.ts';
import type { RoomBook } from './room-book.ts';
import type { RoomStorage } from './room-storage.ts';
import type { Spaces } from './spaces.ts';

interface Rooms {
  readonly book: RoomBook;
  readonly spaces: Spaces;
  readonly storage: RoomStorage;
}

/** Null when `member` on `device` may read, else the code to close the channel with. */
export async function refusalToRead(
  room: Room,
  device: DeviceKey,
  member: Member,
  { book, spaces, storage }: Rooms,
): Promise<CloseCode | null> {
  switch (room.kind) {
    case 'space':
      return spaces.has(room.id) ? null : CloseCode.unknownRoom;
    case 'inbox':
      if (!spaces.has(room.id)) return CloseCode.unknownRoom;
      return answersAtDesk(roleIn(member, room.id)) ? null : CloseCode.forbidden;
    case 'member':
      return room.id === member.id ? null : CloseCode.forbidden;
    case 'conversation': {
      // Asked of storage first: names that somebody makes up must not fill the memory.
      const { next } = await storage.head(conversationRoom(room.id));
      if (next === 0) return CloseCode.unknownRoom;
      const { state } = await book.conversation(room.id);
      if (state.space === null) return CloseCode.unknownRoom;
      const mode = spaces.modeOf(state.space) ?? SpaceMode.closed;
      const mayRead =
        state.isAsker(device, member.id) ||
        answersAtDesk(roleIn(member, state.space)) ||
        modeIn(state.ask?.mode ?? mode, mode) === SpaceMode.open;
      return mayRead ? null : CloseCode.forbidden;
    }
  }
}
