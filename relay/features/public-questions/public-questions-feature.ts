/** In an open space everyone present sees which questions wait for an answer. */
import type { SpaceId } from '../../../shared/ids.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { questionKey } from '../../../shared/protocol/records.ts';
import { spaceRoom } from '../../../shared/protocol/rooms.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ConversationChange, Feature } from '../../core/feature.ts';
import { spaceIn } from '../spaces/spaces.ts';
import { overflowOfQuestions, questionRecordOf } from './public-questions.ts';

export interface PublicQuestionsOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly spaces: { readonly ids: readonly SpaceId[] };
}

export function publicQuestionsFeature({ clock, spaces }: PublicQuestionsOptions): Feature {
  // A question that is gone was listed in one of the spaces, if at all.
  const listedIn = ({ room }: ConversationChange) =>
    (room.state.space === null ? spaces.ids : [room.state.space]).map(spaceRoom);
  return {
    name: 'public-questions',
    projection: {
      rooms: listedIn,
      project(change, rooms, batch) {
        for (const name of listedIn(change)) {
          const space = rooms(name);
          const isOpen = spaceIn(space)?.mode === SpaceMode.open; // as this batch leaves it
          const record = isOpen ? questionRecordOf(change.room) : null;
          const surplus = record === null ? [] : overflowOfQuestions(space, change.room.id);
          for (const key of surplus) batch.put(space, key, null, clock.now());
          const value = record && JSON.stringify(record);
          batch.put(space, questionKey(change.room.id), value, clock.now());
        }
      },
    },
  };
}
