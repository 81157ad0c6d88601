/** Forgets sightings and ended blocks after the configured days: a recurring job. */
import type { Clock } from '../../core/ports/clock.ts';
import type { JobKind } from '../../core/ports/jobs.ts';
import { writesOf } from '../../core/ports/port.ts';
import { SteadinessCheck } from '../../core/steadiness-check.ts';
import type { BlockStorage, blockOps } from './blocks-storage.ts';

export interface ForgetOptions {
  readonly clock: Clock;
  /** How long sightings are kept. */
  readonly addressDays: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EVERY_MS = DAY_MS / 4;

const blockWrite = writesOf<BlockStorage, typeof blockOps>('blocks');

/** Forgets what is old, an hour after the start and four times a day. */
export function forgetOld({ clock, addressDays }: ForgetOptions): JobKind {
  const steadiness = new SteadinessCheck(clock, HOUR_MS / 2);
  return {
    standing: true,
    longestMs: EVERY_MS,
    run: async () => {
      const now = clock.now();
      // A block that a wrong clock took for ended would be gone for good.
      if (!steadiness.isBelievable()) return { again: now + HOUR_MS };
      const forget = blockWrite('forgetSightings', now - addressDays * DAY_MS, now);
      return { writes: [forget], again: now + EVERY_MS };
    },
  };
}
