/** Who may read a room. */
import { answersAtDesk } from '../../shared/grant/roles.ts';
import type { ConversationId, DeviceKey } from '../../shared/ids.ts';
import type { Side } from '../../shared/protocol/channel.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { type Room, conversationRoom, roomNameOf } from '../../shared/protocol/rooms.ts';
import { SpaceMode, modeIn } from '../../shared/space-mode.ts';
import type { Askers } from '../core/asked/askers.ts';
import type { Asked } from '../core/ports/asked-storage.ts';
import type { Member } from '../core/ports/people.ts';
import type { RoomHead, RoomStorage } from '../core/ports/room-storage.ts';
import type { SpaceBook } from '../core/ports/space-book.ts';
import type { Committer } from '../core/rooms/committer.ts';
import { roleIn } from '../core/submit/judge.ts';

export interface RoomAccessOptions {
  readonly askers: Pick<Askers, 'kept' | 'read'>;
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

/** A conversation that somebody may read. */
export interface AdmittedTo {
  readonly id: ConversationId;
  readonly asked: Asked;
  /** Their side of it; null for a passer-by. */
  readonly side: Side | null;
}

/** `later`: they have had so much read into memory that they must come again. */
export type Admission =
  | {
      readonly type: 'admitted';
      readonly generation: number;
      readonly conversation: AdmittedTo | null;
    }
  | { readonly type: 'refused'; readonly code: CloseCode }
  | { readonly type: 'later' };

const refused = (code: CloseCode): Admission => ({ type: 'refused', code });

export class RoomAccess {
  readonly #options: RoomAccessOptions;

  constructor(options: RoomAccessOptions) {
    this.#options = options;
  }

  /**
   * Whether somebody may read.
   * @param passersBy whether passers-by may read a public conversation.
   */
  async admit(
    room: Room,
    asking: Asking,
    { passersBy }: { readonly passersBy: boolean },
  ): Promise<Admission> {
    if (room.kind === 'conversation') return this.#toConversation(room.id, asking, passersBy);
    const { spaces, storage } = this.#options;
    const { member } = asking;
    if (room.kind === 'member') {
      if (room.id !== member.id) return refused(CloseCode.forbidden);
    } else {
      if (!spaces.has(room.id)) return refused(CloseCode.unknownRoom);
      if (room.kind === 'inbox' && !answersAtDesk(roleIn(member, room.id)))
        return refused(CloseCode.forbidden);
    }
    const { generation } = await storage.head(roomNameOf(room));
    return { type: 'admitted', generation, conversation: null };
  }

  /** Whether anybody may read a conversation, as its space is now. */
  isPublic({ space, mode }: Asked): boolean {
    const now = this.#options.spaces.modeOf(space) ?? SpaceMode.closed;
    return modeIn(mode, now) === SpaceMode.open;
  }

  async #toConversation(
    id: ConversationId,
    { device, member, address }: Asking,
    passersBy: boolean,
  ): Promise<Admission> {
    const found = await this.#find(id);
    if (!found) return refused(CloseCode.unknownRoom);
    const asked = found.asked ?? (await this.#options.askers.read(id, { device, address }));
    if (asked === 'later') return { type: 'later' };
    if (!asked) return refused(CloseCode.unknownRoom);
    const side = sideIn(asked, device, member);
    if (side === null && !(passersBy && this.isPublic(asked))) return refused(CloseCode.forbidden);
    const { generation } = found.head;
    return { type: 'admitted', generation, conversation: { id, asked, side } };
  }

  /**
   * A room in which something was written, and who asked, if that is kept. What storage said while a batch
   * ended may be from before it, and the asker may have been answered since: "no such room" must not come
   * after that. Invented names end here: they must not fill the memory.
   */
  async #find(
    id: ConversationId,
  ): Promise<{ readonly head: RoomHead; readonly asked: Asked | undefined } | null> {
    const { storage, askers, committer } = this.#options;
    for (;;) {
      const before = committer.ended;
      // In this order: who asked is as new as the head, or newer.
      const [head, asked] = await Promise.all([
        storage.head(conversationRoom(id)),
        askers.kept(id),
      ]);
      if (head.next > 0) return { head, asked };
      if (committer.ended === before) return null;
    }
  }
}

/** The side of a conversation that a member on a device is on; null for a passer-by. */
function sideIn(asked: Asked, device: DeviceKey, member: Member): Side | null {
  if (asked.device === device || asked.member === member.id) return 'asker';
  return answersAtDesk(roleIn(member, asked.space)) ? 'desk' : null;
}
