/** What waits to be read before others read it, what is done about it, and appeals. */
import * as v from 'valibot';
import { isPlainText } from '../text/plain-text.ts';
import { Limits } from '../limits.ts';
import { moment, pageOf, pagingByTime, rowId } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';

/** What is said before it, in its conversation. */
const context = v.array(v.object({ member: v.string(), text: v.string(), at: moment }));

const item = v.object({
  id: v.string(),
  conversation: v.string(),
  space: v.string(),
  member: v.string(),
  /** Of the entry: `ask`, `say`, or what else waits with its question. */
  kind: v.string(),
  text: v.string(),
  /** Where a question was asked; null for anything else. */
  page: v.nullable(v.object({ url: v.string(), title: v.string() })),
  /** The kind of the rule: what the author is told. */
  code: v.string(),
  /** The rule itself. */
  rule: v.string(),
  since: moment,
  /** Who looks at it; null: nobody. */
  lockedBy: v.nullable(v.string()),
  lockedUntil: moment,
  /** Raised by each change; a change says it as `if`. */
  version: v.number(),
  /** The last of it; a question has none. */
  context,
});

const version = v.pipe(v.number(), v.integer(), v.minValue(0));
/** The author reads it. */
const reason = v.optional(
  v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(Limits.reasonLength),
    v.check(isPlainText, 'expected plain text'),
  ),
  '',
);
const change = { if: version };
const id = { id: rowId };
const outcome = v.object({
  /** `durable`: it is in its conversation. Otherwise why it could not be: the code. */
  outcome: v.string(),
});

const appeal = v.object({
  /** Of the decision. */
  reference: v.string(),
  /** The entry; null: the member. */
  id: v.nullable(v.string()),
  conversation: v.nullable(v.string()),
  space: v.nullable(v.string()),
  member: v.string(),
  what: v.string(),
  code: v.string(),
  reason: v.string(),
  rule: v.string(),
  /** Who decided: a member, `command-line` or `machine`. */
  by: v.string(),
  at: moment,
  /** What its author says. */
  appeal: v.string(),
  appealedAt: moment,
  /** What it is about; null: the relay has it no more. */
  text: v.nullable(v.string()),
});

export const heldRoutes = {
  list: route({
    method: 'GET',
    path: '/api/office/held',
    about: 'What waits to be read before others read it, the oldest first.',
    rights: 'guard',
    query: v.object(pagingByTime),
    response: pageOf(item),
  }),
  lock: route({
    method: 'POST',
    path: '/api/office/held/:id/lock',
    about: 'Says that whoever asks looks at it now, so that nobody else decides for two minutes.',
    rights: 'guard',
    params: id,
    request: v.strictObject(change),
    response: v.object({ version, lockedUntil: moment }),
    errors: ['not-found', 'forbidden', 'conflict'],
    audit: null,
  }),
  unlock: route({
    method: 'POST',
    path: '/api/office/held/:id/unlock',
    about: 'Says that whoever asks looks at it no more.',
    rights: 'guard',
    params: id,
    request: v.strictObject(change),
    response: v.object({ version }),
    errors: ['not-found', 'forbidden', 'conflict'],
    audit: null,
  }),
  approve: route({
    method: 'POST',
    path: '/api/office/held/:id/approve',
    about: 'Publishes it, judged as of now; a question with what its asker added.',
    rights: 'guard',
    params: id,
    request: v.strictObject(change),
    response: outcome,
    errors: ['not-found', 'forbidden', 'conflict'],
    audit: 'held-approved',
  }),
  refuse: route({
    method: 'POST',
    path: '/api/office/held/:id/refuse',
    about: 'Refuses it for good; a question with what its asker added.',
    rights: 'guard',
    params: id,
    request: v.strictObject({
      ...change,
      reason,
      /** Its bytes go at once: nobody can look at it again. */
      erase: v.optional(v.boolean(), false),
    }),
    response: null,
    errors: ['not-found', 'forbidden', 'conflict'],
    audit: 'held-refused',
  }),
  change: route({
    method: 'POST',
    path: '/api/office/held/:id/change',
    about: 'Refuses it, and asks its author to write it otherwise.',
    rights: 'guard',
    params: id,
    request: v.strictObject({ ...change, reason }),
    response: null,
    errors: ['not-found', 'forbidden', 'conflict'],
    audit: 'held-change-asked',
  }),
  appeals: route({
    method: 'GET',
    path: '/api/office/appeals',
    about: 'Decisions that somebody asks to be looked at again, the oldest first.',
    rights: 'guard',
    query: v.object(pagingByTime),
    response: pageOf(appeal),
  }),
  decideAppeal: route({
    method: 'POST',
    path: '/api/office/appeals/:id/decide',
    about:
      'Grants an appeal, or upholds the decision; where two managers are, not whoever made it. What was held or refused is published, if the relay still has it.',
    rights: 'guard',
    params: id,
    request: v.strictObject({ grant: v.boolean(), reason }),
    response: v.object({
      /** Whether something came back by it. */
      published: v.boolean(),
    }),
    errors: ['not-found', 'forbidden', 'conflict'],
    audit: 'appeal-decided',
  }),
};

export type HeldItem = ResponseOf<typeof heldRoutes.list>['items'][number];
export type AppealItem = ResponseOf<typeof heldRoutes.appeals>['items'][number];
