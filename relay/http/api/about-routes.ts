/** What the relay says of itself. */
import type { aboutRoutes } from '../../../shared/api/about.ts';
import type { Handlers } from '../../../shared/api/route/handler.ts';
import { bytesToText } from '../../../shared/bytes.ts';
import type { Authority } from '../../core/ports/authority.ts';
import type { Log } from '../../core/ports/log.ts';

/** A write that takes longer would not be answered in time either. */
const READY_MS = 2_000;

export interface AboutOptions {
  readonly authority: Pick<Authority, 'fingerprint' | 'key'>;
  /** Resolves when a write would succeed. */
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
  const ready = oneAtATime(check);
  let isSaid = false;
  return {
    alive: () => 'alive\n',
    async ready({ refuse }) {
      try {
        await ready();
        isSaid = false;
        return 'ready\n';
      } catch (error) {
        // Anybody may ask as often as they like: the log, on a full disk, hears it once.
        if (!isSaid) log.error('not ready', error);
        isSaid = true;
        throw refuse('unavailable', 'Nothing can be written now.');
      }
    },
    community: () => ({
      fingerprint: authority.fingerprint,
      key: bytesToText(authority.key),
    }),
    openapi: () => openapi,
  };
}

/** However many ask, storage is asked once at a time; an answer that takes too long counts as none. */
function oneAtATime(check: () => Promise<void>): () => Promise<void> {
  let asked: Promise<void> | undefined;
  return async () => {
    asked ??= check().finally(() => (asked = undefined));
    asked.catch(() => {}); // told to whoever still waits for it
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('storage does not answer')), READY_MS);
    });
    try {
      await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
