/** Notices of what is unlawful, as the office decides them. Anybody sends one at /notice, a page and no route. */
import * as v from 'valibot';
import { moment, pageOf, pagingByTime, rowId } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';
import { isPlainText } from '../text/plain-text.ts';

const notice = v.object({
  reference: v.string(),
  at: moment,
  kind: v.string(),
  place: v.string(),
  why: v.string(),
  /** Empty if they gave none. */
  name: v.string(),
  email: v.string(),
  lang: v.string(),
  /** null: it waits. */
  decision: v.nullable(
    v.object({ upheld: v.boolean(), by: v.string(), at: moment, reason: v.string() }),
  ),
});

export const noticeRoutes = {
  list: route({
    method: 'GET',
    path: '/api/office/notices',
    about:
      'Notices of what is unlawful that wait, oldest first; with `decided=1`, those that do not.',
    rights: 'office',
    also: ['moderator'],
    space: 'everywhere',
    query: v.object({ ...pagingByTime, decided: v.optional(v.picklist(['0', '1']), '0') }),
    response: pageOf(notice),
  }),
  decide: route({
    method: 'POST',
    path: '/api/office/notices/:id/decide',
    about: 'Decides a notice, once. Whoever sent it is written to by hand.',
    rights: 'office',
    also: ['moderator'],
    space: 'everywhere',
    params: { id: rowId },
    request: v.strictObject({
      upheld: v.boolean(),
      reason: v.pipe(
        v.string(),
        v.trim(),
        v.minLength(1),
        v.maxLength(1_000),
        v.check(isPlainText, 'expected plain text'),
      ),
    }),
    response: null,
    errors: ['not-found', 'conflict'],
    audit: 'notice-decided',
  }),
};

export type OfficeNotice = ResponseOf<typeof noticeRoutes.list>['items'][number];
