/** Opening and ending a session, by HTTP. */
import type { Handlers } from '../../../shared/api/route/handler.ts';
import type { sessionRoutes } from '../../../shared/api/sessions.ts';
import type { BrowserSessions } from './session.ts';

const BUSY_S = 10;

export const sessionHandlers = (
  sessions: Pick<BrowserSessions, 'challenge' | 'open' | 'end'>,
): Handlers<typeof sessionRoutes> => ({
  challenge: () => ({ nonce: sessions.challenge() }),

  async open({ body, cookie, refuse }) {
    const opened = await sessions.open(body.device, body.nonce);
    switch (opened.type) {
      case 'stale-nonce':
        throw refuse('bad-signature', 'This challenge is no longer good, or was used before.');
      case 'no-place':
        throw refuse('forbidden', 'This device has no place at the desk.');
      case 'too-many-open':
        throw refuse('too-many', 'Too many open at once.', { retryAfter: BUSY_S });
      case 'opened': {
        const { member, token, maxAgeS, expires } = opened;
        cookie.set(token, maxAgeS);
        return { member: member.id, role: member.role, expires };
      }
    }
  },

  end({ cookie }) {
    sessions.end(cookie.value);
    cookie.drop();
    return undefined;
  },
});
