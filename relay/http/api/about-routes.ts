/** What the relay says of itself. */
import { readFileSync } from 'node:fs';
import type { aboutRoutes } from '../../../shared/api/about.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import type { Authority } from '../../core/ports/authority.ts';
import type { Log } from '../../core/ports/log.ts';

export interface AboutOptions {
  readonly authority: Pick<Authority, 'fingerprint' | 'key'>;
  /** Resolves when storage answers. */
  readonly check: () => Promise<void>;
  readonly log: Log;
}

export function aboutHandlers({
  authority,
  check,
  log,
}: AboutOptions): Handlers<typeof aboutRoutes> {
  const document = readFileSync(
    new URL('../../../shared/api/openapi.json', import.meta.url),
    'utf8',
  );
  return {
    alive: () => 'alive\n',
    async ready({ refuse }) {
      try {
        await check();
        return 'ready\n';
      } catch (error) {
        log.error('storage does not answer', error);
        throw refuse('unavailable', 'Storage does not answer.');
      }
    },
    community: () => ({
      fingerprint: authority.fingerprint,
      key: bytesToText(authority.key),
    }),
    openapi: () => document,
  };
}
