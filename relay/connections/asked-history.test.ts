/** A conversation is opened without its history being read, whoever opens it and whenever it was written. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Role } from '../../shared/grant/roles.ts';
import { CloseCode } from '../../shared/protocol/close-codes.ts';
import { conversationRoom, parseRoom } from '../../shared/protocol/rooms.ts';
import { startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';
import { systemClock } from '../platform/system-clock.ts';

const OLDER = join(import.meta.dirname, '../storage/fixtures/data-1');
/** Before the claim in that folder may lapse: the job that looks at it reads the conversation too. */
const clock = { ...systemClock, now: () => Date.UTC(2026, 10, 27, 13, 12) };

async function inFolder(act: (data: string) => Promise<void>): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'comptoir-asked-'));
  try {
    await act(data);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

describe('opening a conversation', () => {
  it('reads nothing of it into memory, and lets in the asker, their other device, and the desk', () =>
    inFolder(async (data) => {
      const [helper, asker, phone] = [new TestIdentity(), new TestIdentity(), new TestIdentity()];
      let conversation;
      let fingerprint;
      {
        await using test = await startTestRelay({ data });
        const { core } = test.relay;
        ({ fingerprint } = core.authority);
        await redeem(test.url, fingerprint, helper, await test.relay.inviteLink(Role.helper), 'H');
        const settled = new Promise((resolve) => {
          core.events.subscribe({ 'merge-settled': resolve });
        });
        const other = await TestDevice.connect(test.socketUrl, fingerprint, { identity: phone });
        const visitor = await TestDevice.connect(test.socketUrl, fingerprint, { identity: asker });
        ({ conversation } = await visitor.ask('Which drill?'));
        const code = other.next('linkCode');
        other.say({ type: 'linkWanted', label: 'phone' });
        visitor.say({ type: 'link', code: (await code).code, label: 'laptop' });
        await settled;
        await Promise.all([visitor.close(), other.close()]);
      }
      await using test = await startTestRelay({ data });
      const { rooms, committer } = test.relay.core;
      const name = conversationRoom(conversation);
      for (const identity of [phone, asker, helper]) {
        const device = await TestDevice.connect(test.socketUrl, fingerprint, { identity });
        assert.equal((await device.open(name)).rows.length, 2);
        await device.close();
      }
      const stranger = await TestDevice.connect(test.socketUrl, fingerprint);
      assert.equal((await stranger.open(name)).closed, CloseCode.forbidden);
      await stranger.close();
      await committer.idle();
      assert.equal(rooms.isHeld(name), false);
    }));

  it('reads one of an older build once, and keeps from then on who asked', () =>
    inFolder(async (data) => {
      await cp(OLDER, data, { recursive: true });
      const helper = new TestIdentity();
      for (const isHeld of [true, false]) {
        await using test = await startTestRelay({ data, clock });
        const { core } = test.relay;
        const { fingerprint } = core.authority;
        if (isHeld)
          await redeem(
            test.url,
            fingerprint,
            helper,
            await test.relay.inviteLink(Role.helper),
            'H',
          );
        const [name] = await core.storage.rooms('conversation/');
        assert.ok(name && parseRoom(name).kind === 'conversation');
        const device = await TestDevice.connect(test.socketUrl, fingerprint, { identity: helper });
        assert.equal((await device.open(name)).rows.length, 5);
        await core.committer.idle();
        assert.equal(core.rooms.isHeld(name), isHeld);
        await device.close();
      }
    }));
});
