/** The session's cookie: no script can read it, and no other host of the domain can set it. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { SessionCookie } from '../../../shared/api/route/handler.ts';

/** With `__Host-`, no other host of the domain and no plain HTTP can set it (RFC 6265bis, 4.1.3). */
const NAME = 'comptoir';
const OPTIONS = {
  prefix: 'host',
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Strict',
} as const;

export const sessionCookie = (context: Context): SessionCookie => ({
  value: getCookie(context, NAME, 'host') ?? '',
  set: (value, maxAgeS) => setCookie(context, NAME, value, { ...OPTIONS, maxAge: maxAgeS }),
  drop: () => void deleteCookie(context, NAME, OPTIONS),
});
