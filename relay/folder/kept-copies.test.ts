/** Copies of before an upgrade or a restore leave the folder by themselves. */
import assert from 'node:assert/strict';
import { access, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { silentLog } from '../core/ports/log.ts';
import { JobRunner } from '../jobs/job-runner.ts';
import { MemoryStorage } from '../storage/memory/memory-storage.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { keptCopiesFeature } from './kept-copies.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a copy of before', () => {
  let data: string;
  let clock: ManualClock;
  let jobs: JobRunner;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'comptoir-copies-'));
    clock = new ManualClock();
    await mkdir(join(data, 'before-restore-2026-01-01T09-00-00'));
    for (const name of [
      'before-restore-2026-01-01T09-00-00/comptoir.sqlite',
      'before-upgrade-from-1.sqlite',
      'before-upgrade-from-2.sqlite.new',
      'before-noon.txt',
    ])
      await writeFile(join(data, name), 'zebra');
    await writeFile(join(data, 'comptoir.sqlite'), 'zebra');
    const log = silentLog;
    const storage = new MemoryStorage().open();
    jobs = new JobRunner({ storage: storage.jobs, rooms: storage.rooms, clock, log, tell() {} });
    const feature = keptCopiesFeature({ folder: data, clock, log });
    for (const [kind, job] of Object.entries(feature.jobs ?? {})) {
      jobs.handle(kind, job);
      await jobs.ensure({ kind, key: '', body: '', due: clock.now() });
    }
    jobs.start();
    await jobs.look();
  });
  afterEach(async () => {
    await jobs.stop();
    await rm(data, { recursive: true, force: true });
  });

  const isThere = (name: string): Promise<boolean> =>
    access(join(data, name)).then(
      () => true,
      () => false,
    );

  /** It was made so long ago. */
  async function isOld(name: string, ms: number): Promise<void> {
    const made = (clock.now() - ms) / 1_000;
    await utimes(join(data, name), made, made);
  }

  /** Time passes; the relay looks each hour. */
  async function passes(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += HOUR) {
      clock.advance(HOUR);
      await jobs.look();
    }
  }

  it('is deleted a week after it was made, whole or half, and nothing else is', async () => {
    await isOld('before-restore-2026-01-01T09-00-00', 6 * DAY);
    await isOld('before-upgrade-from-1.sqlite', 7 * DAY);
    await isOld('before-upgrade-from-2.sqlite.new', 7 * DAY);
    await isOld('before-noon.txt', 30 * DAY);
    await passes(2 * HOUR);
    assert.equal(await isThere('before-restore-2026-01-01T09-00-00'), true);
    assert.equal(await isThere('before-upgrade-from-1.sqlite'), false);
    assert.equal(await isThere('before-upgrade-from-2.sqlite.new'), false);
    await passes(DAY);
    assert.equal(await isThere('before-restore-2026-01-01T09-00-00'), false);
    assert.equal(await isThere('before-noon.txt'), true);
    assert.equal(await isThere('comptoir.sqlite'), true);
  });

  it('is not deleted by a clock that is wrong for a while, nor kept by one that was', async () => {
    const copy = 'before-upgrade-from-1.sqlite';
    await isOld(copy, 0);
    await passes(2 * HOUR);
    clock.turn(365 * DAY);
    await jobs.look();
    clock.turn(-365 * DAY);
    await passes(2 * HOUR);
    assert.equal(await isThere(copy), true);

    await isOld(copy, -365 * DAY); // made while the clock was wrong
    await passes(6 * DAY);
    assert.equal(await isThere(copy), true);
    await passes(2 * DAY);
    assert.equal(await isThere(copy), false);
  });
});
