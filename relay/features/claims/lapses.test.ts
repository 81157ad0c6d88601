/** A claim ends when its holder has been out of reach for five minutes while the visitor waits. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ConversationId, Fingerprint } from '../../../shared/ids.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import type { Backup } from '../../storage/memory/tables/table.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';

const MINUTE = 60_000;

describe('a claim', () => {
  let data: string;
  let memory: MemoryStorage;
  let clock: ManualClock;
  let test: TestRelay;
  let community: Fingerprint;
  let visitor: TestDevice;
  let ana: TestDevice;
  let ben: TestIdentity;
  let conversation: ConversationId;

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'comptoir-lapses-'));
    memory = new MemoryStorage();
    clock = new ManualClock();
    await start();
    community = test.relay.core.authority.fingerprint;
    const identity = new TestIdentity();
    ben = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(), 'Ana');
    await redeem(test.url, community, ben, await test.relay.inviteLink(), 'Ben');
    visitor = await TestDevice.connect(test.socketUrl, community);
    ana = await TestDevice.connect(test.socketUrl, community, { identity });
    ({ conversation } = await visitor.ask('Which drill?'));
  });
  afterEach(async () => {
    await Promise.all([visitor.close(), ana.close()]);
    await test[Symbol.asyncDispose]();
    await rm(data, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    test = await startTestRelay({ data, clock, storage: memory.open() });
  }

  /** What is on disk right after the commit that `act` makes. */
  async function dyingAfter(act: () => Promise<unknown>): Promise<Backup> {
    const { events } = test.relay.core;
    const { promise, resolve } = Promise.withResolvers<Backup>();
    const look = (): void => resolve(memory.backUp());
    const undo = events.subscribe({ 'member-changed': look, 'block-changed': look });
    await act();
    undo();
    return promise;
  }

  /** How many rows of the relay's own the conversation has. */
  async function lapses(): Promise<number> {
    const room = await ana.open(conversationRoom(conversation));
    return room.rows.filter((row) => row.type === 'entry' && row.verdict.role === 255).length;
  }

  /** Turns the clock on, and lets what falls due come to its end. */
  async function advance(ms: number): Promise<void> {
    clock.advance(ms);
    for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
    await test.relay.core.committer.idle();
    for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
  }

  async function comesIn(): Promise<TestDevice> {
    return TestDevice.connect(test.socketUrl, community, { identity: ben });
  }

  /** Ben is gone, and the relay has noticed. */
  async function goes(device: TestDevice): Promise<void> {
    await device.close();
    while (test.relay.presence.isHere(ben.member)) await new Promise((next) => setImmediate(next));
  }

  it('that comes late, from somebody long out of reach, stands for as long as any', async () => {
    await advance(20 * MINUTE);
    // Ana's device carries what Ben wrote where the relay could not hear him.
    const claim = await ben.entry(community, conversation, { kind: 'claim' });
    assert.equal((await ana.submit(claim))[0]?.type, 'durable');
    await advance(MINUTE);
    assert.equal(await lapses(), 0);
    await advance(3 * MINUTE + 59_000);
    assert.equal(await lapses(), 0);
    await advance(1_000);
    assert.equal(await lapses(), 1);
  });

  it('ends five minutes after its holder left, not after it was made', async () => {
    const device = await comesIn();
    await device.write(conversation, { kind: 'claim' });
    await advance(7 * MINUTE);
    assert.equal(await lapses(), 0);
    await advance(MINUTE);
    await goes(device);
    await advance(4 * MINUTE + 59_000);
    assert.equal(await lapses(), 0);
    await advance(1_000);
    assert.equal(await lapses(), 1);
    await advance(30 * MINUTE);
    assert.equal(await lapses(), 1);
  });

  it('stands while its holder comes back in time, or has answered', async () => {
    const device = await comesIn();
    await device.write(conversation, { kind: 'claim' });
    await goes(device);
    await advance(4 * MINUTE);
    const back = await comesIn();
    await advance(3 * MINUTE);
    assert.equal(await lapses(), 0);
    const { entry } = await back.write(conversation, { kind: 'say', text: 'The P18.' });
    await goes(back);
    await advance(10 * MINUTE);
    assert.equal(await lapses(), 0);
    // What was said is taken back: the visitor waits again, since they asked.
    const retract = await ben.entry(community, conversation, { kind: 'retract', target: entry.id });
    await ana.submit(retract);
    await advance(0);
    assert.equal(await lapses(), 1);
  });

  it('of somebody who was demoted or blocked ends though the relay died right after', async () => {
    for (const cause of ['demoted', 'blocked'] as const) {
      const device = await comesIn();
      await device.write(conversation, { kind: 'claim' });
      const { members } = test.relay;
      // Dies when it is on disk: nothing of what follows at once is done.
      const backup = await dyingAfter(async () => {
        if (cause === 'demoted') await members.setPlace(ben.member, { role: Role.visitor });
        else await askOffice(test.relay, 'POST', '/blocks', { member: ben.member });
      });
      await Promise.all([visitor.close(), ana.close(), device.close()]);
      await test.relay.stop();
      memory.restore(backup);
      await start();
      visitor = await TestDevice.connect(test.socketUrl, community);
      ana = await TestDevice.connect(test.socketUrl, community, { identity: ana.identity });
      await advance(0);
      assert.equal(await lapses(), cause === 'demoted' ? 1 : 2);
      await test.relay.members.setPlace(ben.member, { role: Role.helper });
      await advance(5 * MINUTE);
      assert.equal(await lapses(), cause === 'demoted' ? 1 : 2);
    }
  });

  it('ends once though the relay was stopped in between, counted from its start', async () => {
    const device = await comesIn();
    await device.write(conversation, { kind: 'claim' });
    await goes(device);
    await advance(4 * MINUTE);
    await Promise.all([visitor.close(), ana.close()]);
    await test.relay.stop();
    clock.advance(MINUTE);
    await start();
    visitor = await TestDevice.connect(test.socketUrl, community);
    ana = await TestDevice.connect(test.socketUrl, community, { identity: ana.identity });
    await advance(4 * MINUTE + 59_000);
    assert.equal(await lapses(), 0);
    await advance(1_000);
    assert.equal(await lapses(), 1);
    await advance(30 * MINUTE);
    assert.equal(await lapses(), 1);
  });

  for (const [how, ms] of [
    ['an hour', 60 * MINUTE],
    ['a year', 365 * 24 * 60 * MINUTE],
  ] as const) {
    it(`ends though the clock is put back by ${how}, counted from when it is noticed`, async () => {
      const device = await comesIn();
      await device.write(conversation, { kind: 'claim' });
      await goes(device);
      await advance(MINUTE);
      clock.turn(-ms);
      await advance(MINUTE); // the table is looked at
      assert.equal(await lapses(), 0);
      await advance(4 * MINUTE);
      assert.equal(await lapses(), 0);
      await advance(2 * MINUTE);
      assert.equal(await lapses(), 1);
    });

    it(`ends though the clock is put back by ${how} while the relay is stopped`, async () => {
      const device = await comesIn();
      await device.write(conversation, { kind: 'claim' });
      await goes(device);
      await Promise.all([visitor.close(), ana.close()]);
      await test.relay.stop();
      clock.turn(-ms);
      await start();
      visitor = await TestDevice.connect(test.socketUrl, community);
      ana = await TestDevice.connect(test.socketUrl, community, { identity: ana.identity });
      await advance(4 * MINUTE);
      assert.equal(await lapses(), 0);
      await advance(2 * MINUTE);
      assert.equal(await lapses(), 1);
    });

    it(`of somebody who was never here ends though the clock is put back by ${how}`, async () => {
      const claim = await ben.entry(community, conversation, { kind: 'claim' });
      assert.equal((await ana.submit(claim))[0]?.type, 'durable');
      clock.turn(-ms);
      await advance(MINUTE);
      assert.equal(await lapses(), 0);
      await advance(5 * MINUTE);
      assert.equal(await lapses(), 1);
    });

    it(`of somebody who answers no more ends though the clock was put back by ${how}`, async () => {
      const device = await comesIn();
      await device.write(conversation, { kind: 'claim' });
      clock.turn(-ms);
      await test.relay.members.setPlace(ben.member, { role: Role.visitor });
      await advance(0);
      assert.equal(await lapses(), 1);
    });
  }
});
