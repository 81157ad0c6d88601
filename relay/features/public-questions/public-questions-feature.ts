/** In an open space everyone sees which questions wait for an answer, up to a limit. */
import type { SpaceId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { questionKey } from '../../../shared/protocol/records.ts';
import { spaceRoom } from '../../../shared/protocol/rooms.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { Feature } from '../../core/feature.ts';
import type { LineStorage } from '../../core/listing/line-storage.ts';
import { ListedRecords } from '../../core/listing/listed-records.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ConversationChange } from '../../core/rooms/projection.ts';
import { spaceIn } from '../spaces/spaces.ts';
import { questionRecordOf, standingOfQuestion } from './public-questions.ts';

export interface PublicQuestionsOptions {
  readonly storage: LineStorage;
  readonly spaces: { readonly ids: readonly SpaceId[] };
  readonly clock: Pick<Clock, 'now'>;
}

export function publicQuestionsFeature(options: PublicQuestionsOptions): Feature {
  const { storage, spaces, clock } = options;
  const records = new ListedRecords({
    storage,
    now: clock.now,
    // While a space is closed all questions wait. They come into sight when it opens again.
    placesIn: (space) => (spaceIn(space)?.mode === SpaceMode.open ? Limits.publicQuestions : 0),
    isListed: (key) => key.startsWith(questionKey('')),
    standingOf: standingOfQuestion,
    waits: () => true,
  });
  // A deleted question was listed in one of the spaces, if at all.
  const spacesOf = ({ room }: ConversationChange) =>
    (room.state.space === null ? spaces.ids : [room.state.space]).map(spaceRoom);
  const isPublic = ({ room }: ConversationChange): boolean =>
    room.state.space === null || room.state.isPublic;
  return {
    name: 'public-questions',
    projection: {
      rooms: (change) => (isPublic(change) ? spacesOf(change) : []),
      async prepare(changes, rooms) {
        const listed = changes.filter(isPublic);
        for (const name of new Set(listed.flatMap(spacesOf)))
          await records.prepare(rooms(name), listed.length);
      },
      project(change, rooms, batch) {
        if (!isPublic(change)) return;
        const record = questionRecordOf(change.room);
        const value = record && JSON.stringify(record);
        for (const name of spacesOf(change))
          records.put(batch, rooms(name), questionKey(change.room.id), value);
      },
      async changed(room, batch) {
        if (room.name.startsWith('space/')) await records.resize(batch, room);
      },
    },
  };
}
