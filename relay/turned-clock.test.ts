/**
 * The machine's clock is put back and forth under a relay: by the hour that summer takes, by a year that a
 * battery forgot. Nothing waits for a time that was, and nothing is lost to one that is not yet.
 */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type ConversationId, type Fingerprint, parseMemberId } from '../shared/ids.ts';
import type { RosterRecord } from '../shared/protocol/records.ts';
import { conversationRoom, memberRoom } from '../shared/protocol/rooms.ts';
import { rosterAfter } from './features/presence/roster.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { askOffice } from './testing/office-client.ts';
import { type TestRelay, startTestRelay } from './testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from './testing/test-device.ts';

const HOUR = 3_600_000;
const TURNS = {
  'back by an hour': -HOUR,
  'forward by an hour': HOUR,
  'back by a year': -8_760 * HOUR,
  'forward by a year': 8_760 * HOUR,
} as const;

for (const [how, ms] of Object.entries(TURNS)) {
  describe(`a relay whose clock is put ${how}`, () => {
    let clock: ManualClock;
    let test: TestRelay;
    let community: Fingerprint;
    let visitor: TestDevice;
    let helper: TestDevice;
    let conversation: ConversationId;

    beforeEach(async () => {
      clock = new ManualClock(Date.UTC(2030, 5, 1));
      test = await startTestRelay({ clock, config: { entriesPerMinute: 20, questionsPerHour: 5 } });
      community = test.relay.core.authority.fingerprint;
      const identity = new TestIdentity();
      await redeem(test.url, community, identity, await test.relay.inviteLink(), 'Maud');
      visitor = await TestDevice.connect(test.socketUrl, community);
      helper = await TestDevice.connect(test.socketUrl, community, { identity });
      ({ conversation } = await visitor.ask('Which drill?'));
    });
    afterEach(async () => {
      await Promise.all([visitor.close(), helper.close()]);
      await test[Symbol.asyncDispose]();
    });

    const say = async (device: TestDevice, text: string): Promise<string | undefined> =>
      (await device.write(conversation, { kind: 'say', text })).outcome.type;

    it('takes what people write, in the order in which it came', async () => {
      assert.equal(await say(visitor, 'before'), 'durable');
      clock.turn(ms);
      assert.equal(await say(helper, 'after'), 'durable');
      clock.turn(-ms);
      assert.equal(await say(visitor, 'set right'), 'durable');
      const { rows } = await helper.open(conversationRoom(conversation));
      const said = rows.map((row) => (row.type === 'entry' ? Buffer.from(row.entry) : ''));
      for (const [index, text] of ['before', 'after', 'set right'].entries())
        assert.ok(said[index + 1]?.includes(text), text);
      assert.equal(rows.length, 4);
    });

    it('gives back what may be written, as time passes', async () => {
      while ((await say(visitor, 'much')) === 'durable');
      clock.turn(ms);
      clock.advance(60_000);
      assert.equal(await say(visitor, 'more'), 'durable');
    });

    it('tells who is here', async () => {
      const space = await visitor.open('space/demo');
      const { member } = helper.identity;
      const roster = (): RosterRecord | undefined =>
        space.records.get('roster') as RosterRecord | undefined;
      const isTold = async (here: boolean): Promise<void> => {
        for (let turn = 0; roster()?.here.includes(member) !== here; turn++) {
          assert.ok(turn < 5_000, 'the roster comes');
          clock.advance(100);
          await new Promise((next) => setImmediate(next));
        }
      };
      helper.say({ type: 'available', available: true });
      await isTold(true);
      clock.turn(ms);
      await helper.close();
      await isTold(false);
      const [seen] = roster()?.seen ?? [];
      assert.equal(seen?.member, member);
      assert.ok(Math.abs(clock.now() - (seen?.at ?? 0)) < HOUR / 2, 'seen just now');
    });

    it('lets settings be changed', async () => {
      const room = await helper.open(memberRoom(helper.identity.member));
      const put = async (value: string): Promise<void> => {
        helper.say({ type: 'put', records: [{ key: 'canned/hi', value, time: clock.now() }] });
        const held = (): { value: string } | undefined =>
          room.records.get('canned/hi') as { value: string } | undefined;
        await helper.until(() => held()?.value === value, value);
      };
      await put('"before"');
      clock.turn(ms);
      await put('"after"');
      clock.turn(-ms);
      await put('"set right"');
    });

    it('lets nobody in by a code for longer than five minutes, and makes another', async () => {
      const code = async (): Promise<string> => {
        const answer = visitor.next('linkCode');
        visitor.say({ type: 'linkWanted', label: 'Firefox, Linux' });
        return (await answer).code;
      };
      const other = await TestDevice.connect(test.socketUrl, community);
      const link = async (typed: string): Promise<string> => {
        const answer = other.next('linked');
        other.say({ type: 'link', code: typed, label: 'Chrome, Android' });
        return (await answer).outcome;
      };
      const before = await code();
      clock.turn(ms);
      clock.advance(6 * 60_000);
      assert.equal(await link(before), 'unknown');
      assert.equal(await link(await code()), 'linked');
      await other.close();
    });

    it('keeps blocks and invitations until it is set right', async () => {
      const { body } = await askOffice<{ link: string }>(test.relay, 'POST', '/invitations', {});
      const block = { member: visitor.identity.member, hours: 720 };
      assert.equal((await askOffice(test.relay, 'POST', '/blocks', block)).status, 201);
      clock.turn(ms);
      clock.advance(10 * 60_000);
      // What is old by the clock is looked for meanwhile.
      for (let turn = 0; turn < 200; turn++) await new Promise((next) => setImmediate(next));
      await test.relay.core.committer.idle();
      clock.turn(-ms);
      assert.equal(await say(visitor, 'again'), 'refused');
      await redeem(test.url, community, new TestIdentity(), body.link, 'Ana');
    });
  });
}

it('shows nobody as seen later than now', () => {
  const member = parseMemberId('B'.repeat(21) + 'A');
  const before = { here: [], seen: [{ member, at: 5 + 8_760 * HOUR }] };
  const { seen } = rosterAfter(before, [], 5, () => 0);
  assert.deepEqual(seen, [{ member, at: 5 }]);
});
