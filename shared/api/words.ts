/** What the filter looks for in what people write: rules, lists of ours, settings, and a place to try them. */
import * as v from 'valibot';
import { isPlainText } from '../text/plain-text.ts';
import { Limits } from '../limits.ts';
import {
  byName,
  moment,
  pageOf,
  paging,
  plainLine,
  rowId,
  spaceId,
  visible,
} from './route/fields.ts';
import { route } from './route/route.ts';

/** Rules that one import takes. */
export const MOST_IMPORTED = 500;

/** `allow`: what it names is let through, whatever others say. */
const action = v.picklist(['allow', 'flag', 'hold', 'refuse']);
const kind = v.picklist(['insult', 'hate', 'sexual', 'scam', 'other']);
const setting = v.picklist(['off', 'flag', 'hold', 'refuse']);
const field = v.picklist(['text', 'title', 'name', 'topic', 'store', 'owns', 'label', 'note']);

/** A word, `word*`, `*word`, a phrase or a domain. An import takes any text, and says what is wrong with it. */
export const pattern = v.pipe(v.string(), v.trim(), plainLine(100), visible);

const draft = v.strictObject({ pattern, action, kind: v.optional(kind, 'other') });

const rule = v.object({
  id: v.string(),
  /** null: everywhere. */
  space: v.nullable(v.string()),
  pattern: v.string(),
  action: v.string(),
  kind: v.string(),
  added: moment,
});

export const wordRoutes = {
  list: route({
    method: 'GET',
    path: '/api/office/words',
    about: 'The rules that managers made, by pattern.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    query: v.object(paging),
    response: pageOf(rule),
  }),
  add: route({
    method: 'POST',
    path: '/api/office/words',
    about: 'Makes a rule, everywhere or in one space; the same pattern there takes the new action.',
    rights: 'office',
    also: ['space-manager'],
    space: 'body.space',
    request: v.strictObject({ ...draft.entries, space: v.optional(spaceId) }),
    response: rule,
    status: 201,
    errors: ['bad-request', 'not-found', 'too-many'],
    audit: 'word-added',
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/office/words/:id',
    about: 'Takes a rule away.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    params: { id: rowId },
    response: null,
    errors: ['not-found'],
    audit: 'word-removed',
  }),
  import: route({
    method: 'POST',
    path: '/api/office/word-imports',
    about: 'Makes many rules at once; those that cannot be are named, and the others are made.',
    rights: 'office',
    also: ['space-manager'],
    space: 'body.space',
    mostBodyBytes: 128 * 1024,
    request: v.strictObject({
      space: v.optional(spaceId),
      rules: v.pipe(
        v.array(v.strictObject({ ...draft.entries, pattern: v.string() })),
        v.maxLength(MOST_IMPORTED),
      ),
    }),
    response: v.object({
      /** Rules that hold now. */
      taken: v.number(),
      wrong: v.array(v.object({ pattern: v.string(), why: v.string() })),
    }),
    errors: ['not-found', 'too-many'],
    audit: 'words-imported',
  }),
  starters: route({
    method: 'GET',
    path: '/api/office/word-lists',
    about: 'The lists that come with the relay, by pattern. Level null: an exception.',
    rights: 'office',
    also: ['space-manager'],
    space: 'any',
    query: v.object(paging),
    response: pageOf(
      v.object({ pattern: v.string(), kind: v.string(), level: v.nullable(v.number()) }),
    ),
  }),
  settings: route({
    method: 'GET',
    path: '/api/office/word-settings',
    about: 'What is done about each list and guard, in a space or everywhere.',
    rights: 'office',
    also: ['space-manager'],
    space: 'query.space',
    query: v.object({ ...paging, space: v.optional(spaceId) }),
    response: pageOf(
      v.object({
        name: v.string(),
        value: v.string(),
        /** Where it was said: in this space, everywhere, or nowhere, so it is as it comes. */
        from: v.picklist(['space', 'everywhere', 'default']),
      }),
    ),
    errors: ['not-found'],
  }),
  set: route({
    method: 'PATCH',
    path: '/api/office/word-settings',
    about: 'Says what is done about lists and guards. null: as it is elsewhere.',
    rights: 'office',
    also: ['space-manager'],
    space: 'body.space',
    request: v.strictObject({
      space: v.optional(spaceId),
      settings: byName(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/)), v.nullable(setting)),
    }),
    response: null,
    errors: ['bad-request', 'not-found'],
    audit: 'word-settings-changed',
  }),
  try: route({
    method: 'POST',
    path: '/api/office/word-trials',
    about: 'What a text would trigger, and why. Nothing is kept of it.',
    rights: 'office',
    also: ['space-manager'],
    space: 'body.space',
    request: v.strictObject({
      space: v.optional(spaceId),
      text: v.pipe(
        v.string(),
        v.minLength(1),
        v.maxLength(Limits.textLength),
        v.check(isPlainText, 'expected plain text'),
      ),
      field: v.optional(field, 'text'),
    }),
    response: v.object({
      action: v.picklist(['ok', 'flag', 'hold', 'refuse']),
      findings: v.array(
        v.object({
          action: v.picklist(['flag', 'hold', 'refuse']),
          rule: v.string(),
          kind: v.string(),
          field: v.string(),
          matched: v.string(),
          start: v.number(),
          end: v.number(),
        }),
      ),
    }),
    errors: ['not-found'],
    audit: 'words-tried',
  }),
};
