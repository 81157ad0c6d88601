/** The office for the relay's own command line: the office routes of the table, without a rights check. */
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { type Routes, routes } from '../../shared/api/routes.ts';
import type { Fingerprint } from '../../shared/ids.ts';
import type { Log } from '../core/ports/log.ts';
import type { Platform } from '../core/ports/platform.ts';
import { answerFailure, apiError } from './api/api-error.ts';
import { type HandlersOf, mountRoutes } from './api/mount.ts';

export interface OfficeAppOptions {
  readonly handlers: HandlersOf<Routes>;
  readonly community: Fingerprint;
  readonly platform: Platform;
  readonly log: Log;
  /** The database as one file, for a backup. */
  readonly openCopy: () => Promise<Readable>;
}

/** Where the local socket, and nothing else, gives the whole database. */
export const COPY_PATH = '/copy';

/**
 * Whoever reaches it may do everything that a manager may: it listens where only the relay's user can
 * reach it.
 */
export function createOfficeApp(options: OfficeAppOptions): Hono {
  const { handlers, community, platform, log, openCopy } = options;
  const app = new Hono();
  mountRoutes(app, routes, handlers, {
    only: ({ rights }) => rights === 'office' || rights === 'guard',
    community,
    platform,
    callerOf: () => ({ type: 'command-line' }),
    ownHost: () => undefined,
  });
  app.get(COPY_PATH, async (context) =>
    context.body(Readable.toWeb(await openCopy()) as ReadableStream),
  );
  app.all('*', (context) => apiError(context, 'not-found', 'There is nothing here.'));
  app.onError(answerFailure(log));
  return app;
}
