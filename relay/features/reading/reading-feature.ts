/** What is told on a conversation's channels and is never a row. */
import type { Feature, Reader } from '../../core/feature.ts';
import type { RoomCache } from '../../core/rooms/room-cache.ts';
import type { ConversationTalk, Listener } from './conversation-talk.ts';
import type { ReadPositions } from './read-positions.ts';

export interface ReadingOptions {
  readonly talk: ConversationTalk;
  readonly positions: ReadPositions;
  readonly rooms: Pick<RoomCache, 'conversation'>;
}

export function readingFeature({ talk, positions, rooms }: ReadingOptions): Feature {
  const listeners = new WeakMap<Reader, Listener>();
  return {
    name: 'reading',
    control: {
      attributes({ json }, { member }) {
        talk.setAttributes(member, json);
      },
    },
    channel: {
      async joined(reader, room) {
        const listener = { reader, member: reader.caller.member, side: reader.side };
        listeners.set(reader, listener);
        await talk.join(room, listener);
      },
      left(reader) {
        const listener = listeners.get(reader);
        if (listener) talk.leave(reader.conversation, listener);
      },
      typing({ typing }, reader) {
        const listener = listeners.get(reader);
        // Nobody is kept waiting for what somebody blocked will not write.
        if (!listener || reader.caller.blockedUntil() > 0) return;
        talk.typing(reader.conversation, listener, typing);
      },
      async read({ seq }, reader) {
        const listener = listeners.get(reader);
        if (listener) await talk.read(await rooms.conversation(reader.conversation), listener, seq);
      },
    },
    events: {
      'merge-settled': ({ from, to }) => talk.moved(from, to),
    },
    async stop() {
      talk.dispose();
      await positions.flush();
    },
  };
}
