/** Decisions on the wire: told to their author alone, until seen; appealed once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DecisionId, EntryId, Fingerprint, MemberId } from '../../../shared/ids.ts';
import type { Deciding } from '../../core/ports/decisions.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity } from '../../testing/test-device.ts';

const ID = 'B'.repeat(21).concat('A') as EntryId;
const NONE = 'C'.repeat(21).concat('A') as DecisionId;

describe('what was decided', () => {
  let test: TestRelay;
  let community: Fingerprint;
  const devices: TestDevice[] = [];

  before(async () => {
    test = await startTestRelay();
    community = test.relay.core.authority.fingerprint;
  });
  after(async () => {
    for (const device of devices) await device.close();
    await test[Symbol.asyncDispose]();
  });

  const connect = async (identity = new TestIdentity()): Promise<TestDevice> => {
    const device = await TestDevice.connect(test.socketUrl, community, { identity });
    devices.push(device);
    return device;
  };
  const decide = (member: MemberId, more: Partial<Deciding> = {}): Promise<void> => {
    const { committer } = test.relay.core;
    const about = { id: ID, conversation: null, space: null, member } as const;
    return committer.write(
      async () => {},
      (batch) =>
        void test.relay.decisions.decide(batch, {
          ...about,
          what: 'held',
          code: 'insult',
          rule: 'list:insult:secret',
          by: 'machine',
          ...more,
        }),
    );
  };
  /** All that the relay said before this is here. */
  const settled = (device: TestDevice): Promise<unknown> => {
    const before = device.heard('linkCode').length;
    device.say({ type: 'linkWanted', label: '' });
    return device.until(() => device.heard('linkCode').length > before, 'an answer');
  };

  /** What it said before this is in the books: writes are done in their order. */
  const written = (device: TestDevice): Promise<unknown> => {
    const before = device.heard('appealed').length;
    device.say({ type: 'appeal', reference: NONE, text: '' });
    return device.until(() => device.heard('appealed').length > before, 'an answer');
  };

  it('reaches its author at once and at each welcome until it was seen, and nobody else', async () => {
    const author = await connect();
    const other = await connect();
    const { member } = author.identity;
    await decide(member);
    await author.until(() => author.heard('decision').length === 1, 'the decision');
    const [{ decisions: [told] } = { decisions: [] }] = author.heard('decision');
    const { reference, ...rest } = told!;
    assert.deepEqual(rest, {
      id: ID,
      what: 'held',
      code: 'insult',
      reason: '',
      until: 0,
      automatic: true,
    });
    const again = await connect(author.identity);
    await again.until(() => again.heard('decision').length === 1, 'the decision again');
    assert.deepEqual(again.heard('decision')[0]?.decisions, [told]);

    // Only its author can have seen it.
    other.say({ type: 'decisionSeen', references: [reference] });
    await written(other);
    const third = await connect(author.identity);
    await third.until(() => third.heard('decision').length === 1, 'the decision again');
    third.say({ type: 'decisionSeen', references: [reference] });
    await written(third);
    const last = await connect(author.identity);
    await settled(last);
    assert.deepEqual(last.heard('decision'), []);
    assert.deepEqual(other.heard('decision'), []);
  });

  it('is not said to a device of protocol 1', async () => {
    const identity = new TestIdentity();
    await decide(identity.member);
    const old = await TestDevice.connect(test.socketUrl, community, {
      identity,
      forge: (hello) => ({ ...hello, protocol: 1 }),
    });
    devices.push(old);
    await settled(old);
    assert.deepEqual(old.heard('decision'), []);
  });

  it('can be appealed once, by its author, and every appeal is answered', async () => {
    const author = await connect();
    const other = await connect();
    await decide(author.identity.member, { by: 'command-line', reason: 'Not here.' });
    await author.until(() => author.heard('decision').length === 1, 'the decision');
    const { reference } = author.heard('decision')[0]!.decisions[0]!;
    const appeal = async (device: TestDevice, text: string): Promise<void> => {
      const before = device.heard('appealed').length;
      device.say({ type: 'appeal', reference, text });
      await device.until(() => device.heard('appealed').length > before, 'an answer');
      assert.equal(device.heard('appealed').at(-1)?.reference, reference);
    };
    const kept = async (): Promise<string | undefined> =>
      (await test.relay.decisions.find(reference))?.appeal?.text;
    await appeal(other, 'It is mine');
    assert.equal(await kept(), undefined);
    await appeal(author, 'Look\u0007 again');
    await appeal(author, 'And again');
    assert.equal(await kept(), 'Look again');
    author.say({ type: 'appeal', reference: NONE, text: '' });
    await author.until(() => author.heard('appealed').length === 3, 'an answer');
  });

  it('a device that appeals without end is heard no more for a while', async () => {
    const device = await connect();
    for (let count = 0; count < 200; count++)
      device.say({ type: 'appeal', reference: NONE, text: '' });
    await settled(device);
    assert.ok(device.heard('appealed').length <= 70, `${device.heard('appealed').length} answers`);
  });
});
