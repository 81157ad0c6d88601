/** A grant is renewed while the socket lives, and only for who still holds the role. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Role } from '../../shared/grant/roles.ts';
import { MemoryStorage } from '../storage/memory/memory-storage.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';

const HOURS = 3_600_000;

describe('a device that is connected when it takes a place at the desk', () => {
  it('is sent to the door, as are its person’s others, and comes back with the place', async () => {
    await using test = await startTestRelay();
    const { fingerprint } = test.relay.core.authority;
    const identity = new TestIdentity();
    const connect = (): Promise<TestDevice> =>
      TestDevice.connect(test.socketUrl, fingerprint, { identity });
    const tabs = [await connect(), await connect()];
    const stranger = await TestDevice.connect(test.socketUrl, fingerprint);
    await redeem(test.url, fingerprint, identity, await test.relay.inviteLink(), 'Ana');
    for (const tab of tabs) {
      await tab.until(() => tab.closed !== null, 'the close');
      assert.equal(tab.closed, 1001);
    }
    const back = await connect();
    assert.ok(back.welcome && back.welcome.grant.length > 0, 'a grant for the place');
    const lines = [back, await connect()];
    // The same place again changes nothing, so nobody has to come back.
    await redeem(test.url, fingerprint, identity, await test.relay.inviteLink(), 'Ana');
    for (const line of [...lines, stranger]) {
      await line.open('space/demo');
      assert.equal(line.closed, null);
    }
    // Another one sends them to the door again.
    await redeem(test.url, fingerprint, identity, await test.relay.inviteLink(Role.staff), 'Ana');
    for (const line of lines) await line.until(() => line.closed === 1001, 'the close');
    assert.equal(stranger.closed, null);
  });
});

describe('a device that comes while its member changes', () => {
  it('comes in as who they are by then', async () => {
    await using test = await startTestRelay();
    const { fingerprint } = test.relay.core.authority;
    const { members } = test.relay;
    const identity = new TestIdentity();
    await redeem(test.url, fingerprint, identity, await test.relay.inviteLink(), 'Ana');
    const ana = await members.of(identity.key);
    assert.ok(ana !== 'removed' && ana.role === Role.helper);
    const read = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    const own = members.of.bind(members);
    members.of = async (device) => {
      const found = await own(device);
      read.resolve();
      await goesOn.promise;
      return found;
    };
    const coming = TestDevice.connect(test.socketUrl, fingerprint, { identity });
    await read.promise;
    await members.setPlace(ana.id, { role: Role.visitor });
    members.of = own;
    goesOn.resolve();
    const device = await coming;
    assert.deepEqual([device.closed, device.welcome], [1001, null]);
  });
});

describe('a grant', () => {
  for (const role of [Role.staff, Role.visitor]) {
    it(`is not renewed for who became ${role === Role.visitor ? 'a visitor' : 'something else'}`, async () => {
      const clock = new ManualClock(Date.now());
      const storage = new MemoryStorage().open();
      await using test = await startTestRelay({ clock, storage });
      const { fingerprint } = test.relay.core.authority;
      const identity = new TestIdentity();
      await redeem(test.url, fingerprint, identity, await test.relay.inviteLink(), 'Ana');
      const device = await TestDevice.connect(test.socketUrl, fingerprint, { identity });
      const { member = identity.member } = device.welcome ?? {};
      // Behind the back of this relay, as another node would: nobody tells its connections.
      const change = { role, spaces: [], topics: [], now: clock.now() };
      await storage.members.setMember(member, change);
      clock.advance(7 * HOURS);
      await device.until(() => device.closed !== null, 'the close');
      assert.equal(device.closed, 1001);
      assert.equal(device.heard('welcome').length, 1, 'no grant for a role that is gone');
    });
  }
});
