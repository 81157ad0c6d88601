/** Invitations: a single-use link that makes one person a member of the desk, or brings one back. */
import * as v from 'valibot';
import { Role } from '../grant/roles.ts';
import { Limits } from '../limits.ts';
import {
  deskRole,
  deviceKey,
  items,
  localText,
  memberId,
  moment,
  note,
  pageOf,
  pagingByTime,
  plainLine,
  role,
  rowId,
  signature,
  spaceIds,
  visible,
} from './route/fields.ts';
import type { RequestOf, ResponseOf } from './route/shapes.ts';
import { type Signing, route } from './route/route.ts';

const code = v.pipe(
  v.string(),
  v.check((text) => /^[\w-]{22}$/.test(text), 'expected the code of an invitation'),
);

const redeeming: Signing = {
  purpose: 'redeem',
  text: ({ code, name }: { code: string; name: string }) => `${code}\n${name}`,
  ownPage: false,
};

const YEAR_DAYS = 366;

/** The answer for a new invitation, and for one that is sent again. */
const made = v.object({
  id: v.string(),
  /** It is told here and stored nowhere. */
  link: v.string(),
  expires: moment,
});

const invitation = v.object({
  id: v.string(),
  role,
  spaces: v.array(v.string()),
  topics: v.array(v.string()),
  /** What the manager wrote to recognise it later. */
  note: v.string(),
  /** The member it brings back; null when it makes a new one. */
  member: v.nullable(v.string()),
  /** The manager who made it; null if the command line did. */
  madeBy: v.nullable(v.string()),
  created: moment,
  expires: moment,
  state: v.picklist(['waiting', 'used', 'expired', 'revoked']),
  usedBy: v.nullable(v.string()),
});

export const invitationRoutes = {
  look: route({
    method: 'POST',
    path: '/api/invitations/look',
    about: 'What an invitation is for, without using it up.',
    rights: 'anyone',
    request: v.object({ code }),
    response: v.object({
      role,
      spaces: v.array(v.string()),
      community: v.string(),
      expires: moment,
      /** The shown name of the member it brings back; empty for a new one. */
      name: v.string(),
      /** The shown name of the manager who made it; empty if the command line did. */
      by: v.string(),
      /** What the places are called that it is for; none where there are more than a few. */
      places: v.array(localText),
    }),
    errors: ['not-found', 'invitation-used', 'invitation-expired'],
    audit: null,
  }),
  redeem: route({
    method: 'POST',
    path: '/api/invitations/redeem',
    about:
      'Makes this device one of a member’s. Signed for the purpose “redeem”, over code, newline, name.',
    rights: 'signed',
    signing: redeeming,
    request: v.object({
      code,
      name: v.pipe(
        plainLine(Limits.nameLength),
        v.check(
          (name) => name === name.trim(),
          'expected it as it was signed, without spaces around',
        ),
        visible,
      ),
      device: deviceKey,
      signature,
    }),
    response: v.object({
      member: v.string(),
      /** The encoded grant, base64url. */
      grant: v.string(),
      /** The community's public key, base64url: the device checks it against its fingerprint. */
      key: v.string(),
      /** The first space the grant holds in: where the desk opens. */
      space: v.string(),
    }),
    errors: [
      'forbidden',
      'not-found',
      'invitation-used',
      'invitation-expired',
      'bad-signature',
      'moderated',
    ],
    audit: 'invitation-redeemed',
  }),
  list: route({
    method: 'GET',
    path: '/api/office/invitations',
    about: 'Those of the last 90 days, newest first.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    query: v.object(pagingByTime),
    response: pageOf(invitation),
  }),
  invite: route({
    method: 'POST',
    path: '/api/office/invitations',
    about: 'Makes an invitation; with `member`, one that brings them back on a new device.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    request: v.strictObject({
      role: v.optional(deskRole, Role.helper),
      spaces: v.optional(spaceIds, []),
      topics: v.optional(items, []),
      note: v.optional(note, ''),
      /** Brings this member back; role and spaces stay theirs. */
      member: v.optional(memberId),
      days: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(YEAR_DAYS)), 7),
    }),
    response: made,
    status: 201,
    errors: ['bad-request', 'not-found', 'moderated'],
    audit: 'invitation-made',
  }),
  resend: route({
    method: 'POST',
    path: '/api/office/invitations/:id/resend',
    about: 'Makes another link; the one before is void.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    params: { id: rowId },
    response: made,
    errors: ['not-found'],
    audit: 'invitation-resent',
  }),
  revoke: route({
    method: 'DELETE',
    path: '/api/office/invitations/:id',
    about: 'Makes an unused invitation void.',
    rights: 'office',
    also: ['space-manager'],
    space: 'found',
    params: { id: rowId },
    response: null,
    errors: ['not-found'],
    audit: 'invitation-revoked',
  }),
};

export type InvitationResponse = ResponseOf<typeof invitationRoutes.look>;
export type RedeemRequest = RequestOf<typeof invitationRoutes.redeem>;
export type RedeemResponse = ResponseOf<typeof invitationRoutes.redeem>;
export type OfficeInvitation = ResponseOf<typeof invitationRoutes.list>['items'][number];
export type InviteRequest = RequestOf<typeof invitationRoutes.invite>;
export type InviteResponse = ResponseOf<typeof invitationRoutes.invite>;
