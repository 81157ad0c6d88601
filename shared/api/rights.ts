/** Rights in the office: who may do what there, and in which spaces. */
import * as v from 'valibot';
import { memberId, pageOf, paging, spaceIds } from './route/fields.ts';
import { officeRights } from './route/office-right.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';

const right = v.picklist(officeRights);

export const rightRoutes = {
  list: route({
    method: 'GET',
    path: '/api/office/rights',
    about: 'The rights that were given. Managers by their role are among the members.',
    rights: 'office',
    query: v.object(paging),
    response: pageOf(
      v.object({
        member: v.string(),
        name: v.string(),
        right: v.string(),
        /** None: everywhere. */
        spaces: v.array(v.string()),
      }),
    ),
  }),
  give: route({
    method: 'POST',
    path: '/api/office/rights',
    about: 'Gives a member a right, at once, or says anew in which spaces it holds.',
    rights: 'office',
    request: v.strictObject({ member: memberId, right, spaces: v.optional(spaceIds, []) }),
    response: null,
    errors: ['bad-request', 'too-many'],
    audit: 'right-given',
  }),
  take: route({
    method: 'POST',
    path: '/api/office/rights/:id/take',
    about: 'Takes a right from a member, at once. The last manager keeps theirs.',
    rights: 'office',
    params: { id: memberId },
    request: v.strictObject({ right }),
    response: null,
    errors: ['not-found', 'forbidden'],
    audit: 'right-taken',
  }),
};

export type OfficeRightLine = ResponseOf<typeof rightRoutes.list>['items'][number];
