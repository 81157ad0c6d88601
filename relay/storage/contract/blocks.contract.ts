/** What every adapter of blocks must do. */
import assert from 'node:assert/strict';
import type { PageKey } from '../../../shared/api/route/page.ts';
import type { StoredBlock } from '../../features/blocks/blocks-storage.ts';
import { type OpenStorage, deviceKey, member, memberId, testsOn } from './contract.ts';

const device = deviceKey('a');
const block = (id: string, more: Partial<StoredBlock> = {}): StoredBlock => ({
  id,
  subject: 'device',
  value: device,
  shown: device,
  reason: 'spam',
  created: 10,
  expires: null,
  ...more,
});

export function blocksContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps blocks, the newest first, until they are lifted', async ({ blocks }) => {
    await blocks.addBlock(block('a'));
    await blocks.addBlock(block('b', { created: 20, expires: 90 }));
    assert.deepEqual(await blocks.blocks(), [block('b', { created: 20, expires: 90 }), block('a')]);
    assert.equal(await blocks.removeBlock('a'), true);
    assert.equal(await blocks.removeBlock('a'), false);
    assert.equal((await blocks.blocks()).length, 1);
  });

  test('lists those that hold, the newest first, a page at a time', async ({ blocks }) => {
    for (const [id, created] of Object.entries({ a: 5, b: 9, c: 5, d: 5, e: 3 }))
      await blocks.addBlock(block(id, { created, expires: id === 'd' ? 50 : null }));
    await blocks.addBlock(block('f', { created: 6, expires: 49 }));
    const ids = async (now: number, most: number): Promise<string> => {
      let found = '';
      for (let after: PageKey<number> | null | undefined; after !== null;) {
        const { items, next } = await blocks.blocksAt(now, { after, most });
        assert.ok(items.length === most || next === null);
        found += items.map(({ id }) => id).join('');
        after = next;
      }
      return found;
    };
    for (const most of [1, 2, 4, 5, 6]) assert.equal(await ids(49, most), 'bdcae');
    assert.equal(await ids(48, 2), 'bfdcae');
    assert.equal(await ids(50, 2), 'bcae');
    assert.deepEqual((await blocks.blocksAt(50, { most: 2 })).next, { by: 5, id: 'c' });
  });

  test('takes a member who became another for that one', async ({ blocks, members }) => {
    const to = memberId(2);
    await members.merge({
      from: member,
      to,
      devices: [{ device, label: '' }],
      customer: false,
      now: 1,
    });
    await blocks.addBlock(block('a', { subject: 'member', value: member, shown: member }));
    const [kept] = await blocks.blocks();
    assert.deepEqual([kept?.value, kept?.shown], [to, to]);
    await blocks.sawAddresses([{ device, member, hash: 'h', shown: 'IPv4 /32', seen: 5 }]);
    assert.equal((await blocks.sightingsOf(member))[0]?.member, to);
    // Two members who became each other in turn do not cause a loop.
    await members.merge({ from: to, to: member, devices: [], customer: false, now: 2 });
    await blocks.addBlock(block('b', { subject: 'member', value: to, shown: to }));
    assert.equal((await blocks.blocks()).find(({ id }) => id === 'b')?.value, member);
  });

  test('remembers where a member was last seen, the newest first, for as long as is asked', async ({
    blocks,
  }) => {
    const seen = (hash: string, at: number) => ({
      device,
      member,
      hash,
      shown: `IPv4 /${hash}`,
      seen: at,
    });
    await blocks.sawAddresses([seen('24', 5), seen('32', 7)]);
    await blocks.sawAddresses([seen('24', 9), seen('32', 6)]);
    assert.deepEqual(await blocks.sightingsOf(member), [seen('24', 9), seen('32', 7)]);
    assert.deepEqual(await blocks.sightingsOf(memberId(4)), []);
    const other = { ...seen('24', 4), device: deviceKey('b'), member: memberId(4) };
    await blocks.sawAddresses([other]);
    const both = [member, memberId(4)].toSorted();
    assert.deepEqual(await blocks.membersSeen(['24', '32'], 4, 9), both);
    assert.deepEqual(await blocks.membersSeen(['24', '32'], 5, 9), [member]);
    assert.deepEqual(await blocks.membersSeen(['48'], 0, 9), []);
    assert.deepEqual(await blocks.membersSeen([], 0, 9), []);
    assert.equal((await blocks.membersSeen(['24'], 0, 1)).length, 1);
    await blocks.addBlock(block('ended', { expires: 7 }));
    await blocks.addBlock(block('stays'));
    await blocks.forgetSightings(8, 9);
    assert.deepEqual(await blocks.sightingsOf(member), [seen('24', 9)]);
    await blocks.forgetSightings(1, 3);
    assert.deepEqual(await blocks.sightingsOf(member), [seen('24', 3)]);
    assert.deepEqual(
      (await blocks.blocks()).map(({ id }) => id),
      ['stays'],
    );
  });
}
