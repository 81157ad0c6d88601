/** Spaces by HTTP: their public face, and their settings for managers. */
import type { ApiError, ErrorDetails } from '../../../shared/api/route/api-error.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { pageAfter } from '../../../shared/api/route/page.ts';
import type { spaceRoutes } from '../../../shared/api/spaces.ts';
import { textBytes } from '../../../shared/hash.ts';
import { isVisible } from '../../../shared/text/plain-text.ts';
import type { SpaceRecord } from '../../../shared/protocol/records.ts';
import { blankSpace, editedSpace } from './edit-space.ts';
import { faceOf } from './public-face.ts';
import type { Spaces } from './spaces.ts';

export interface SpaceHandlerOptions {
  readonly spaces: Pick<Spaces, 'ids' | 'has' | 'public' | 'record' | 'edit'>;
  /** Resolves once whoever answers in a new space is shown there. */
  readonly shown: () => Promise<void>;
}

/** Every page asks for these before anybody opens the chat, with three faces beside them. */
const MOST_FACE_BYTES = 1_200;

export const spaceHandlers = ({
  spaces,
  shown,
}: SpaceHandlerOptions): Handlers<typeof spaceRoutes> => ({
  async face({ params, refuse }) {
    const space = spaces.has(params.id) ? await spaces.public(params.id) : undefined;
    if (!space) throw refuse('not-found', 'There is no such space.');
    return faceOf(space);
  },

  list({ query, scope }) {
    const ids = spaces.ids.filter((id) => scope.covers([id]));
    const all = ids.flatMap((id) => spaces.record(id) ?? []);
    return pageAfter(all, query, ({ id }) => id);
  },

  async create({ body, act, refuse }) {
    const { id, ...change } = body;
    const made = await spaces.edit(
      id,
      (before) => {
        if (before)
          throw refuse('bad-request', `There is a space “${id}” already.`, { field: 'id' });
        return checked(editedSpace(blankSpace(id), change), refuse);
      },
      act.on(`space:${id}`),
    );
    await shown();
    return made;
  },

  async change({ params, body, act, refuse }) {
    await spaces.edit(
      params.id,
      (before) => {
        if (!before) throw refuse('not-found', 'There is no such space.');
        return checked(editedSpace(before, body), refuse);
      },
      act.on(`space:${params.id}`, Object.keys(body).join(', ')),
    );
    return undefined;
  },
});

type Refuse = (code: 'bad-request', message: string, details: ErrorDetails) => ApiError;

/** @throws {ApiError} if it cannot be shown like this. */
function checked(space: SpaceRecord, refuse: Refuse): SpaceRecord {
  const { name, promise } = space;
  const field = 'name';
  if (!Object.values(name).some(isVisible))
    throw refuse('bad-request', 'A space needs a name in one language at least.', { field });
  const bytes = textBytes(JSON.stringify([name, promise])).length;
  if (bytes > MOST_FACE_BYTES)
    throw refuse(
      'bad-request',
      `Name and promise have ${bytes} bytes in all their languages, of ${MOST_FACE_BYTES} at most.`,
      { field },
    );
  return space;
}
