/** Features' jobs run while the relay runs. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Feature } from '../core/feature.ts';
import { silentLog } from '../core/ports/log.ts';
import { MemoryStorage } from '../storage/memory/memory-storage.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { jobsFeature } from './jobs-feature.ts';

it('a standing job is there from the first start, and one for all later ones', async () => {
  const clock = new ManualClock();
  const memory = new MemoryStorage();
  const done: number[] = [];
  const feature: Feature = {
    name: 'tidy',
    jobs: {
      tidy: {
        standing: true,
        run: async () => {
          done.push(clock.now());
          return { again: clock.now() + 1_000 };
        },
      },
      never: { run: () => assert.fail('nobody put one') },
    },
  };
  const start = clock.now();
  for (let round = 0; round < 3; round++) {
    const { jobs: storage, rooms } = memory.open();
    const options = { storage, rooms, clock, log: silentLog, tell: () => {} };
    const jobs = jobsFeature([feature], options);
    await jobs.start?.();
    await new Promise((next) => setImmediate(next));
    clock.advance(400);
    await new Promise((next) => setImmediate(next));
    await jobs.stop?.();
  }
  assert.deepEqual(
    done.map((at) => at - start),
    [0, 1_200],
  );
});
