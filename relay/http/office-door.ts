/** The office by HTTP: for managers of the whole community, by their session. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Role } from '../../shared/grant/roles.ts';
import { apiError } from './api-error.ts';
import type { BrowserSessions } from './session.ts';

/**
 * @param office everything a manager may do, without a question.
 * Somebody who manages some spaces only could give themselves the others: they are not let in.
 */
export function officeDoor(office: Hono, sessions: Pick<BrowserSessions, 'memberOf'>): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    context.header('Cache-Control', 'private, no-store');
    const member = await sessions.memberOf(context);
    if (!member) return apiError(context, 'no-session', 'Open a session first.');
    if (member.role !== Role.manager || member.spaces.length > 0)
      return apiError(context, 'forbidden', 'The office is for managers of all spaces.');
    return next();
  });
  app.use(
    bodyLimit({
      maxSize: 16_384,
      onError: (context) => apiError(context, 'bad-request', 'The body is too long.'),
    }),
  );
  app.route('/', office);
  return app;
}
