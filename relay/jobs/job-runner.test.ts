/** Jobs are done once, when due, whatever stops in between. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { parseConversationId, parseMemberId } from '../../shared/ids.ts';
import type { RelayEvent } from '../core/ports/events.ts';
import { silentLog } from '../core/ports/log.ts';
import { writesOf } from '../core/ports/port.ts';
import type { readingOps, ReadStorage } from '../features/reading/reading-storage.ts';
import { MemoryStorage } from '../storage/memory/memory-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { JobHandler } from '../core/ports/jobs.ts';
import { JobRunner } from './job-runner.ts';

const markRead = writesOf<ReadStorage, typeof readingOps>('reading');
const conversation = parseConversationId('A'.repeat(22));
const member = parseMemberId('B'.repeat(21) + 'A');
/** Something that a job writes, to be counted. */
const mark = (seq: number) => markRead('markRead', [{ conversation, member, side: 'desk', seq }]);

const LONGEST_MS = 300_000;

let clock: ManualClock;
let memory: MemoryStorage;
let storage: Storage;
let told: RelayEvent[];

beforeEach(() => {
  clock = new ManualClock();
  memory = new MemoryStorage();
  storage = memory.open();
  told = [];
});

/** A relay's runner; another one is a relay that was started anew. */
function runnerOf(over: Storage, handlers: Readonly<Record<string, JobHandler>>): JobRunner {
  const runner = new JobRunner({
    storage: over.jobs,
    rooms: over.rooms,
    clock,
    log: silentLog,
    tell: (event) => told.push(event),
  });
  for (const [kind, run] of Object.entries(handlers))
    runner.handle(kind, { run, longestMs: LONGEST_MS });
  runner.start();
  return runner;
}

const job = (key: string, dueIn: number) => ({
  kind: 'lapse',
  key,
  body: '',
  due: clock.now() + dueIn,
});

/** Turns the clock on and lets what falls due come to its end. */
async function advance(runner: JobRunner, ms: number): Promise<void> {
  clock.advance(ms);
  await runner.look();
}

describe('jobs', () => {
  it('are done when they are due and not before, each once', async () => {
    const done: string[] = [];
    const runner = runnerOf(storage, {
      lapse: async ({ key }) => {
        done.push(key);
      },
    });
    await runner.ensure(job('late', 5_000));
    await runner.ensure(job('soon', 1_000));
    await advance(runner, 999);
    assert.deepEqual(done, []);
    await advance(runner, 1);
    assert.deepEqual(done, ['soon']);
    await advance(runner, 60_000);
    assert.deepEqual(done, ['soon', 'late']);
    await runner.stop();
  });

  it('wake the runner at their time, and are looked for though nobody said so', async () => {
    const done: string[] = [];
    const runner = runnerOf(storage, {
      lapse: async ({ key }) => {
        done.push(key);
      },
    });
    await runner.look();
    await storage.jobs.put(job('unsaid', 1_000));
    clock.advance(59_999);
    await new Promise((next) => setImmediate(next));
    assert.deepEqual(done, []);
    clock.advance(1);
    await new Promise((next) => setImmediate(next));
    assert.deepEqual(done, ['unsaid']);
    await runner.ensure(job('said', 100));
    clock.advance(100);
    await new Promise((next) => setImmediate(next));
    assert.deepEqual(done, ['unsaid', 'said']);
    await runner.stop();
  });

  it('that failed are tried again, each time later, and given up after twelve', async () => {
    const at: number[] = [];
    const start = clock.now();
    const runner = runnerOf(storage, {
      lapse: async () => {
        at.push(clock.now() - start);
        throw new Error('no luck');
      },
    });
    await runner.ensure(job('a', 0));
    await runner.look();
    for (let second = 0; second < 6 * 3_600; second++) await advance(runner, 1_000);
    assert.equal(at.length, 12);
    const pauses = at.slice(1).map((time, index) => time - at[index]!);
    assert.deepEqual(
      pauses.slice(0, 4).map((ms) => Math.round(ms / 1_000)),
      [2, 4, 8, 16],
    );
    assert.ok(pauses.every((ms, index) => ms >= (pauses[index - 1] ?? 0)));
    assert.deepEqual(told, [{ type: 'job-died', kind: 'lapse', key: 'a' }]);
    assert.deepEqual(
      (await storage.jobs.dead()).map(({ key, error }) => [key, error]),
      [['a', 'no luck']],
    );
    await runner.stop();
  });

  it('commit what they write together with their end', async () => {
    let runs = 0;
    const handler: JobHandler = async () => ({ writes: [mark(++runs)], again: clock.now() + 500 });
    const runner = runnerOf(storage, { lapse: handler });
    await runner.ensure(job('a', 0));
    await runner.look();
    assert.equal((await storage.reading.readPositions(conversation)).desk, 1);
    await advance(runner, 500);
    assert.equal((await storage.reading.readPositions(conversation)).desk, 2);
    await runner.stop();
  });

  it('are done once though the relay dies before, in or right after their commit', async () => {
    for (const moment of ['before', 'after'] as const) {
      memory = new MemoryStorage();
      let runs = 0;
      const handler: JobHandler = async () => ({ writes: [mark(++runs)] });
      const inner = memory.open();
      const never = new Promise<never>(() => {});
      const dying: Storage = {
        ...inner,
        rooms: {
          ...inner.rooms,
          commit: async (batch) => {
            if (moment === 'after') await inner.rooms.commit(batch);
            return never;
          },
        },
      };
      await dying.jobs.put(job('a', 0));
      void runnerOf(dying, { lapse: handler }).look();
      await new Promise((next) => setImmediate(next));
      assert.equal(runs, 1);

      const again = memory.open();
      const runner = runnerOf(again, { lapse: handler });
      await advance(runner, 61_000);
      assert.equal(runs, moment === 'after' ? 1 : 2);
      assert.equal((await again.reading.readPositions(conversation)).desk, runs);
      assert.equal(await again.jobs.nextDue(['lapse']), null);
      await runner.stop();
    }
  });

  it('that take the relay with them each time are given up too', async () => {
    const never = new Promise<never>(() => {});
    let starts = 0;
    await storage.jobs.put(job('deadly', 0));
    for (let round = 0; round < 20; round++) {
      const runner = runnerOf(memory.open(), {
        lapse: async () => {
          starts++;
          return never;
        },
      });
      void runner.look();
      await new Promise((next) => setImmediate(next));
      clock.advance(61_000);
    }
    assert.equal(starts, 12);
    assert.equal((await storage.jobs.dead()).length, 1);
  });

  it('that were put anew while they were done are done again', async () => {
    const bodies: string[] = [];
    const runner = runnerOf(storage, {
      lapse: async ({ body }) => {
        bodies.push(body);
        if (body === '') await storage.jobs.put({ ...job('a', 0), body: 'new' });
      },
    });
    await runner.ensure(job('a', 0));
    await runner.look();
    assert.deepEqual(bodies, ['', 'new']);
    await runner.stop();
  });

  it('of a kind that nobody does wait, and none is taken once the runner stops', async () => {
    const done: string[] = [];
    const runner = runnerOf(storage, {
      lapse: async ({ key }) => {
        done.push(key);
      },
    });
    await storage.jobs.put({ ...job('a', 0), kind: 'of a newer build' });
    await runner.look();
    assert.deepEqual(done, []);
    assert.notEqual(await storage.jobs.nextDue(['of a newer build']), null);
    assert.throws(() => runner.handle('lapse', { run: async () => {} }));
    await runner.stop();
    await storage.jobs.put(job('b', 0));
    clock.advance(600_000);
    await new Promise((next) => setImmediate(next));
    assert.deepEqual(done, []);
  });

  for (const [how, backMs] of [
    ['an hour', 3_600_000],
    ['a year', 365 * 86_400_000],
  ] as const) {
    it(`are done though the clock is put back by ${how} while they wait, or were taken`, async () => {
      const done: string[] = [];
      const never = new Promise<never>(() => {});
      await storage.jobs.put(job('taken', 0));
      const first = runnerOf(memory.open(), { lapse: () => never });
      void first.look();
      await new Promise((next) => setImmediate(next));
      await storage.jobs.put(job('waits', LONGEST_MS));

      clock.turn(-backMs);
      const runner = runnerOf(memory.open(), {
        lapse: async ({ key }) => {
          done.push(key);
        },
      });
      await runner.look();
      assert.deepEqual(done.toSorted(), ['taken', 'waits'], 'after a restart');

      await runner.ensure(job('more', LONGEST_MS));
      await runner.look();
      clock.turn(-backMs);
      await advance(runner, 60_000);
      assert.deepEqual(done.slice(2), ['more'], 'while the relay runs');
      await runner.stop();
    });

    it(`are done though the clock is put forward by ${how}, each once`, async () => {
      const done: string[] = [];
      const runner = runnerOf(storage, {
        lapse: async ({ key }) => {
          done.push(key);
          clock.turn(backMs); // the lease has ended by the clock, and the job has not
          await runner.ensure(job('next', 1_000));
        },
      });
      await runner.ensure(job('a', 0));
      await runner.look();
      assert.deepEqual(done, ['a']);
      clock.turn(-backMs);
      await advance(runner, 60_000);
      assert.equal(done.filter((key) => key === 'next').length, 1);
      await runner.stop();
    });
  }
});
