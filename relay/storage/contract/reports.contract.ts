/** What every adapter of reported and hidden messages must do. */
import assert from 'node:assert/strict';
import { parseSpaceId } from '../../../shared/ids.ts';
import type { ReportCase } from '../../features/reports/reports-storage.ts';
import { type OpenStorage, conversation, entryId, memberId, testsOn } from './contract.ts';

const space = parseSpaceId('garden');
const one = (fill: number, more: Partial<ReportCase> = {}): ReportCase => ({
  target: entryId(fill),
  conversation,
  space,
  author: memberId(1),
  state: 'open',
  waits: true,
  reports: 1,
  cause: 0,
  by: '',
  decided: 0,
  since: fill,
  version: 1,
  ...more,
});

export function reportsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps one case of a message: the latest', async ({ reports }) => {
    await reports.putCase(one(3));
    const hidden = one(3, { state: 'hidden', waits: false, cause: 2, by: memberId(7), version: 2 });
    await reports.putCase(hidden);
    assert.deepEqual(await reports.reportCase(entryId(3)), hidden);
    assert.equal(await reports.reportCase(entryId(4)), undefined);
  });

  test('ends a case that waits, and no other', async ({ reports }) => {
    const hidden = one(4, { state: 'hidden', waits: false });
    for (const each of [one(3), hidden]) await reports.putCase(each);
    for (const fill of [3, 4, 5]) await reports.endCase(entryId(fill));
    const ended = one(3, { state: 'gone', waits: false, version: 2 });
    assert.deepEqual(await reports.reportCase(entryId(3)), ended);
    assert.deepEqual(await reports.reportCase(entryId(4)), hidden);
    assert.equal(await reports.reportCase(entryId(5)), undefined);
  });

  test('lists what waits, the oldest first, by space', async ({ reports }) => {
    const elsewhere = one(2, { space: parseSpaceId('tools') });
    for (const each of [one(5), one(4), one(6, { waits: false }), elsewhere])
      await reports.putCase(each);
    const { items, next } = await reports.waitingCases([], { most: 2 });
    assert.deepEqual(items, [elsewhere, one(4)]);
    const rest = await reports.waitingCases([], { most: 2, after: next! });
    assert.deepEqual(rest, { items: [one(5)], next: null });
    assert.deepEqual((await reports.waitingCases([space], { most: 9 })).items, [one(4), one(5)]);
  });

  test('finds what somebody has hidden, the latest first', async ({ reports }) => {
    const by = memberId(7);
    const hid = (fill: number) => one(fill, { state: 'hidden', by, decided: fill });
    for (const each of [hid(1), hid(3), hid(2), one(4, { state: 'kept', by })])
      await reports.putCase(each);
    assert.deepEqual(await reports.casesHiddenBy(by, 2), [hid(3), hid(2)]);
  });

  test('counts what was hidden lately, by whom and where', async ({ reports }) => {
    for (const at of [10, 20, 30]) await reports.countHide('machine', space, at);
    await reports.countHide(memberId(7), space, 30);
    await reports.countHide('machine', parseSpaceId('tools'), 30);
    assert.equal(await reports.hidesSince('machine', space, 10), 2);
    await reports.forgetHides(30);
    assert.equal(await reports.hidesSince('machine', space, 0), 1);
  });

  test('knows since when somebody writes, also once they are somebody else', async (storage) => {
    const { reports, members } = storage;
    await reports.wroteFirst(memberId(3), 20);
    await reports.wroteFirst(memberId(3), 30);
    await reports.wroteFirst(memberId(4), 10);
    assert.deepEqual(
      await reports.firstWrote([memberId(3), memberId(5)]),
      new Map([[memberId(3), 20]]),
    );
    await reports.putCase(one(8, { author: memberId(4) }));
    const merge = { from: memberId(4), to: memberId(3), devices: [], customer: false, now: 50 };
    await members.merge(merge);
    assert.equal((await reports.firstWrote([memberId(3)])).get(memberId(3)), 10);
    assert.equal((await reports.reportCase(entryId(8)))?.author, memberId(3));
  });
}
