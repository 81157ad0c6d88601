/** What every adapter of decisions must do. */
import assert from 'node:assert/strict';
import { type DecisionId, parseSpaceId } from '../../../shared/ids.ts';
import type { MadeDecision } from '../../core/ports/decisions.ts';
import { MOST_OF_MEMBER } from '../../features/decisions/decisions-storage.ts';
import {
  type OpenStorage,
  conversation,
  deviceKey,
  entryId,
  join,
  member,
  memberId,
  testsOn,
} from './contract.ts';

const space = parseSpaceId('garden');
const all = { most: 100 };
const reference = (name: string): DecisionId => name.padEnd(22, 'A') as DecisionId;
const made = (name: string, more: Partial<MadeDecision> = {}): MadeDecision => ({
  reference: reference(name),
  id: entryId(1),
  conversation,
  space,
  member,
  what: 'held',
  code: 'insult',
  reason: '',
  rule: 'list:insult:x',
  until: 0,
  by: 'machine',
  at: 10,
  ...more,
});

export function decisionsContract(open: OpenStorage): void {
  const test = testsOn(open);

  test('keeps what was decided until its author has seen it, the oldest first', async ({
    decisions,
  }) => {
    await decisions.addDecision(made('b', { at: 20, what: 'approved', by: memberId(7) }));
    await decisions.addDecision(made('a'));
    await decisions.addDecision(made('x', { member: memberId(3) }));
    await decisions.addDecision(made('m', { id: null, conversation: null, space: null, at: 30 }));
    const unseen = async (most = 9): Promise<string[]> =>
      (await decisions.unseenDecisions(member, most)).map((one) => one.reference[0] ?? '');
    assert.deepEqual(await unseen(), ['a', 'b', 'm']);
    assert.deepEqual(await unseen(2), ['a', 'b']);
    await decisions.decisionsSeen(member, [reference('a'), reference('x')]);
    assert.deepEqual(await unseen(), ['b', 'm']);
    assert.equal((await decisions.unseenDecisions(memberId(3), 9)).length, 1, 'it is another’s');
    assert.deepEqual(await decisions.decision(reference('a')), {
      ...made('a'),
      seen: true,
      appeal: null,
    });
    assert.equal(await decisions.decision(reference('none')), undefined);
    assert.deepEqual(
      (await decisions.decisionsAbout(entryId(1))).map(({ at }) => at),
      [10, 10, 20],
    );
  });

  test('takes a decision of one reference once', async ({ decisions }) => {
    await decisions.addDecision(made('a'));
    await decisions.addDecision(made('a', { code: 'hate' }));
    assert.deepEqual(await decisions.decision(reference('a')), {
      ...made('a'),
      seen: false,
      appeal: null,
    });
  });

  test('takes one appeal to a decision, from whom it is about', async ({ decisions }) => {
    await decisions.addDecision(made('a'));
    const appeal = { reference: reference('a'), text: 'Why?', at: 50 };
    assert.equal(await decisions.appealDecision({ ...appeal, member: memberId(3) }), false);
    assert.equal(await decisions.appealDecision({ ...appeal, member }), true);
    assert.equal(await decisions.appealDecision({ ...appeal, member, text: 'Again' }), false);
    assert.deepEqual((await decisions.decision(reference('a')))?.appeal, {
      text: 'Why?',
      at: 50,
      by: null,
    });
  });

  test('lists appeals that wait, the oldest first, in some spaces or everywhere', async ({
    decisions,
  }) => {
    const home = parseSpaceId('home');
    for (const [name, at, where] of [
      ['a', 30, space],
      ['b', 20, home],
      ['c', 10, null],
    ] as const) {
      await decisions.addDecision(made(name, { space: where }));
      await decisions.appealDecision({ reference: reference(name), member, text: '', at });
    }
    await decisions.addDecision(made('quiet'));
    const names = async (spaces: readonly (typeof space)[]): Promise<string[]> =>
      (await decisions.openAppeals(spaces, all)).items.map((one) => one.reference[0] ?? '');
    assert.deepEqual(await names([]), ['c', 'b', 'a']);
    assert.deepEqual(await names([home, space]), ['b', 'a']);
    const first = await decisions.openAppeals([], { most: 1 });
    const { items } = await decisions.openAppeals([], { most: 1, after: first.next! });
    assert.equal(items[0]?.reference, reference('b'));
    await decisions.closeAppeal(reference('b'), memberId(7));
    assert.deepEqual(await names([]), ['c', 'a']);
    assert.equal((await decisions.decision(reference('b')))?.appeal?.by, memberId(7));
  });

  test('forgets what is old, and the oldest of who has many, but no appeal that waits', async ({
    decisions,
  }) => {
    await decisions.addDecision(made('appealed', { at: 1 }));
    await decisions.appealDecision({
      reference: reference('appealed'),
      member,
      text: '',
      at: 2,
    });
    for (let count = 0; count <= MOST_OF_MEMBER; count++)
      await decisions.addDecision(made(`n${count}x`, { at: 10 + count }));
    assert.equal(await decisions.decision(reference('n0x')), undefined);
    assert.ok(await decisions.decision(reference('n1x')));
    await decisions.forgetDecisions(12);
    assert.equal(await decisions.decision(reference('n1x')), undefined);
    assert.ok(await decisions.decision(reference('n2x')));
    assert.ok(await decisions.decision(reference('appealed')));
  });

  test('gives what was decided about a merged member to the other one', async (storage) => {
    const { decisions, members } = storage;
    await join(storage, memberId(7), deviceKey('B'));
    await decisions.addDecision(made('a'));
    const merge = { from: member, to: memberId(7), devices: [], customer: false, now: 60 };
    await members.merge(merge);
    await decisions.addDecision(made('b', { at: 20 }));
    assert.deepEqual(
      (await decisions.unseenDecisions(memberId(7), 9)).map(({ at }) => at),
      [10, 20],
    );
  });
}
