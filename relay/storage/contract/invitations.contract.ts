/** What every adapter of invitations must do. */
import assert from 'node:assert/strict';
import type { PageKey } from '../../../shared/api/route/page.ts';
import { Role } from '../../../shared/grant/roles.ts';
import {
  type OpenStorage,
  deviceKey,
  invitation,
  join,
  member,
  memberId,
  testsOn,
} from './contract.ts';

const device = deviceKey('a');
const all = { most: 100 };
const attempt = { device, label: '', member, brings: true, name: 'Ana', now: 50 };

export function invitationsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps invitations, the newest first', async ({ invitations }) => {
    await invitations.addInvitation(invitation('first', { note: 'for Ana', created: 5 }));
    await invitations.addInvitation(invitation('second', { created: 6, member }));
    await invitations.addInvitation(invitation('old', { created: 2 }));
    const fresh = { usedBy: null, revoked: false };
    assert.deepEqual((await invitations.invitations(2, all)).items, [
      { ...invitation('second', { created: 6, member }), ...fresh },
      { ...invitation('first', { note: 'for Ana', created: 5 }), ...fresh },
    ]);
    assert.equal((await invitations.invitation('old'))?.created, 2);
    assert.equal(await invitations.invitation('none'), undefined);
    await assert.rejects(invitations.addInvitation(invitation('old')));
  });

  test('lists them a page at a time, and none twice that were made at once', async ({
    invitations,
  }) => {
    for (const [hash, created] of Object.entries({ a: 5, b: 9, c: 5, d: 5, e: 3, f: 2 }))
      await invitations.addInvitation(invitation(hash, { created }));
    const hashes = async (most: number): Promise<string> => {
      let found = '';
      for (let after: PageKey<number> | null | undefined; after !== null;) {
        const { items, next } = await invitations.invitations(2, { after, most });
        assert.ok(items.length === most || next === null);
        found += items.map(({ hash }) => hash).join('');
        after = next;
      }
      return found;
    };
    for (const most of [1, 2, 3, 5, 6]) assert.equal(await hashes(most), 'bdcae');
    const { next } = await invitations.invitations(2, { most: 2 });
    assert.deepEqual(next, { by: 5, id: 'id-d' });
    assert.deepEqual(await invitations.invitations(2, { after: { by: 3, id: '' }, most: 1 }), {
      items: [],
      next: null,
    });
  });

  test('lets one of two redeem an invitation', async (storage) => {
    const { invitations, members } = storage;
    await invitations.addInvitation(invitation('hash'));
    const devices = [device, deviceKey('b')];
    const results = await Promise.all(
      devices.map((each, index) =>
        invitations.redeem({ ...attempt, hash: 'hash', device: each, member: memberId(index) }),
      ),
    );
    assert.equal(results.filter((result) => result === 'used').length, 1);
    assert.equal((await members.membersByDevice(devices)).size, 1);
    assert.equal((await invitations.invitation('hash'))?.usedBy !== null, true);
    assert.equal(await invitations.revokeInvitation('id-hash'), false);
  });

  test('brings a member back, with what their visit left, if their place was not taken away', async (storage) => {
    const { invitations, members } = storage;
    await join(storage, member, device);
    const visitor = memberId(5);
    const other = deviceKey('b');
    await invitations.addInvitation(invitation('back', { member }));
    const back = { ...attempt, hash: 'back', device: other, member: visitor, name: 'Ana B.' };
    assert.deepEqual(await invitations.redeem(back), {
      id: member,
      role: Role.helper,
      name: 'Ana B.',
      spaces: [],
    });
    assert.equal((await members.devicesOf(member)).length, 2);
    assert.deepEqual(await members.pendingMerges(), [{ from: visitor, to: member }]);
    assert.equal((await invitations.invitation('back'))?.usedBy, member);

    await members.setMember(member, { role: Role.visitor, spaces: [], topics: [], now: 60 });
    await invitations.addInvitation(invitation('again', { member }));
    assert.equal(await invitations.redeem({ ...back, hash: 'again' }), 'unknown');
    assert.equal((await invitations.invitation('again'))?.usedBy, null);
  });

  test('revokes what a member made and nobody has used, which is not sent again', async ({
    invitations,
  }) => {
    const other = memberId(7);
    await invitations.addInvitation(invitation('used', { madeBy: member }));
    await invitations.addInvitation(invitation('open', { madeBy: member }));
    await invitations.addInvitation(invitation('theirs', { madeBy: other }));
    await invitations.addInvitation(invitation('nobodys'));
    await invitations.redeem({ hash: 'used', ...attempt, member: other });
    await invitations.revokeInvitationsBy(member);
    const revoked = (await invitations.invitations(0, all)).items.filter((one) => one.revoked);
    assert.deepEqual(
      revoked.map(({ hash }) => hash),
      ['open'],
    );
    assert.equal(await invitations.renewInvitation('id-open', 'again', 200), undefined);
    assert.equal(await invitations.renewInvitation('id-used', 'again', 200), undefined);
    const renewed = await invitations.renewInvitation('id-theirs', 'again', 200);
    assert.deepEqual([renewed?.madeBy, renewed?.hash, renewed?.expires], [other, 'again', 200]);
    assert.equal(await invitations.invitation('theirs'), undefined);
    assert.equal(await invitations.revokeInvitation('id-theirs'), true);
    assert.equal(await invitations.revokeInvitation('id-theirs'), false);
    assert.equal(await invitations.redeem({ hash: 'again', ...attempt }), 'unknown');
  });

  test('refuses invitations that are unknown or too old', async ({ invitations }) => {
    await invitations.addInvitation(invitation('old'));
    const late = { ...attempt, now: 100 };
    assert.equal(await invitations.redeem({ ...late, hash: 'old' }), 'expired');
    assert.equal(await invitations.redeem({ ...late, hash: 'none' }), 'unknown');
  });
}
