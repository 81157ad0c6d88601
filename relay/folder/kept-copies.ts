/**
 * What upgrades and restores leave beside the database: the files as they were before. Erasures do not reach
 * into them, so they are deleted when they are a week old.
 */
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Feature } from '../core/feature.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Log } from '../core/ports/log.ts';
import { SteadinessCheck } from '../core/steadiness-check.ts';
import { KEPT_COPY } from './data-files.ts';

export interface KeptCopiesOptions {
  /** The data folder. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
}

const HOUR_MS = 3_600_000;
/** docs/hosting.md and docs/security.md say so. */
export const KEPT_DAYS = 7;

/** Looks for old copies an hour after the start, and each hour. */
export function keptCopiesFeature({ folder, clock, log }: KeptCopiesOptions): Feature {
  const steadiness = new SteadinessCheck(clock, HOUR_MS / 2);
  return {
    name: 'kept-copies',
    jobs: {
      'drop-copies': {
        standing: true,
        longestMs: HOUR_MS,
        async run() {
          // What a wrong clock took for old would be gone for good.
          if (steadiness.isBelievable()) await dropOld(folder, clock.now(), log);
          return { again: clock.now() + HOUR_MS };
        },
      },
    },
  };
}

async function dropOld(folder: string, now: number, log: Log): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!KEPT_COPY.test(name)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    // Made before the clock was put back: its week begins now.
    if (mtimeMs > now + HOUR_MS) await utimes(path, now / 1_000, now / 1_000);
    if (now - mtimeMs < KEPT_DAYS * 24 * HOUR_MS) continue;
    await rm(path, { recursive: true, force: true });
    log.info('an old copy of the database is deleted', { name });
  }
}
