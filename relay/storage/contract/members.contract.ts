/** What every adapter of members must do. */
import assert from 'node:assert/strict';
import { Role } from '../../../shared/grant/roles.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { type OpenStorage, deviceKey, join, member, memberId, testsOn } from './contract.ts';

const device = deviceKey('a');
const space = parseSpaceId('demo');

export function membersContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('knows members by their devices, until one is cut off', async (storage) => {
    await join(storage, member, device);
    const { members } = storage;
    const known = { id: member, role: Role.helper, name: 'Ana', spaces: [] };
    const both = [device, deviceKey('b')];
    assert.deepEqual(await members.membersByDevice(both), new Map([[device, known]]));
    assert.deepEqual(await members.member(member), {
      ...known,
      since: 50,
      topics: ['paint'],
      customer: false,
    });
    assert.deepEqual(await members.devicesOf(member), [{ device, label: 'laptop', since: 50 }]);
    assert.equal(await members.removeDevice(memberId(3), device, 60), false);
    assert.equal(await members.removeDevice(member, device, 60), true);
    assert.equal(await members.removeDevice(member, device, 60), false);
    assert.deepEqual(await members.membersByDevice(both), new Map([[device, 'removed']]));
    assert.deepEqual(await members.devicesOf(member), []);
    assert.equal(await members.member(memberId(3)), undefined);
  });

  test('changes what a member may do, and lists the desk by name', async (storage) => {
    await join(storage, member, device, 'Zoé');
    await join(storage, memberId(2), deviceKey('b'), 'Ana');
    const { members } = storage;
    const change = { role: Role.expert, spaces: [space], topics: ['Murs'], now: 90 };
    await members.setMember(member, change);
    const ana = await members.member(memberId(2));
    const zoe = await members.member(member);
    assert.deepEqual(await members.members(false), [ana, zoe]);
    assert.deepEqual(
      [zoe?.role, zoe?.spaces, zoe?.topics, zoe?.since],
      [Role.expert, [space], ['Murs'], 50],
    );
    await members.setMember(member, { ...change, role: Role.visitor });
    assert.deepEqual(
      (await members.members(false)).map(({ name }) => name),
      ['Ana'],
    );
    assert.equal((await members.members(true)).length, 2);
    await members.setMember(memberId(7), change);
    assert.equal(await members.member(memberId(7)), undefined);
  });

  test('gives all of a member to the one they turned out to be, pending until told', async (storage) => {
    await join(storage, member, device);
    const { members, blocks } = storage;
    const to = memberId(2);
    const block = { reason: '', created: 1, expires: null, shown: member };
    await blocks.addBlock({ id: 'x', subject: 'member', value: member, ...block });
    const seen = { hash: 'h', shown: 'IPv4 /32', seen: 5 };
    await blocks.sawAddresses([{ device, member, ...seen }]);
    const devices = [{ device: deviceKey('b'), label: 'phone' }];
    await members.merge({ from: member, to, devices, customer: true, now: 70 });
    assert.deepEqual(await members.pendingMerges(), [{ from: member, to }]);
    const { role, customer, since } = (await members.member(to))!;
    assert.deepEqual([role, customer, since], [Role.visitor, true, 0]);
    assert.deepEqual(await members.devicesOf(to), [
      { device, label: 'laptop', since: 50 },
      { device: deviceKey('b'), label: 'phone', since: 70 },
    ]);
    assert.equal((await blocks.blocks())[0]?.value, to);
    assert.deepEqual(await blocks.sightingsOf(to), [{ device, member: to, ...seen }]);
    await members.mergeDone(member);
    assert.deepEqual(await members.pendingMerges(), []);
    // A second merge into a customer does not change that; a label that is not given stays.
    const again = { devices: [{ device: deviceKey('b'), label: '' }], customer: false, now: 80 };
    await members.merge({ from: memberId(3), to, ...again });
    assert.equal((await members.member(to))?.customer, true);
    assert.equal((await members.devicesOf(to))[1]?.label, 'phone');
  });
}
