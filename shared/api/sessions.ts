/** Sessions: a browser of a member of the desk, recognised by a cookie that no script can read. */
import * as v from 'valibot';
import { deviceKey, moment, plainLine, role, signature } from './route/fields.ts';
import type { ResponseOf } from './route/shapes.ts';
import { type Signing, route } from './route/route.ts';

const opening: Signing = {
  purpose: 'session',
  text: ({ nonce }: { nonce: string }, host) => `${host}\n${nonce}`,
  ownPage: true,
};

export const sessionRoutes = {
  challenge: route({
    method: 'POST',
    path: '/api/session/challenge',
    about: 'What to sign, once and within 2 minutes.',
    rights: 'anyone',
    response: v.object({ nonce: v.string() }),
    audit: null,
  }),
  open: route({
    method: 'POST',
    path: '/api/session',
    about:
      'Opens a session and sets its cookie. Signed for the purpose “session”, over host, newline, nonce; the host is the relay’s, as the page dialled it.',
    rights: 'signed',
    signing: opening,
    mostBodyBytes: 2_048,
    request: v.object({
      device: deviceKey,
      nonce: plainLine(80),
      signature,
    }),
    response: v.object({ member: v.string(), role, expires: moment }),
    errors: ['forbidden', 'bad-signature', 'too-many'],
    audit: null,
  }),
  end: route({
    method: 'DELETE',
    path: '/api/session',
    about: 'Ends the session, wherever its cookie was copied to.',
    rights: 'anyone',
    response: null,
    audit: null,
  }),
};

export type SessionChallengeResponse = ResponseOf<typeof sessionRoutes.challenge>;
export type SessionResponse = ResponseOf<typeof sessionRoutes.open>;
