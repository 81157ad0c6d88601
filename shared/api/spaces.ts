/** Spaces: their public face, and their settings for managers. */
import * as v from 'valibot';
import { isPlainText, isVisible } from '../text/plain-text.ts';
import { byName, localText, pageOf, paging, plainLine, spaceId } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';

/** The name of something that the brand's page tells about a visitor. */
const attribute = v.pipe(
  v.string(),
  v.check((text) => /^[a-z][a-z0-9_-]{0,39}$/i.test(text), 'expected a name, such as segment'),
);

/** Such as `fr` or `pt-BR`. */
const language = v.pipe(
  v.string(),
  v.check(
    (text) => /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(text),
    'expected a language, such as fr or pt-BR',
  ),
);

const MOST_LANGUAGES = 20;

/** A text by language. */
const texts = (text: v.GenericSchema<string, string>) =>
  v.pipe(
    byName(language, text),
    v.check((all) => Object.keys(all).length <= MOST_LANGUAGES, 'expected fewer languages'),
  );

/** One line in each language; an empty one takes that language away. */
const lines = (longest: number) => texts(plainLine(longest));

/** Its name needs something to see, in some language. */
const name = v.pipe(
  lines(80),
  v.check((all) => Object.values(all).some(isVisible), 'expected a name in one language at least'),
);

const charter = texts(
  v.pipe(v.string(), v.maxLength(4_000), v.check(isPlainText, 'expected plain text')),
);

/** What a manager may say of a space. */
const settings = {
  mode: v.optional(v.picklist(['open', 'closed'])),
  /** Title of the welcome screen. */
  greeting: v.optional(lines(120)),
  /** One sentence below it: who answers here. */
  intro: v.optional(lines(300)),
  /** Questions often asked, in their order. */
  suggestions: v.optional(v.pipe(v.array(lines(120)), v.maxLength(6))),
  /** The rules of the house. */
  charter: v.optional(charter),
  /** When to expect an answer if nobody is here. */
  promise: v.optional(lines(80)),
  attributes: v.optional(v.pipe(v.array(attribute), v.maxLength(20))),
  /** Whether phone numbers and addresses of e-mail in messages are links. */
  contacts: v.optional(v.boolean()),
  /** How many different members' reports hide a message by themselves. 0: none do. */
  hideAfter: v.optional(v.picklist([0, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
  /** `before`: somebody reads what visitors and helpers write before it is published. */
  publish: v.optional(v.picklist(['before', 'after'])),
};

const space = v.object({
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
  contacts: v.optional(v.boolean()),
  hideAfter: v.optional(v.number()),
  publish: v.optional(v.picklist(['before', 'after'])),
});

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
    also: ['space-manager', 'moderator', 'analyst'],
    space: 'found',
    query: v.object(paging),
    response: pageOf(space),
  }),
  create: route({
    method: 'POST',
    path: '/api/office/spaces',
    about: 'Makes a space, closed unless it says otherwise.',
    rights: 'office',
    request: v.strictObject({ ...settings, id: spaceId, name }),
    response: space,
    status: 201,
    errors: ['bad-request'],
    audit: 'space-made',
  }),
  change: route({
    method: 'PATCH',
    path: '/api/office/spaces/:id',
    about:
      'Changes what is given of a space: its texts language by language, where an empty one takes it away.',
    rights: 'office',
    also: ['space-manager'],
    space: 'params.id',
    params: { id: spaceId },
    request: v.strictObject({ ...settings, name: v.optional(lines(80)) }),
    response: null,
    errors: ['bad-request', 'not-found'],
    audit: 'space-changed',
  }),
};

export type FaceResponse = ResponseOf<typeof spaceRoutes.face>;
export type OfficeSpace = ResponseOf<typeof spaceRoutes.list>['items'][number];
