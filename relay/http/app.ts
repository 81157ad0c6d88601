/** The relay's HTTP side: health, API, the built client. */
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import type { OfficeApp } from '../features/office/office-api.ts';
import type { Cards } from '../features/cards/cards.ts';
import type { CommunityPeople } from '../features/members/people.ts';
import type { Composition } from '../create-core.ts';
import { answerFailure, apiError } from './api-error.ts';
import { api } from './api.ts';
import { cardsApi } from '../features/cards/cards-api.ts';
import { officeDoor } from './office-door.ts';
import type { Hosts } from './own-hosts.ts';
import type { BrowserSessions } from '../features/desk-sessions/session.ts';
import { staticFiles } from './static-files.ts';

export interface AppOptions {
  readonly inside: Composition;
  readonly people: CommunityPeople;
  readonly cards: Cards;
  readonly sessions: BrowserSessions;
  /** Everything a manager may do, without a question. */
  readonly office: OfficeApp;
  readonly hosts: Hosts;
  /** Where the build is. */
  readonly dist: string;
  readonly addressOf: (context: Context) => string;
  /** Whether people reach it by HTTPS: browsers then never try anything else (RFC 6797). */
  readonly isHttps: boolean;
}

const YEAR_S = 31_536_000;

export function createApp(options: AppOptions): Hono {
  const { inside, people, cards, sessions, office, hosts, dist, addressOf, isHttps } = options;
  const { authority, storage, platform, log } = inside.core;
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    if (isHttps) context.header('Strict-Transport-Security', `max-age=${YEAR_S}`);
  });

  app.get('/healthz', (context) => context.text('alive\n'));
  app.get('/readyz', async (context) => {
    try {
      await storage.check();
      return context.text('ready\n');
    } catch (error) {
      log.error('storage does not answer', error);
      return context.text('storage does not answer\n', 503);
    }
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
  app.use('/api/*', sessions.guard);
  app.route('/api', sessions.routes());
  app.route('/api', cardsApi({ cards, sessions, clock: platform.clock }));
  app.route('/api/office', officeDoor(office, sessions));
  app.route('/api', api({ inside, people, cards, addressOf }));
  app.all('/api/*', (context) => apiError(context, 'not-found', 'There is nothing here.'));

  app.route('/', staticFiles({ folder: dist, fingerprint: authority.fingerprint }));

  app.onError(answerFailure(log));
  return app;
}
