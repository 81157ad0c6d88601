/** A grant is renewed while the socket lives, and only for who still holds the role. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Role } from '../../shared/grant/roles.ts';
import { MemoryStorage } from '../storage/memory/memory-storage.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';

const HOURS = 3_600_000;

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
