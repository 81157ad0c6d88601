/** What every adapter of members must do. */
import assert from 'node:assert/strict';
import type { PageKey } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { type OpenStorage, deviceKey, join, member, memberId, testsOn } from './contract.ts';

const device = deviceKey('a');
const space = parseSpaceId('demo');
const all = { most: 100 };

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
    assert.deepEqual((await members.members(false, all)).items, [ana, zoe]);
    assert.deepEqual(
      [zoe?.role, zoe?.spaces, zoe?.topics, zoe?.since],
      [Role.expert, [space], ['Murs'], 50],
    );
    await members.setMember(member, { ...change, role: Role.visitor });
    assert.deepEqual(
      (await members.members(false, all)).items.map(({ name }) => name),
      ['Ana'],
    );
    assert.equal((await members.members(true, all)).items.length, 2);
    await members.setMember(memberId(7), change);
    assert.equal(await members.member(memberId(7)), undefined);
  });

  test('lists them a page at a time, by name as people look for it', async (storage) => {
    const { members, cards } = storage;
    const names = ['Zoé', 'emile', 'Élodie', 'ana', 'Ana', '\u{1f600}', '\u{e000}', 'Noël'];
    for (const [index, name] of names.entries())
      await join(storage, memberId(20 - index), deviceKey('cdefghij'[index]!), name);
    await cards.putCard(memberId(13), { name: 'Ève', topics: [], store: '', owns: [] }); // was Noël
    const nobody = { role: Role.visitor, spaces: [], topics: [], now: 60 };
    await members.setMember(memberId(17), nobody); // ana
    const read = async (everyone: boolean, most: number): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let after: PageKey<string> | null | undefined; after !== null;) {
        const { items, next } = await members.members(everyone, { after, most });
        assert.ok(items.length === most || next === null);
        found.push(...items.map(({ name }) => name));
        after = next;
      }
      return found;
    };
    const desk = ['Ana', 'Élodie', 'emile', 'Ève', 'Zoé', '\u{e000}', '\u{1f600}'];
    for (const most of [1, 2, 3, 7, 8]) assert.deepEqual(await read(false, most), desk);
    assert.deepEqual(await read(true, 2), ['Ana', 'ana', ...desk.slice(1)]);
    const from = { by: 'elodie', id: memberId(18) };
    const { items, next } = await members.members(false, { after: from, most: 2 });
    assert.deepEqual(
      items.map(({ name }) => name),
      ['emile', 'Ève'],
    );
    assert.deepEqual(next, { by: 'eve', id: memberId(13) });
    const gone = { by: 'elodie', id: '' };
    assert.equal((await members.members(false, { after: gone, most: 1 })).items[0]?.name, 'Élodie');
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
