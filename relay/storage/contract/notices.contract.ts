/** What every adapter of notices must do. */
import assert from 'node:assert/strict';
import type { NewNotice } from '../../features/notices/notices-storage.ts';
import { type OpenStorage, testsOn } from './contract.ts';

const room = { most: 4, mostBytes: 1_000 };
const notice = (reference: string, source: string, more: Partial<NewNotice> = {}): NewNotice => ({
  reference,
  at: 10,
  kind: 'hate',
  place: 'https://shop.example/drill',
  why: 'It calls for violence.',
  name: 'Ana',
  email: 'ana@example.org',
  lang: 'en',
  source,
  bytes: 100,
  ...more,
});

export function noticesContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps notices, the oldest first, until somebody decides', async ({ notices }) => {
    await notices.putNotice(notice('b', 'x', { at: 20 }), room);
    await notices.putNotice(notice('a', 'x'), room);
    const { source: _source, bytes: _bytes, ...told } = notice('a', 'x');
    assert.deepEqual(await notices.notice('a'), { ...told, decision: null });
    const first = await notices.notices(true, { most: 1 });
    assert.deepEqual([first.items.map(({ reference }) => reference), first.next?.id], [['a'], 'a']);
    const decision = { upheld: true, by: 'operator', at: 30, reason: 'Hidden.' };
    assert.equal(await notices.decideNotice('a', decision), true);
    assert.equal(await notices.decideNotice('a', { ...decision, upheld: false }), false);
    assert.equal(await notices.decideNotice('nothing', decision), false);
    assert.deepEqual((await notices.notice('a'))?.decision, decision);
    assert.deepEqual(
      (await notices.notices(true, { most: 9 })).items.map(({ reference }) => reference),
      ['b'],
    );
    assert.equal((await notices.notices(false, { most: 9 })).items.length, 1);
    await notices.forgetNotices(30);
    assert.ok(await notices.notice('a'));
    await notices.forgetNotices(31);
    assert.equal(await notices.notice('a'), undefined);
    assert.ok(await notices.notice('b'), 'it waits');
  });

  test('makes room at the cost of the network that has the most, and of nobody else', async ({
    notices,
  }) => {
    for (const [at, name] of ['a', 'b', 'c', 'd'].entries())
      assert.equal(await notices.putNotice(notice(name, 'flood', { at }), room), 0);
    assert.equal(await notices.putNotice(notice('e', 'flood', { at: 9 }), room), null);
    assert.equal(await notices.putNotice(notice('f', 'other', { at: 9 }), room), 1);
    assert.equal(await notices.notice('d'), undefined, 'the newest gave way');
    assert.equal(await notices.putNotice(notice('g', 'third', { at: 9 }), room), 1);
    assert.equal(await notices.putNotice(notice('h', 'fourth', { at: 9 }), room), 1);
    assert.equal(await notices.putNotice(notice('i', 'fourth', { at: 9 }), room), null);
    assert.deepEqual(
      (await notices.notices(true, { most: 9 })).items.map(({ reference }) => reference),
      ['a', 'f', 'g', 'h'],
    );
  });

  test('counts bytes as it counts notices', async ({ notices }) => {
    assert.equal(await notices.putNotice(notice('a', 'x', { bytes: 900 }), room), 0);
    assert.equal(await notices.putNotice(notice('b', 'y', { bytes: 200 }), room), null);
    assert.equal(await notices.putNotice(notice('c', 'y', { bytes: 100 }), room), 0);
  });
}
