/** Who asked a conversation, as its rows say it, kept where it is found without them. */
import type { ConversationState } from '../../../shared/conversation/conversation-state.ts';
import { type Asked, type AskedStorage, type askedOps } from '../ports/asked-storage.ts';
import { writesOf } from '../ports/port.ts';
import type { Projection } from '../rooms/projection.ts';
import type { ConversationRoom } from '../rooms/room.ts';

const write = writesOf<AskedStorage, typeof askedOps>('asked');

/** Null while nobody has asked anything. */
export function askedIn({ ask, asker }: ConversationState): Asked | null {
  if (!ask || !asker) return null;
  const { space, mode } = ask;
  const { device, member } = asker;
  return { space, mode, device, member };
}

/** Writes it with the question, and again when its asker turns out to be another member. */
export function askedProjection(): Projection {
  /** The asker as they were written. A room that was read again is written again. */
  const written = new WeakMap<ConversationRoom, Asked['member']>();
  return {
    rooms: () => [],
    project({ room }, _, batch) {
      const asker = room.state.asker?.member;
      if (asker === undefined || written.get(room) === asker) return;
      const asked = askedIn(room.state);
      if (!asked) return;
      batch.write(write('putAsked', room.id, asked));
      written.set(room, asker);
    },
  };
}
