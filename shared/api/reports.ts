/** Messages that were reported or hidden, and what is decided about them. */
import * as v from 'valibot';
import { Limits } from '../limits.ts';
import { isPlainText } from '../text/plain-text.ts';
import { memberId, moment, pageOf, pagingByTime, rowId } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';

const report = v.object({
  /** Who reported it; null for a guardian: managers alone know. */
  member: v.nullable(v.string()),
  reason: v.string(),
  text: v.string(),
  at: moment,
});

const item = v.object({
  /** The message. */
  id: v.string(),
  conversation: v.string(),
  space: v.string(),
  /** Whose words they are. */
  author: v.string(),
  /** `open`: still seen. */
  state: v.picklist(['open', 'hidden', 'kept', 'gone']),
  /** Why it is hidden, as a number of the wire; 0: it never was. */
  cause: v.number(),
  /** Who hid it: a member, `command-line` or `machine`; empty: nobody. */
  by: v.string(),
  decided: moment,
  since: moment,
  /** How many people reported it. */
  count: v.number(),
  /** At most 100, the oldest first. */
  reports: v.array(report),
  text: v.string(),
  /** What was said before it. */
  context: v.array(v.object({ member: v.string(), text: v.string(), at: moment })),
  /** Raised by each change; a decision says it as `if`. */
  version: v.number(),
});

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
const deciding = v.strictObject({
  reason,
  /** The version that whoever decides has seen. When absent: whatever it is. */
  if: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
const decided = v.object({ state: v.string(), version: v.number() });

export const reportRoutes = {
  list: route({
    method: 'GET',
    path: '/api/office/reports',
    about: 'Messages that were reported or hidden and wait for somebody to look, the oldest first.',
    rights: 'guard',
    query: v.object(pagingByTime),
    response: pageOf(item),
  }),
  hide: route({
    method: 'POST',
    path: '/api/office/messages/:id/hide',
    about: 'Hides a message, or leaves one hidden that was reported.',
    rights: 'guard',
    params: { id: rowId },
    request: deciding,
    response: decided,
    errors: ['not-found', 'forbidden', 'conflict', 'too-many'],
    audit: 'message-hidden',
  }),
  unhide: route({
    method: 'POST',
    path: '/api/office/messages/:id/unhide',
    about: 'Shows a hidden message again, or says that one that was reported may be seen.',
    rights: 'guard',
    params: { id: rowId },
    request: deciding,
    response: decided,
    errors: ['not-found', 'forbidden', 'conflict', 'too-many'],
    audit: 'message-unhidden',
  }),
  unhideAll: route({
    method: 'POST',
    path: '/api/office/members/:id/unhide',
    about: 'Shows again all messages that a member has hidden, at most 500 at a time.',
    rights: 'office',
    params: { id: memberId },
    request: v.strictObject({ reason }),
    response: v.object({ shown: v.number() }),
    audit: 'hides-undone',
  }),
};

export type ReportItem = ResponseOf<typeof reportRoutes.list>['items'][number];
