/** What every adapter of jobs must do. */
import assert from 'node:assert/strict';
import type { JobRequest } from '../../core/ports/jobs.ts';
import { type OpenStorage, testsOn } from './contract.ts';

const job = (key: string, due: number, kind = 'lapse'): JobRequest => ({
  kind,
  key,
  body: `of ${key}`,
  due,
});

export function jobsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('gives out what is due, the longest due first, and only what is asked for', async ({
    jobs,
  }) => {
    for (const each of [job('b', 20), job('a', 10), job('c', 30), job('a', 5, 'other')])
      await jobs.put(each);
    assert.equal(await jobs.nextDue(['lapse']), 10);
    assert.equal(await jobs.nextDue(['lapse', 'other']), 5);
    assert.equal(await jobs.nextDue(['none']), null);
    const taken = await jobs.lease(['lapse'], 20, 80, 10);
    assert.deepEqual(
      taken.map(({ kind, key, body, tries, leasedUntil }) => ({
        kind,
        key,
        body,
        tries,
        leasedUntil,
      })),
      ['a', 'b'].map((key) => ({
        kind: 'lapse',
        key,
        body: `of ${key}`,
        tries: 1,
        leasedUntil: 80,
      })),
    );
    assert.equal((await jobs.lease(['lapse', 'other'], 100, 200, 1)).length, 1);
  });

  test('gives a job to one at a time, and again when its lease has ended', async ({ jobs }) => {
    await jobs.put(job('a', 10));
    const [first] = await jobs.lease(['lapse'], 10, 70, 10);
    assert.deepEqual(await jobs.lease(['lapse'], 69, 200, 10), []);
    assert.equal(await jobs.nextDue(['lapse']), 70);
    const [again] = await jobs.lease(['lapse'], 70, 130, 10);
    assert.deepEqual([again?.id, again?.tries], [first?.id, 2]);
    await jobs.finish(first!, null); // too late
    assert.equal(await jobs.nextDue(['lapse']), 130);
    await jobs.finish(again!, null);
    assert.equal(await jobs.nextDue(['lapse']), null);
  });

  test('has one job of a kind and key', async ({ jobs }) => {
    await jobs.put(job('a', 10));
    await jobs.put({ ...job('a', 5), body: 'new' });
    await jobs.ensure({ ...job('a', 1), body: 'not this' });
    await jobs.ensure(job('b', 7));
    const taken = await jobs.lease(['lapse'], 100, 200, 10);
    assert.deepEqual(
      taken.map(({ key, body }) => [key, body]),
      [
        ['a', 'new'],
        ['b', 'of b'],
      ],
    );
  });

  test('has a job that was given up start over when it is ensured', async ({ jobs }) => {
    await jobs.put(job('a', 10));
    const [taken] = await jobs.lease(['lapse'], 10, 70, 10);
    await jobs.fail(taken!, 'never', null);
    await jobs.ensure({ ...job('a', 20), body: 'new' });
    assert.deepEqual(await jobs.dead(), []);
    const [again] = await jobs.lease(['lapse'], 20, 80, 10);
    assert.deepEqual([again?.body, again?.tries], ['new', 1]);
  });

  test('does not end a job that was put anew while it was done', async ({ jobs }) => {
    await jobs.put(job('a', 10));
    const [taken] = await jobs.lease(['lapse'], 10, 70, 10);
    await jobs.put({ ...job('a', 30), body: 'new' });
    await jobs.finish(taken!, null);
    await jobs.fail(taken!, 'late', null);
    assert.equal(await jobs.nextDue(['lapse']), 30);
    const [again] = await jobs.lease(['lapse'], 30, 90, 10);
    assert.deepEqual([again?.body, again?.tries], ['new', 1]);
  });

  test('does a job again when it said so, as if new', async ({ jobs }) => {
    await jobs.put(job('a', 10));
    const [taken] = await jobs.lease(['lapse'], 10, 70, 10);
    await jobs.finish(taken!, 40);
    assert.equal(await jobs.nextDue(['lapse']), 40);
    assert.equal((await jobs.lease(['lapse'], 40, 100, 10))[0]?.tries, 1);
  });

  test('lets jobs wait no longer that are due, or taken, for later than they can be', async ({
    jobs,
  }) => {
    for (const each of [job('a', 10), job('b', 500), job('c', 30), job('a', 500, 'other')])
      await jobs.put(each);
    const [taken] = await jobs.lease(['lapse'], 10, 700, 1);
    const now = { now: 5, pauseMs: 10 };
    await jobs.bringForward('lapse', { due: 100, leasedUntil: 700, ...now });
    assert.equal(await jobs.nextDue(['lapse']), 5, 'b, which was due later than can be');
    assert.deepEqual(
      (await jobs.lease(['lapse'], 30, 90, 10)).map(({ key }) => key),
      ['b', 'c'],
    );
    assert.equal(await jobs.nextDue(['other']), 500);
    await jobs.bringForward('lapse', { due: 100, leasedUntil: 699, ...now });
    const [again] = await jobs.lease(['lapse'], 10, 70, 10);
    assert.deepEqual([again?.key, again?.tries], ['a', 2]);
    await jobs.finish(taken!, null); // too late
    assert.equal(await jobs.nextDue(['lapse']), 70);
    await jobs.fail(again!, 'no luck', 45);
    await jobs.bringForward('lapse', { due: 20, leasedUntil: 699, ...now });
    assert.equal(await jobs.nextDue(['lapse']), 45, 'a pause after two tries');
    await jobs.bringForward('lapse', { due: 20, leasedUntil: 699, now: 4, pauseMs: 10 });
    assert.equal(await jobs.nextDue(['lapse']), 4);
  });

  test('tries a failed job again when due, counts, and lays a dead one aside', async ({ jobs }) => {
    await jobs.put(job('a', 10));
    const [first] = await jobs.lease(['lapse'], 10, 70, 10);
    await jobs.fail(first!, 'no luck', 20);
    assert.equal(await jobs.nextDue(['lapse']), 20);
    const [second] = await jobs.lease(['lapse'], 20, 80, 10);
    assert.equal(second?.tries, 2);
    assert.deepEqual(await jobs.dead(), []);
    await jobs.fail(second, 'never', null);
    assert.equal(await jobs.nextDue(['lapse']), null);
    assert.deepEqual(await jobs.lease(['lapse'], 1_000, 2_000, 10), []);
    const [dead] = await jobs.dead();
    assert.deepEqual([dead?.key, dead?.error], ['a', 'never']);
    await jobs.put(job('a', 10));
    assert.deepEqual(await jobs.dead(), []);
  });
}
