/** The office by HTTP: for managers of the whole community, by their session. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { OfficeApp } from '../features/office/office-api.ts';
import { runsOffice } from '../features/members/people.ts';
import { apiError } from './api-error.ts';
import type { BrowserSessions } from '../features/desk-sessions/session.ts';

/** @param office everything a manager may do, without a question. */
export function officeDoor(
  office: OfficeApp,
  sessions: Pick<BrowserSessions, 'memberOf'>,
): OfficeApp {
  const app: OfficeApp = new Hono();
  app.use(async (context, next) => {
    context.header('Cache-Control', 'private, no-store');
    const member = await sessions.memberOf(context);
    if (!member) return apiError(context, 'no-session', 'Open a session first.');
    if (!runsOffice(member))
      return apiError(context, 'forbidden', 'The office is for managers of all spaces.');
    context.set('manager', member.id);
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
