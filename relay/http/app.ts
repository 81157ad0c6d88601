/** The relay's HTTP side: the API, the built client. */
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { type HeldRight, officeRights } from '../../shared/api/route/office-right.ts';
import { type Routes, routes } from '../../shared/api/routes.ts';
import type { Fingerprint } from '../../shared/ids.ts';
import type { Log } from '../core/ports/log.ts';
import type { Member } from '../core/ports/people.ts';
import type { Platform } from '../core/ports/platform.ts';
import { answerFailure, apiError } from './api/api-error.ts';
import { type HandlersOf, mountRoutes } from './api/mount.ts';
import { type Caller, checkRights } from './api/rights.ts';
import { Refusals } from './api/refusals.ts';
import { sessionCookie } from './api/session-cookie.ts';
import { type NoticeAppOptions, noticeApp } from './notice/notice-app.ts';
import type { Hosts } from './own-hosts.ts';
import { staticFiles } from './static-files.ts';

export interface AppOptions {
  readonly handlers: HandlersOf<Routes>;
  /** The member of the desk whose session that is; null for an invalid token. */
  readonly memberOf: (token: string) => Promise<Member | null>;
  /** What a member may do in the office. */
  readonly rightsOf: (member: Member) => readonly HeldRight[];
  readonly notices: NoticeAppOptions['notices'];
  readonly addressOf: (context: Context) => string;
  readonly community: Fingerprint;
  readonly platform: Platform;
  readonly log: Log;
  readonly hosts: Hosts;
  /** Where the build is. */
  readonly dist: string;
  /** Whether people reach it by HTTPS: browsers then never try anything else (RFC 6797). */
  readonly isHttps: boolean;
}

const YEAR_S = 31_536_000;

export function createApp(options: AppOptions): Hono {
  const { handlers, memberOf, rightsOf, community, platform, log, hosts, dist, isHttps } = options;
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    if (isHttps) context.header('Strict-Transport-Security', `max-age=${YEAR_S}`);
  });

  const mayTalk = (context: Context, origin: string): boolean =>
    hosts.mayTalk(origin, context.req.header('Host') ?? '');
  app.use('/api/*', async (context, next) => {
    const origin = context.req.header('Origin');
    if (origin !== undefined && !mayTalk(context, origin)) {
      return apiError(context, 'forbidden-origin', 'Pages of this origin may not use this relay.');
    }
    context.header('Vary', 'Origin');
    return next();
  });
  app.use(
    '/api/*',
    cors({
      origin: (origin, context) => (mayTalk(context, origin) ? origin : null),
      maxAge: 600,
    }),
  );
  const callerOf = async (context: Context): Promise<Caller> => {
    const { value } = sessionCookie(context);
    const member = value === '' ? null : await memberOf(value);
    return member ? { type: 'desk', member, office: rightsOf(member) } : { type: 'nobody' };
  };
  mountRoutes(app, routes, handlers, {
    community,
    platform,
    callerOf,
    ownHost(context) {
      const origin = context.req.header('Origin') ?? '';
      const isOwn = hosts.isOwnOrigin(origin, context.req.header('Host') ?? '');
      return isOwn ? new URL(origin).host : undefined;
    },
  });
  // Whoever holds any right learns that there is nothing.
  const also = officeRights.filter((right) => right !== 'manager');
  app.all('/api/*', async (context) => {
    if (context.req.path.startsWith('/api/office/'))
      checkRights({ rights: 'office', also }, await callerOf(context));
    return apiError(context, 'not-found', 'There is nothing here.');
  });

  app.route('/', noticeApp(options));
  app.route('/', staticFiles({ folder: dist, fingerprint: community }));

  app.onError(answerFailure(log, new Refusals(log, platform.clock.steady)));
  return app;
}
