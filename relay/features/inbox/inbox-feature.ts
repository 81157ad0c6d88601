/** The inbox: each conversation's record among those that the desk of its space sees. */
import type { Clock } from '../../core/ports/clock.ts';
import type { Feature } from '../../core/feature.ts';
import { inboxRoom } from '../../../shared/protocol/rooms.ts';
import { inboxRecordOf, overflowOfInbox } from './inbox.ts';

export const inboxFeature = ({ now }: Pick<Clock, 'now'>): Feature => ({
  name: 'inbox',
  projection: {
    rooms: ({ room }) => (room.state.space === null ? [] : [inboxRoom(room.state.space)]),
    project({ room }, rooms, batch) {
      const record = inboxRecordOf(room);
      if (record === null || room.state.space === null) return;
      const inbox = rooms(inboxRoom(room.state.space));
      for (const key of overflowOfInbox(inbox, room.id)) batch.put(inbox, key, null, now());
      batch.put(inbox, room.id, JSON.stringify(record), now());
    },
  },
});
