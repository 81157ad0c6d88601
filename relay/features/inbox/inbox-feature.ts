/** The inbox of a space: a record for each conversation that the desk must see, up to a limit. */
import type { SpaceId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { inboxRoom } from '../../../shared/protocol/rooms.ts';
import type { Feature } from '../../core/feature.ts';
import type { LineStorage } from '../../core/listing/line-storage.ts';
import { ListedRecords } from '../../core/listing/listed-records.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ConversationChange } from '../../core/rooms/projection.ts';
import { inboxRecordOf, standingInInbox, waitsForInbox } from './inbox.ts';

export interface InboxOptions {
  readonly storage: LineStorage;
  readonly spaces: { readonly ids: readonly SpaceId[] };
  readonly clock: Pick<Clock, 'now'>;
}

export function inboxFeature({ storage, spaces, clock }: InboxOptions): Feature {
  const records = new ListedRecords({
    storage,
    now: clock.now,
    placesIn: () => Limits.inboxRecords,
    isListed: () => true,
    standingOf: standingInInbox,
    waits: waitsForInbox,
  });
  // A conversation whose question is gone was in one of them, if at all.
  const inboxesOf = ({ room }: ConversationChange) =>
    (room.state.space === null ? spaces.ids : [room.state.space]).map(inboxRoom);
  return {
    name: 'inbox',
    projection: {
      rooms: inboxesOf,
      async prepare(changes, rooms) {
        for (const name of new Set(changes.flatMap(inboxesOf)))
          await records.prepare(rooms(name), changes.length);
      },
      project(change, rooms, batch) {
        const record = inboxRecordOf(change.room);
        const value = record && JSON.stringify(record);
        for (const name of inboxesOf(change))
          records.put(batch, rooms(name), change.room.id, value);
      },
    },
  };
}
