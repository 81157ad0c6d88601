/** Spaces: their public face, and their settings for managers. */
import * as v from 'valibot';
import { localText, pageOf, paging, spaceId } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';

/** The name of something that the brand's page tells about a visitor. */
const attribute = v.pipe(
  v.string(),
  v.check((text) => /^[a-z][a-z0-9_-]{0,39}$/i.test(text), 'expected a name, such as segment'),
);

export const spaceRoutes = {
  face: route({
    method: 'GET',
    path: '/api/spaces/:id/face',
    about: 'What the launcher shows before anyone clicks: at most 2 KB.',
    rights: 'anyone',
    params: { id: spaceId },
    response: v.object({
      name: localText,
      /** How many members of the desk are here, as in the roster. */
      here: v.number(),
      /** At most three who are here, otherwise those who were here last. */
      faces: v.array(v.object({ member: v.string(), name: v.string(), here: v.boolean() })),
      promise: localText,
    }),
    errors: ['not-found'],
    cached: true,
  }),
  list: route({
    method: 'GET',
    path: '/api/office/spaces',
    about: 'All spaces, with their settings.',
    rights: 'office',
    query: v.object(paging),
    response: pageOf(
      v.object({
        id: v.string(),
        name: localText,
        /** 0 closed: only the desk answers; 1 open: any visitor may answer. */
        mode: v.picklist([0, 1]),
        greeting: localText,
        intro: localText,
        suggestions: v.array(localText),
        charter: localText,
        promise: localText,
        attributes: v.optional(v.array(v.string())),
      }),
    ),
  }),
  change: route({
    method: 'PATCH',
    path: '/api/office/spaces/:id',
    about: 'Opens or closes a space; says what the page may tell helpers of a visitor.',
    rights: 'office',
    params: { id: spaceId },
    request: v.strictObject({
      mode: v.optional(v.picklist(['open', 'closed'])),
      attributes: v.optional(v.pipe(v.array(attribute), v.maxLength(20))),
    }),
    response: null,
    errors: ['not-found'],
    audit: 'space-changed',
  }),
};

export type FaceResponse = ResponseOf<typeof spaceRoutes.face>;
