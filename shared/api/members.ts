/** Members and their devices, for managers. */
import * as v from 'valibot';
import {
  anyRole,
  deviceKey,
  items,
  memberId,
  moment,
  pageOf,
  pagingByName,
  role,
  spaceIds,
} from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { route } from './route/route.ts';

const member = v.object({
  member: v.string(),
  name: v.string(),
  role,
  spaces: v.array(v.string()),
  topics: v.array(v.string()),
  since: moment,
  here: v.boolean(),
  devices: v.array(v.object({ device: v.string(), label: v.string(), since: moment })),
});

export const memberRoutes = {
  list: route({
    method: 'GET',
    path: '/api/office/members',
    about: 'The desk’s, by name; with `all=1`, every member that has a device or a role.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    query: v.object({ ...pagingByName, all: v.optional(v.picklist(['0', '1']), '0') }),
    response: pageOf(member),
  }),
  change: route({
    method: 'PATCH',
    path: '/api/office/members/:id',
    about: 'Changes a role at once; role 0 takes it away.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    params: { id: memberId },
    request: v.strictObject({
      role: v.optional(anyRole),
      spaces: v.optional(spaceIds),
      topics: v.optional(items),
    }),
    response: null,
    errors: ['bad-request', 'not-found', 'forbidden', 'moderated'],
    audit: 'member-changed',
  }),
  removeDevice: route({
    method: 'POST',
    path: '/api/office/members/:id/remove-device',
    about: 'Cuts a device off for ever.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    params: { id: memberId },
    request: v.strictObject({ device: deviceKey }),
    response: null,
    errors: ['not-found'],
    audit: 'device-removed',
  }),
};

export type OfficeMember = ResponseOf<typeof memberRoutes.list>['items'][number];
