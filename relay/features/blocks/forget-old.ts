/** Sightings and ended blocks are forgotten after the days that are set: a job that comes again. */
import type { Clock } from '../../core/ports/clock.ts';
import { writesOf } from '../../core/ports/port.ts';
import type { JobRunner } from '../../jobs/job-runner.ts';
import type { BlockStorage, blockOps } from './blocks-storage.ts';

const KIND = 'forget-sightings';
const DAY_MS = 86_400_000;
const EVERY_MS = DAY_MS / 4;

const blockWrite = writesOf<BlockStorage, typeof blockOps>('blocks');

/** Has what is old forgotten, from now on and four times a day. */
export async function forgetOld(
  jobs: JobRunner,
  { clock, addressDays }: { readonly clock: Clock; readonly addressDays: number },
): Promise<void> {
  jobs.handle(KIND, async () => ({
    writes: [blockWrite('forgetSightings', clock.now() - addressDays * DAY_MS)],
    again: clock.now() + EVERY_MS,
  }));
  await jobs.ensure({ kind: KIND, key: '', body: '', due: clock.now() });
}
