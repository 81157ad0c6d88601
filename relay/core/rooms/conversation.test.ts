/** A visitor asks, a helper answers: over a real socket, SQLite and Yjs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sameRows } from '../../../shared/protocol/digest.ts';
import type { InboxRecord, RosterRecord } from '../../../shared/protocol/records.ts';
import { startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';

describe('a conversation', () => {
  it('goes from the visitor to the helper and back', async () => {
    await using test = await startTestRelay();
    const { fingerprint } = test.relay.core.authority;
    const helperIdentity = new TestIdentity();
    const response = await redeem(
      test.url,
      fingerprint,
      helperIdentity,
      await test.relay.inviteLink(),
      'Ana',
    );
    assert.equal(response.status, 200);

    const visitor = await TestDevice.connect(test.socketUrl, fingerprint);
    const helper = await TestDevice.connect(test.socketUrl, fingerprint, {
      identity: helperIdentity,
    });
    assert.ok(helper.welcome && helper.welcome.grant.length > 0);
    const inbox = await helper.open('inbox/demo');

    const question = await visitor.ask('Which drill for concrete?');
    assert.deepEqual(visitor.outcomes.get(question.id), { type: 'durable', seq: 0 });
    await helper.until(() => inbox.records.has(question.conversation), 'the inbox record');
    const record = inbox.records.get(question.conversation) as InboxRecord;
    assert.equal(record.text, 'Which drill for concrete?');

    const room = `conversation/${question.conversation}`;
    const [atVisitor, atHelper] = [await visitor.open(room), await helper.open(room)];
    const { outcome } = await helper.write(question.conversation, {
      kind: 'say',
      text: 'A hammer drill.',
    });
    assert.deepEqual(outcome, { type: 'durable', seq: 1 });
    await visitor.until(() => atVisitor.bytes.length === 2, 'the answer');
    await helper.until(() => atHelper.bytes.length === 2, 'the answer');
    assert.deepEqual(atVisitor.bytes, atHelper.bytes);

    const late = await visitor.open(room);
    assert.ok(late.digest && sameRows(late.digest, late.digestHeld(fingerprint)));
    helper.say({ type: 'available', available: true });
    const space = await visitor.open('space/demo');
    const roster = (): RosterRecord => space.records.get('roster') as RosterRecord;
    await visitor.until(() => roster()?.here.length === 1, 'the roster');
    await Promise.all([visitor.close(), helper.close()]);
  });
});
