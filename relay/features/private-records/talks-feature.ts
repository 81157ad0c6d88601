/** A visitor's conversations follow them to their other devices: each is a record in their member's room. */
import type { MemberId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { MemberKey, type TalkRecord } from '../../../shared/protocol/records.ts';
import { memberRoom } from '../../../shared/protocol/rooms.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Feature } from '../../core/feature.ts';
import type { ConversationChange } from '../../core/rooms/projection.ts';
import type { KeyedRoom } from '../../core/rooms/room.ts';

export const talksFeature = ({ now }: Pick<Clock, 'now'>): Feature => ({
  name: 'talks',
  projection: {
    rooms: (change) => visitorsIn(change).map(memberRoom),
    project(change, rooms, batch) {
      const { ask, space } = change.room.state;
      if (ask === null || space === null) return;
      const key = MemberKey.talk + change.room.id;
      const value = JSON.stringify({ space, at: ask.received } satisfies TalkRecord);
      for (const member of visitorsIn(change)) {
        const room = rooms(memberRoom(member));
        if (room.records.has(key)) continue;
        for (const oldest of overflowOfTalks(room)) batch.put(room, oldest, null, now());
        batch.put(room, key, value, now());
      }
    },
  },
});

/** Those of the latest authors who asked, or answer as a visitor. */
function visitorsIn({ room: { state }, authors }: ConversationChange): MemberId[] {
  return [...authors].filter(
    (member) => member === state.ask?.member || state.answeredAsVisitor(member),
  );
}

/** Keys of the talks that leave when one more comes: records are in the order in which they came. */
function overflowOfTalks(room: KeyedRoom): string[] {
  const talks = [...room.records.keys()].filter((key) => key.startsWith(MemberKey.talk));
  return talks.slice(0, Math.max(0, talks.length + 1 - Limits.talkRecords));
}
