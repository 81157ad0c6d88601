/** The audit: what the brand's people did, line after line, chained by hash. */
import * as v from 'valibot';
import { moment, pageOf, pagingByTime } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';

const digits = (message: string) =>
  v.pipe(
    v.string(),
    v.check((text) => /^\d{1,15}$/.test(text), message),
    v.transform(Number),
  );

const filter = {
  /** A member's id, or `operator` for the command line. */
  by: v.optional(v.pipe(v.string(), v.maxLength(64))),
  act: v.optional(v.pipe(v.string(), v.maxLength(64))),
  target: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** ms since the epoch: from then on, and before then. */
  from: v.optional(digits('expected a time, in ms since the epoch')),
  to: v.optional(digits('expected a time, in ms since the epoch')),
};

/** Bytes are base64url. */
const line = v.object({
  n: v.number(),
  at: moment,
  by: v.string(),
  act: v.string(),
  target: v.string(),
  /** null once it was blanked, with its salt. */
  why: v.nullable(v.string()),
  salt: v.nullable(v.string()),
  whyHash: v.string(),
  hash: v.string(),
});

const head = v.object({ n: v.number(), hash: v.string() });
const number = digits('expected the number of a line');

export const auditRoutes = {
  list: route({
    method: 'GET',
    path: '/api/office/audit',
    about: 'What the brand’s people did, the latest first.',
    rights: 'office',
    query: v.object({ ...pagingByTime, ...filter }),
    response: pageOf(line),
  }),
  export: route({
    method: 'GET',
    path: '/api/office/audit-export',
    about:
      'The lines after one, in their order, as JSON, a line each, at most 500: ask again after the last.',
    rights: 'office',
    query: v.object({ after: v.optional(number, '0') }),
    response: 'text',
  }),
  verify: route({
    method: 'GET',
    path: '/api/office/audit-check',
    about:
      'Whether every line is what it was. With `n` and `hash` of an end that was kept elsewhere: whether that is still in the chain.',
    rights: 'office',
    query: v.object({
      n: v.optional(number),
      hash: v.optional(
        v.pipe(
          v.string(),
          v.check((text) => /^[\w-]{43}$/.test(text), 'expected a hash, 43 characters'),
        ),
      ),
    }),
    response: v.object({
      /** Where the chain ends: keep it elsewhere. Null while there is no line. */
      head: v.nullable(head),
      /** The first line that is not what it was; null if all are. */
      broken: v.nullable(v.number()),
      /** Whether the given end is in the chain; null if none was given. */
      kept: v.nullable(v.boolean()),
    }),
  }),
  blank: route({
    method: 'POST',
    path: '/api/office/audit/:n/blank',
    about: 'Takes the reason of a line away for good; the chain still holds.',
    rights: 'office',
    params: { n: number },
    response: null,
    errors: ['not-found'],
    audit: 'audit-blanked',
  }),
};

export type OfficeAuditLine = ResponseOf<typeof auditRoutes.list>['items'][number];
