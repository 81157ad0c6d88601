/** Spaces by HTTP: their public face, and their settings for managers. */
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { pageAfter } from '../../../shared/api/route/page.ts';
import type { spaceRoutes } from '../../../shared/api/spaces.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import { faceOf } from './public-face.ts';
import type { Spaces } from './spaces.ts';

export const spaceHandlers = (
  spaces: Pick<Spaces, 'ids' | 'has' | 'public' | 'record' | 'set'>,
): Handlers<typeof spaceRoutes> => ({
  async face({ params, refuse }) {
    const space = spaces.has(params.id) ? await spaces.public(params.id) : undefined;
    if (!space) throw refuse('not-found', 'There is no such space.');
    return faceOf(space);
  },

  list({ query }) {
    const all = spaces.ids.flatMap((id) => spaces.record(id) ?? []);
    return pageAfter(all, query, ({ id }) => id);
  },

  async change({ params, body, refuse }) {
    const record = spaces.record(params.id);
    if (!record) throw refuse('not-found', 'There is no such space.');
    const mode = body.mode === undefined ? record.mode : SpaceMode[body.mode];
    const attributes = body.attributes ?? record.attributes ?? [];
    await spaces.set({ ...record, mode, attributes });
    return undefined;
  },
});
