/** What every adapter of the audit must do, and every port of an act with its line. */
import assert from 'node:assert/strict';
import { type ActLine, OPERATOR } from '../../../shared/api/route/act.ts';
import { actWrite } from '../../core/audit/acts.ts';
import { type AuditLine, followed, noLines } from '../../core/audit/chain.ts';
import { deviceKey, invitation, join, member, memberId, testsOn } from './contract.ts';
import type { OpenStorage } from './contract.ts';

const line = (more: Partial<ActLine> = {}): ActLine => ({
  at: 10,
  by: OPERATOR,
  act: 'space-made',
  target: 'space:demo',
  why: 'a new shop',
  salt: new Uint8Array(16).fill(7),
  ...more,
});
const actsOf = (lines: readonly AuditLine[]): string[] => lines.map(({ act }) => act);

export function auditContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('chains lines in the order in which they come', async ({ audit }) => {
    assert.equal(await audit.head(), undefined);
    for (const act of ['one', 'two', 'three']) await audit.append(line({ act }));
    const lines = await audit.chain(0, 10);
    assert.deepEqual(
      lines.map(({ n, act, by, target, why }) => [n, act, by, target, why]),
      [
        [1, 'one', OPERATOR, 'space:demo', 'a new shop'],
        [2, 'two', OPERATOR, 'space:demo', 'a new shop'],
        [3, 'three', OPERATOR, 'space:demo', 'a new shop'],
      ],
    );
    const last = lines.at(-1)!;
    assert.deepEqual(await audit.head(), { n: 3, hash: last.hash });
    assert.deepEqual(followed(noLines, lines), { n: 3, hash: last.hash });
    assert.deepEqual(actsOf(await audit.chain(1, 1)), ['two']);
  });

  test('lists the latest first, a page after the other, by what is asked', async ({ audit }) => {
    await audit.append(line({ act: 'a', at: 10 }));
    await audit.append(line({ act: 'b', at: 20, by: member }));
    await audit.append(line({ act: 'a', at: 30, target: 'space:garden' }));
    const first = await audit.lines({}, { most: 2 });
    assert.deepEqual(actsOf(first.items), ['a', 'b']);
    const second = await audit.lines({}, { most: 2, after: first.next! });
    assert.deepEqual([actsOf(second.items), second.next], [['a'], null]);
    const found = async (filter: Parameters<typeof audit.lines>[0]): Promise<number[]> =>
      (await audit.lines(filter, { most: 9 })).items.map(({ n }) => n);
    assert.deepEqual(await found({ by: member }), [2]);
    assert.deepEqual(await found({ act: 'a' }), [3, 1]);
    assert.deepEqual(await found({ act: 'a', target: 'space:demo' }), [1]);
    assert.deepEqual(await found({ from: 20 }), [3, 2]);
    assert.deepEqual(await found({ from: 10, to: 30 }), [2, 1]);
  });

  test('takes a reason away for good, and the chain still holds', async ({ audit }) => {
    for (const act of ['one', 'two', 'three']) await audit.append(line({ act }));
    const head = await audit.head();
    assert.equal(await audit.blank(2), true);
    assert.equal(await audit.blank(9), false);
    const lines = await audit.chain(0, 10);
    assert.deepEqual([lines[1]?.why, lines[1]?.salt], [null, null]);
    assert.deepEqual(followed(noLines, lines), head);
    await audit.append(line());
    assert.equal((await audit.chain(3, 10)).length, 1);
  });

  test('writes a line with its change, and none where nothing changed', async (storage) => {
    const { invitations, audit, cards } = storage;
    await join(storage, member, deviceKey('a'));
    await invitations.addInvitation(invitation('x'));
    const revoked = (id: string): Promise<boolean> =>
      invitations.with(line({ act: 'revoked', target: id })).revokeInvitation(id);
    assert.equal(await revoked('nothing'), false);
    assert.equal(await audit.head(), undefined);
    assert.equal(await revoked('id-x'), true);
    assert.equal(await cards.with(line()).dropPhoto('nothing'), undefined);
    const attempt = {
      hash: 'nothing',
      device: deviceKey('b'),
      label: '',
      member: memberId(3),
      brings: true,
      name: 'Ana',
      now: 50,
    };
    assert.equal(await invitations.with(line()).redeem(attempt), 'unknown');
    assert.deepEqual(actsOf(await audit.chain(0, 10)), ['revoked']);
  });

  test('has neither the line nor the change when either fails', async ({
    invitations,
    audit,
    rooms,
  }) => {
    await invitations.addInvitation(invitation('x'));
    // What no adapter takes: a line without a salt.
    const torn = { ...line(), salt: null } as unknown as ActLine;
    await assert.rejects(invitations.with(torn).revokeInvitation('id-x'));
    assert.equal((await invitations.invitation('x'))?.revoked, false);
    const failing = { port: 'audit', op: 'nothing', args: [] };
    await assert.rejects(rooms.commit({ changes: [], writes: [actWrite(line()), failing] }));
    assert.equal(await audit.head(), undefined);
  });
}
