/** Attacks by bytes that nobody reads: after an entry's fields, and in conversations without end. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { contentOf, decodeEntry, encodeUnsigned, signedBytes } from '../../shared/entry/entry.ts';
import { decodeRow } from '../../shared/conversation/row.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { ConversationId, Fingerprint } from '../../shared/ids.ts';
import { Limits } from '../../shared/limits.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { askAtLength } from '../testing/long-conversation.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice } from '../testing/test-device.ts';

const PER_MINUTE = 300;

describe('unread bytes', { timeout: 120_000 }, () => {
  let test: TestRelay;
  let community: Fingerprint;
  before(async () => {
    test = await startTestRelay({ config: { entriesPerMinute: PER_MINUTE } });
    community = test.relay.core.authority.fingerprint;
  });
  after(() => test[Symbol.asyncDispose]());
  const connect = (): Promise<TestDevice> => TestDevice.connect(test.socketUrl, community);

  /** What somebody says, with bytes behind it that no field explains. */
  async function padded(
    device: TestDevice,
    conversation: ConversationId,
    more: number,
  ): Promise<Entry> {
    const unsigned = Buffer.concat([
      encodeUnsigned({
        conversation,
        author: device.identity.key,
        time: Date.now(),
        content: { kind: 'say', text: 'A word', quotes: conversation as never },
        nonce: randomBytes(8),
      }),
      new Uint8Array(more),
    ]);
    const signature = device.identity.sign(signedBytes(unsigned, community));
    return decodeEntry(new Uint8Array(Buffer.concat([unsigned, signature])), community);
  }

  it('after an entry’s fields are 256 at most', async () => {
    const device = await connect();
    const { conversation } = await device.ask('Is there room?');
    const outcomeOf = async (more: number): Promise<Outcome | undefined> =>
      (await device.submit(await padded(device, conversation, more)))[0];
    assert.equal((await outcomeOf(Limits.unreadBytes))?.type, 'durable', 'for a later build');
    for (const more of [Limits.unreadBytes + 1, 20_000])
      assert.deepEqual(await outcomeOf(more), { type: 'refused', code: 'too-long' });
    await device.close();
  });

  it('and all others are charged: whoever writes long texts writes fewer', async () => {
    const device = await connect();
    const { conversation } = await device.ask('How much is too much?');
    let taken = 0;
    const started = performance.now();
    for (let turn = 0; turn < 4; turn++) {
      const entries = await Promise.all(
        Array.from({ length: 50 }, () =>
          device.identity.entry(community, conversation, {
            kind: 'say',
            text: '\u{2014}'.repeat(Limits.textLength),
          }),
        ),
      );
      const outcomes = await device.submit(...entries);
      taken += outcomes.filter(({ type }) => type === 'durable').length;
    }
    // 300 pieces of 2 KB at once, and 5 a second from then on: 6 of them are an entry.
    const most = 50 + Math.ceil((((performance.now() - started) / 1_000) * 5) / 6);
    assert.ok(taken > 30 && taken <= most, `${taken} of 12 KB each`);
    await device.close();
  });

  it('fill no conversation for ever: it says that it is full, and can be closed', async () => {
    await using own = await startTestRelay({ config: { entriesPerMinute: 1_000_000 } });
    const visitor = await TestDevice.connect(own.socketUrl, own.relay.core.authority.fingerprint);
    const conversation = await askAtLength(visitor, Limits.conversationBytes - 1_000_000);
    const text = '\u{2014}'.repeat(Limits.textLength);
    let last: Outcome = { type: 'durable', seq: 0 };
    for (let turn = 0; turn < 100 && last.type === 'durable'; turn++)
      last = (await visitor.write(conversation, { kind: 'say', text })).outcome;
    assert.deepEqual(last, { type: 'refused', code: 'full' });
    const { state } = await own.relay.core.rooms.conversation(conversation);
    assert.ok(state.bytes <= Limits.conversationBytes);
    assert.ok(state.bytes > Limits.conversationBytes - 2 * 24_576);
    assert.equal((await visitor.write(conversation, { kind: 'close' })).outcome.type, 'durable');
    const room = await visitor.open(conversationRoom(conversation));
    assert.equal(room.closed, null);
    await visitor.until(() => room.bytes.length > 0, 'its first page');
    const first = decodeRow(room.bytes[0]!);
    assert.ok(first.type === 'entry');
    const question = contentOf(decodeEntry(first.entry, visitor.community));
    assert.ok(question.kind === 'ask');
    const again = (await visitor.write(conversation, { ...question, text })).outcome;
    assert.deepEqual(again, { type: 'refused', code: 'full' });
    await visitor.close();
  });
});
