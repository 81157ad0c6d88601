/** Forgets sightings and ended blocks after the configured days: a recurring job. */
import type { Clock } from '../../core/ports/clock.ts';
import type { JobKind } from '../../core/ports/jobs.ts';
import { writesOf } from '../../core/ports/port.ts';
import type { BlockStorage, blockOps } from './blocks-storage.ts';

export interface ForgetOptions {
  readonly clock: Clock;
  /** How long sightings are kept. */
  readonly addressDays: number;
}

const DAY_MS = 86_400_000;
const EVERY_MS = DAY_MS / 4;

const blockWrite = writesOf<BlockStorage, typeof blockOps>('blocks');

/** Forgets what is old, at start and four times a day. */
export const forgetOld = ({ clock, addressDays }: ForgetOptions): JobKind => ({
  standing: true,
  run: async () => ({
    writes: [blockWrite('forgetSightings', clock.now() - addressDays * DAY_MS)],
    again: clock.now() + EVERY_MS,
  }),
});
