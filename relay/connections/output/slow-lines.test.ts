/** Output over slow lines: a long conversation arrives whole, others beside it do not wait for it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ConversationId, Fingerprint } from '../../../shared/ids.ts';
import { sameRows } from '../../../shared/protocol/digest.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { askAtLength } from '../../testing/long-conversation.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { openSlowLine } from '../../testing/slow-line.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestRoom } from '../../testing/test-device.ts';

const LONG_BYTES = 28_000_000;
const MBIT = 1_000_000;
const config = { entriesPerMinute: 100_000, questionsPerHour: 10_000 };

/** The most that waited for all lines while `act` ran. */
async function mostHeld(test: TestRelay, act: () => Promise<void>): Promise<number> {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, test.relay.connections.pool.held)), 5);
  await act().finally(() => clearInterval(timer));
  return most;
}

describe('over a slow line', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let visitor: TestDevice;
  let community: Fingerprint;
  let long: ConversationId;
  const short: ConversationId[] = [];
  before(async () => {
    test = await startTestRelay({ clock, config });
    community = test.relay.core.authority.fingerprint;
    visitor = await TestDevice.connect(test.socketUrl, community);
    long = await askAtLength(visitor, LONG_BYTES);
    for (let count = 0; count < 63; count++)
      short.push((await visitor.ask(`A short one, ${count}`)).conversation);
  });
  after(async () => {
    await visitor.close();
    await test[Symbol.asyncDispose]();
  });

  /** Another device of the visitor's, at the end of a line. */
  const at = (url: string): Promise<TestDevice> =>
    TestDevice.connect(url, community, { identity: visitor.identity });

  /** Asks for a room without waiting for it. */
  function follow(device: TestDevice, channel: number, id: ConversationId): TestRoom {
    const room = new TestRoom();
    device.rooms.set(channel, room);
    device.frame({ op: 'open', channel, room: conversationRoom(id), generation: 0 });
    return room;
  }

  const isWhole = ({ digest }: TestRoom): boolean => digest !== null;
  const isRight = (room: TestRoom): boolean =>
    room.digest !== null && sameRows(room.digest, room.digestHeld(community));

  it('a conversation of 28 MB arrives whole, a little at a time: 20, 50 and 100 Mbit/s', async () => {
    const bring = async (speed: number): Promise<void> => {
      await using line = await openSlowLine(test.socketUrl, speed * MBIT);
      const device = await at(line.url);
      const room = follow(device, 1, long);
      await device.until(() => isWhole(room), 'the conversation', 60_000);
      assert.ok(isRight(room));
      assert.equal(device.closed, null);
      assert.ok(line.carried > LONG_BYTES);
      await device.close();
    };
    const most = await mostHeld(test, async () => {
      await Promise.all([20, 50, 100].map(bring));
    });
    assert.ok(most < 1_000_000, `${most} bytes waited for three lines`);
  });

  it('that is much slower it arrives too, however long it takes', async () => {
    // 40 Mbit/s on a clock that runs 40 times as fast.
    await using line = await openSlowLine(test.socketUrl, 40 * MBIT);
    const device = await at(line.url);
    const started = clock.now();
    const timer = setInterval(() => clock.advance(2_000), 50);
    try {
      const room = follow(device, 1, long);
      await device.until(() => isWhole(room), 'the conversation', 60_000);
      assert.ok(isRight(room));
    } finally {
      clearInterval(timer);
    }
    assert.ok(clock.now() - started > 180_000, `${clock.now() - started} ms`);
    await device.close();
  });

  it('a desk that brings 64 conversations has the short ones first, and what is said meanwhile', async () => {
    await using line = await openSlowLine(test.socketUrl, 50 * MBIT);
    const device = await at(line.url);
    const [first, ...others] = [long, ...short].map((id, index) => follow(device, 1 + index, id));
    assert.ok(first);
    await device.until(() => others.every(isWhole), 'the short ones', 60_000);
    assert.ok(!isWhole(first));
    assert.ok(line.carried < LONG_BYTES / 2, `${line.carried} bytes came before`);
    const said = short[0]!;
    await visitor.write(said, { kind: 'say', text: 'Meanwhile.' });
    await device.until(() => others[0]!.rows.length === 2, 'what was said', 60_000);
    assert.ok(!isWhole(first));
    await device.until(() => isWhole(first), 'the long one', 60_000);
    assert.ok([first, ...others].every((room) => isRight(room) || room === others[0]));
    await device.close();
  });
});
