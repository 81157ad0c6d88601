/** What the relay says of itself. */
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
  /** The description of the API, as JSON. */
  readonly openapi: string;
}

export function aboutHandlers({
  authority,
  check,
  log,
  openapi,
}: AboutOptions): Handlers<typeof aboutRoutes> {
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
    openapi: () => openapi,
  };
}
