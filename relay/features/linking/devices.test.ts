/** A member on several devices: linking, histories that become one, removal. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { fold } from '../../../shared/conversation/fold.ts';
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { ConversationId, Fingerprint, MemberId } from '../../../shared/ids.ts';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import type { LinkOutcome } from '../../../shared/protocol/control.ts';
import { conversationRoom, memberRoom } from '../../../shared/protocol/rooms.ts';
import { openSqlite } from '../../storage/sqlite/open-sqlite.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import {
  TestDevice,
  type TestDeviceOptions,
  TestIdentity,
  type TestRoom,
  redeem,
} from '../../testing/test-device.ts';

const SECRET = 's'.repeat(40);

describe('devices', () => {
  const clock = new ManualClock(Date.now());
  let test: TestRelay;
  let community: Fingerprint;
  before(async () => {
    test = await startTestRelay({ clock, config: { identitySecret: SECRET } });
    community = test.relay.core.authority.fingerprint;
  });
  after(() => test[Symbol.asyncDispose]());
  // Tries at codes are counted by address: each test begins with all of them.
  beforeEach(() => clock.advance(10 * 60_000));

  const connect = (options: TestDeviceOptions = {}): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, community, options);
  const again = ({ identity }: TestDevice, token = ''): Promise<TestDevice> =>
    connect({ identity, token });
  const memberOf = (device: TestDevice): MemberId => device.welcome?.member ?? ('' as MemberId);

  async function codeOf(device: TestDevice): Promise<string> {
    const answer = device.next('linkCode');
    device.say({ type: 'linkWanted', label: 'Firefox, Linux' });
    return (await answer).code;
  }

  async function link(device: TestDevice, code: string): Promise<LinkOutcome> {
    const answer = device.next('linked');
    device.say({ type: 'link', code, label: 'Chrome, Android' });
    return (await answer).outcome;
  }

  /** Links; both come back. */
  async function linked(one: TestDevice, other: TestDevice): Promise<TestDevice> {
    assert.equal(await link(other, await codeOf(one)), 'linked');
    await other.until(() => other.closed === CloseCode.goingAway, 'the way out');
    return again(other);
  }

  const token = (customer: string): Promise<string> =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(customer)
      .setAudience(community)
      .setExpirationTime(Math.floor(clock.now() / 1_000) + 300)
      .sign(new TextEncoder().encode(SECRET));

  const askerIn = (room: TestRoom, conversation: ConversationId): MemberId | undefined =>
    fold(room.rows, [], {
      conversation,
      community,
      now: clock.now(),
      grants: new Map(),
      mode: SpaceMode.closed,
    }).asker?.member;

  it('share one history: each reads what the other asked, before and after', async () => {
    const laptop = await connect();
    const phone = await connect();
    const first = await laptop.ask('From the laptop');
    const second = await phone.ask('From the phone');
    const linkedPhone = await linked(laptop, phone);
    assert.equal(memberOf(linkedPhone), memberOf(laptop));

    const own = await laptop.open(memberRoom(memberOf(laptop)));
    for (const { conversation } of [first, second])
      assert.ok(own.records.has(`talk/${conversation}`), 'in the list of both');
    const device = (of: TestDevice): unknown => own.records.get(`device/${of.identity.key}`);
    assert.deepEqual(device(laptop), { label: 'Firefox, Linux', since: clock.now() });
    assert.deepEqual(device(phone), { label: 'Chrome, Android', since: clock.now() });
    const seen = await laptop.open(conversationRoom(second.conversation));
    assert.equal(seen.closed, null);
    assert.equal(askerIn(seen, second.conversation), memberOf(laptop));
    const words = { kind: 'say', text: 'Said on the other device' } as const;
    assert.equal((await laptop.write(second.conversation, words)).outcome.type, 'durable');
    assert.equal((await linkedPhone.write(first.conversation, words)).outcome.type, 'durable');

    const third = await linkedPhone.ask('Later, from the phone');
    await laptop.until(() => own.records.has(`talk/${third.conversation}`), 'it follows at once');
  });

  it('may withdraw on one what was said on the other', async () => {
    const laptop = await connect();
    const phone = await connect();
    const { conversation } = await phone.ask('Question');
    const { entry } = await phone.write(conversation, { kind: 'say', text: 'A mistake' });
    const linkedPhone = await linked(laptop, phone);
    const { outcome } = await laptop.write(conversation, { kind: 'retract', target: entry.id });
    assert.equal(outcome.type, 'durable');
    await linkedPhone.close();
  });

  it('are let in by a code that works once, for minutes, however it is typed', async () => {
    const laptop = await connect();
    const [one, two, three] = await Promise.all([connect(), connect(), connect()]);
    const first = await codeOf(laptop);
    const code = await codeOf(laptop);
    assert.equal(await link(one, first), 'unknown', 'a newer one voids it');
    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
      .replaceAll('0', 'o')
      .replaceAll('1', 'l');
    assert.equal(await link(one, typed), 'linked');
    assert.equal(await link(two, code), 'unknown', 'used');
    const late = await codeOf(laptop);
    clock.advance(5 * 60_000);
    assert.equal(await link(three, late), 'unknown', 'expired');
  });

  it('are not let in by guessing', async () => {
    const guesser = await connect();
    const outcomes: LinkOutcome[] = [];
    for (let tries = 0; tries < 12; tries++) outcomes.push(await link(guesser, `${tries}`));
    assert.deepEqual(new Set(outcomes.slice(0, 10)), new Set(['unknown']));
    assert.deepEqual(new Set(outcomes.slice(10)), new Set(['later']));
  });

  it('stop at a number a member may have', async () => {
    const first = await connect();
    for (let count = 1; count < 20; count++) {
      if (count % 8 === 0) clock.advance(10 * 60_000);
      const device = await linked(first, await connect());
      await device.close();
    }
    assert.equal(await codeOf(first), '');
  });

  it('are cut off at once when removed, and for ever', async () => {
    const laptop = await connect();
    const { conversation } = await laptop.ask('Private');
    const stolen = await linked(laptop, await connect());
    const waiting = await stolen.identity.entry(community, conversation, {
      kind: 'say',
      text: 'From the thief',
    });
    laptop.say({ type: 'removeDevice', device: stolen.identity.key });
    await stolen.until(() => stolen.closed !== null, 'the end');
    assert.equal(stolen.closed, CloseCode.removed);
    const back = await again(stolen);
    assert.equal(back.closed, CloseCode.removed);
    const [outcome] = await laptop.submit(waiting);
    assert.deepEqual(outcome, { type: 'refused', code: 'removed' }, 'whoever carries its words');
    const own = await laptop.open(memberRoom(memberOf(laptop)));
    await laptop.until(() => !own.records.has(`device/${stolen.identity.key}`), 'the list');
  });

  it('are removed by their own member only', async () => {
    const laptop = await connect();
    const phone = await linked(laptop, await connect());
    const stranger = await connect();
    stranger.say({ type: 'removeDevice', device: phone.identity.key });
    stranger.say({ type: 'removeDevice', device: laptop.identity.key });
    // What comes next on that socket is answered after it.
    await stranger.ask('Anything');
    const people = await test.relay.members.membersOf([phone.identity.key]);
    assert.notEqual(people.get(phone.identity.key), 'removed');
    assert.equal(phone.closed, null);
  });

  it('even the first one can be removed by the second', async () => {
    const lost = await connect();
    const phone = await linked(lost, await connect());
    phone.say({ type: 'removeDevice', device: lost.identity.key });
    await lost.until(() => lost.closed === CloseCode.removed, 'the end');
    assert.equal((await again(lost)).closed, CloseCode.removed);
  });

  it('of somebody of the desk hold the role too', async () => {
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(), 'Ana');
    const desk = await connect({ identity });
    const phone = await linked(desk, await connect());
    assert.ok((phone.welcome?.grant.length ?? 0) > 0);
    const other = await connect();
    assert.equal(await link(desk, await codeOf(other)), 'other', 'the desk becomes nobody’s');
  });

  it('tell a merge that a crash cut short when the relay starts again', async () => {
    const data = await mkdtemp(join(tmpdir(), 'comptoir-merge-'));
    const [one, other] = [new TestIdentity(), new TestIdentity()];
    let conversation: ConversationId;
    {
      await using first = await startTestRelay({ data });
      const fingerprint = first.relay.core.authority.fingerprint;
      const device = await TestDevice.connect(first.socketUrl, fingerprint, { identity: one });
      ({ conversation } = await device.ask('Before the crash'));
    }
    const storage = await openSqlite(data);
    const devices = [{ device: one.key, label: '' }];
    const merge = { from: one.member, to: other.member, devices, customer: false, now: 1 };
    await storage.members.merge(merge); // and no further
    await storage.close();
    {
      await using second = await startTestRelay({ data });
      const fingerprint = second.relay.core.authority.fingerprint;
      const device = await TestDevice.connect(second.socketUrl, fingerprint, { identity: one });
      assert.equal(memberOf(device), other.member);
      const room = await device.open(conversationRoom(conversation));
      assert.equal(room.rows.length, 2);
      assert.deepEqual(await second.relay.merges.pending(), []);
    }
    await rm(data, { recursive: true });
  });

  describe('and the brand’s own sign-in', () => {
    it('give a visitor’s history to the customer, once', async () => {
      const device = await connect();
      const { conversation } = await device.ask('Before signing in');
      await device.close();
      const customer = await again(device, await token('customer 1'));
      assert.equal(customer.welcome?.identity, 'accepted');
      const room = await customer.open(conversationRoom(conversation));
      assert.equal(askerIn(room, conversation), memberOf(customer));
      await customer.close();
      const once = await again(device, await token('customer 1'));
      const rows = await once.open(conversationRoom(conversation));
      assert.equal(rows.rows.length, 2, 'the question and one merge');
    });

    it('do so whichever of two devices signs in first', async () => {
      const one = await connect();
      const two = await connect();
      const asked = [await one.ask('On one'), await two.ask('On two')];
      await one.close();
      await two.close();
      const first = await again(one, await token('customer 2'));
      const second = await again(two, await token('customer 2'));
      assert.equal(memberOf(first), memberOf(second));
      for (const device of [first, second]) {
        for (const { conversation } of asked) {
          const room = await device.open(conversationRoom(conversation));
          assert.equal(askerIn(room, conversation), memberOf(first));
        }
      }
    });

    it('take what was asked offline before the first contact', async () => {
      const identity = new TestIdentity();
      const kept = await identity.ask(community, 'Asked with no network');
      const device = await connect({ identity, token: await token('customer 3') });
      const [outcome] = await device.submit(kept);
      assert.equal(outcome?.type, 'durable');
      const own = await device.open(memberRoom(memberOf(device)));
      assert.ok(own.records.has(`talk/${kept.conversation}`));
    });

    it('bring linked devices along', async () => {
      const laptop = await connect();
      const phone = await linked(laptop, await connect());
      await laptop.close();
      const customer = await again(laptop, await token('customer 4'));
      await phone.until(() => phone.closed === CloseCode.goingAway, 'the way out');
      assert.equal(memberOf(await again(phone)), memberOf(customer));
    });

    it('link an anonymous device to a signed-in one, whichever shows the code', async () => {
      const customer = await connect({ token: await token('customer 5') });
      const { conversation } = await customer.ask('As a customer');
      const anonymous = await connect();
      assert.equal(await link(customer, await codeOf(anonymous)), 'linked');
      const known = await again(anonymous);
      assert.equal(memberOf(known), memberOf(customer));
      assert.equal((await known.open(conversationRoom(conversation))).closed, null);
    });

    it('never make two customers one', async () => {
      const one = await connect({ token: await token('customer 6') });
      const other = await connect({ token: await token('customer 7') });
      assert.equal(await link(one, await codeOf(other)), 'other');
      const switched = await again(one, await token('customer 7'));
      assert.equal(switched.closed, CloseCode.otherMember);
    });

    it('refuse forged and old tokens, and let the device in as who it was', async () => {
      const { member } = new TestIdentity();
      assert.ok(member);
      const forged = await new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('customer 1')
        .setAudience(community)
        .setExpirationTime('5m')
        .sign(new TextEncoder().encode('x'.repeat(40)));
      const device = await connect({ token: forged });
      assert.equal(device.welcome?.identity, 'refused');
      assert.equal(memberOf(device), device.identity.member);
      const old = await token('customer 1');
      clock.advance(10 * 60_000);
      assert.equal((await connect({ token: old })).welcome?.identity, 'expired');
      const unsigned = `${btoa('{"alg":"none"}')}.${btoa(`{"sub":"customer 1","aud":"${community}","exp":9999999999}`)}.`;
      assert.equal((await connect({ token: unsigned })).welcome?.identity, 'refused');
    });
  });
});
