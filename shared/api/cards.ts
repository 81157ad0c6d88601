/** Cards and photos: what members of the desk say about themselves. */
import * as v from 'valibot';
import { Limits } from '../limits.ts';
import { items, line, moment, pageOf, pagingByTime, visible } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { type RateLimit, type Upload, route } from './route/route.ts';

/** Everybody who is connected hears of each change to a card. */
const changes: RateLimit = {
  burst: 10,
  perSecond: 1 / 30,
  message: 'Too many changes.',
};

const upload: Upload = { type: 'image', mostBytes: Limits.photoBytes, mostAtOnce: 6 };

const photoName = v.pipe(
  v.string(),
  v.check((text) => /^[\w-]{22}$/.test(text), 'expected the name of a photo'),
);

const eachOnce = v.pipe(
  items,
  v.transform((all) => [...new Set(all)]),
);

const ownCard = v.object({
  name: v.string(),
  topics: v.array(v.string()),
  store: v.string(),
  owns: v.array(v.string()),
  /** `held`: a manager has not seen it yet. */
  photo: v.nullable(v.object({ name: v.string(), held: v.boolean() })),
});

export const cardRoutes = {
  own: route({
    method: 'GET',
    path: '/api/me/card',
    about: 'One’s own card.',
    rights: 'desk',
    response: ownCard,
    errors: ['not-found'],
  }),
  put: route({
    method: 'PUT',
    path: '/api/me/card',
    about: 'Changes one’s own card, at once and for everyone.',
    rights: 'desk',
    limit: changes,
    request: v.object({
      name: v.pipe(line(Limits.nameLength), visible),
      topics: eachOnce,
      store: line(Limits.cardItemLength),
      owns: eachOnce,
    }),
    response: ownCard,
    errors: ['not-found', 'moderated'],
    audit: null,
  }),
  putPhoto: route({
    method: 'PUT',
    path: '/api/me/photo',
    about: 'Another photo (JPEG, PNG, WebP or AVIF), seen by others once a manager let it through.',
    rights: 'desk',
    limit: changes,
    request: upload,
    response: ownCard,
    errors: ['not-found', 'not-an-image', 'unavailable'],
    audit: null,
  }),
  dropPhoto: route({
    method: 'DELETE',
    path: '/api/me/photo',
    about: 'Takes one’s photo away.',
    rights: 'desk',
    limit: changes,
    response: ownCard,
    errors: ['not-found'],
    audit: null,
  }),
  photo: route({
    method: 'GET',
    path: '/api/photos/:name',
    about: 'A photo. One that waits for a manager is its owner’s and managers’ alone.',
    rights: 'anyone',
    params: { name: photoName },
    response: 'image',
    errors: ['not-found'],
  }),
  held: route({
    method: 'GET',
    path: '/api/office/photos',
    about: 'Those that wait for a manager’s eye, oldest first.',
    rights: 'office',
    also: ['space-manager', 'moderator'],
    space: 'found',
    query: v.object(pagingByTime),
    response: pageOf(
      v.object({
        name: v.string(),
        member: v.string(),
        memberName: v.string(),
        uploaded: moment,
      }),
    ),
  }),
  show: route({
    method: 'POST',
    path: '/api/office/photos/:name/show',
    about: 'Lets everyone see a photo.',
    rights: 'office',
    also: ['space-manager', 'moderator'],
    space: 'found',
    params: { name: photoName },
    response: null,
    errors: ['not-found'],
    audit: 'photo-shown',
  }),
  refuse: route({
    method: 'POST',
    path: '/api/office/photos/:name/refuse',
    about: 'Deletes a photo, whether it waits or shows.',
    rights: 'office',
    also: ['space-manager', 'moderator'],
    space: 'found',
    params: { name: photoName },
    response: null,
    errors: ['not-found'],
    audit: 'photo-refused',
  }),
};

export type OwnCard = ResponseOf<typeof cardRoutes.own>;
export type OfficePhoto = ResponseOf<typeof cardRoutes.held>['items'][number];
