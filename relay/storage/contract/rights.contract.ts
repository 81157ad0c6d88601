/** What every adapter of the office's rights must do. */
import assert from 'node:assert/strict';
import { parseSpaceId } from '../../../shared/ids.ts';
import type { StoredRight } from '../../features/office-rights/rights-storage.ts';
import { type OpenStorage, deviceKey, join, memberId, testsOn } from './contract.ts';

const [ana, ben] = [memberId(1), memberId(2)];
const [demo, garden] = [parseSpaceId('demo'), parseSpaceId('garden')];

export function rightsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps each right of a member once, with the spaces said last', async ({ rights }) => {
    const manager: StoredRight = { member: ana, right: 'manager', spaces: [] };
    await rights.putRight({ member: ana, right: 'moderator', spaces: [demo] });
    await rights.putRight(manager);
    await rights.putRight({ member: ana, right: 'moderator', spaces: [demo, garden] });
    assert.deepEqual(await rights.rights(), [
      manager,
      { member: ana, right: 'moderator', spaces: [demo, garden] },
    ]);
    assert.equal(await rights.dropRight(ana, 'analyst'), false);
    assert.equal(await rights.dropRight(ana, 'moderator'), true);
    assert.deepEqual(await rights.rights(), [manager]);
  });

  test('takes all that a member holds, and nothing of others', async ({ rights }) => {
    for (const member of [ana, ben])
      for (const right of ['analyst', 'moderator'] as const)
        await rights.putRight({ member, right, spaces: [] });
    await rights.dropRightsOf(ana);
    assert.deepEqual(
      (await rights.rights()).map(({ member }) => member),
      [ben, ben],
    );
  });

  test('passes what a merged member held to the other, everywhere if either held it so', async (storage) => {
    const { rights, members } = storage;
    await join(storage, ana, deviceKey('a'));
    await join(storage, ben, deviceKey('b'));
    await rights.putRight({ member: ana, right: 'space-manager', spaces: [demo] });
    await rights.putRight({ member: ben, right: 'space-manager', spaces: [garden] });
    await rights.putRight({ member: ana, right: 'moderator', spaces: [demo] });
    await rights.putRight({ member: ben, right: 'moderator', spaces: [] });
    await rights.putRight({ member: ana, right: 'analyst', spaces: [] });
    await members.merge({ from: ana, to: ben, devices: [], customer: false, now: 60 });
    const held: StoredRight[] = [
      { member: ben, right: 'analyst', spaces: [] },
      { member: ben, right: 'moderator', spaces: [] },
      { member: ben, right: 'space-manager', spaces: [demo, garden] },
    ];
    assert.deepEqual(await rights.rights(), held);
    await rights.putRight({ member: ana, right: 'analyst', spaces: [demo] });
    assert.equal((await rights.rights())[0]?.member, ben, 'an old name reaches them');
  });
}
