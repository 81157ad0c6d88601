/** The path of an entry: each outcome, who may do what, claims, withdrawals, restores. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { concatBytes, bytesToText, textToBytes } from '../../../shared/bytes.ts';
import { encodeRow } from '../../../shared/conversation/row.ts';
import { type Entry, decodeEntry } from '../../../shared/entry/entry.ts';
import { Kind } from '../../../shared/entry/kinds.ts';
import type { ConversationId, EntryId, Fingerprint } from '../../../shared/ids.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { LaterWhy, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { MemoryStorage } from '../../storage/memory/memory-storage.ts';
import { openSqlite } from '../../storage/sqlite/open-sqlite.ts';
import type { Storage } from '../../storage/storage.ts';
import { startTestRelay, type TestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';

const whyOf = (outcome: Outcome | undefined): LaterWhy | undefined =>
  outcome?.type === 'later' ? outcome.why : undefined;

describe('submit', () => {
  let test: TestRelay;
  let storage: Storage;
  let community: Fingerprint;
  let visitor: TestDevice;
  let stranger: TestDevice;
  let ana: TestDevice;
  let ben: TestDevice;

  before(async () => {
    test = await startTestRelay({
      config: { entriesPerMinute: 100_000 },
      openStorage: async (folder) => (storage = await openSqlite(folder)),
    });
    community = test.relay.core.authority.fingerprint;
    const helper = async (name: string): Promise<TestDevice> => {
      const identity = new TestIdentity();
      await redeem(test.url, community, identity, await test.relay.inviteLink(), name);
      return TestDevice.connect(test.socketUrl, community, { identity });
    };
    visitor = await TestDevice.connect(test.socketUrl, community);
    stranger = await TestDevice.connect(test.socketUrl, community);
    [ana, ben] = await Promise.all([helper('Ana'), helper('Ben')]);
  });
  after(async () => {
    await Promise.all([visitor, stranger, ana, ben].map((device) => device.close()));
    await test[Symbol.asyncDispose]();
  });

  const forbidden = { type: 'refused', code: 'forbidden' };

  it('answers a second time with the same seq and numbers nothing', async () => {
    const question = await visitor.ask('Twice?');
    assert.deepEqual(await visitor.submit(question, question), [
      { type: 'duplicate', seq: 0 },
      { type: 'duplicate', seq: 0 },
    ]);
    assert.equal(
      (await test.relay.core.storage.head(conversationRoom(question.conversation))).next,
      1,
    );
  });

  it('refuses what is no entry, each with its code', async () => {
    const question = await visitor.identity.ask(community, 'Broken?');
    const broken = (change: (bytes: Uint8Array) => void): Entry => {
      const bytes = question.bytes.slice();
      change(bytes);
      return { ...question, id: test.relay.core.submitPath.idOf(bytes), bytes };
    };
    const cases = {
      'unknown-version': broken((bytes) => (bytes[0] = 9)),
      'unknown-kind': broken((bytes) => (bytes[1] = 40)),
      'bad-signature': broken((bytes) => (bytes[bytes.length - 1]! ^= 1)),
      malformed: broken((bytes) => (bytes[66 + 16] = 200)),
    };
    for (const [code, entry] of Object.entries(cases)) {
      const [outcome] = await visitor.submit(entry);
      assert.deepEqual(outcome, { type: 'refused', code }, code);
    }
  });

  it('refuses the relay’s own kinds, unknown places and stolen names', async () => {
    const question = await visitor.ask('Whose?');
    const { conversation } = question;
    const lapse = await ana.write(conversation, { kind: 'lapse', claim: question.id });
    assert.deepEqual(lapse.outcome, forbidden);
    const nowhere = bytesToText(new Uint8Array(randomBytes(16))) as ConversationId;
    const lost = await visitor.write(nowhere, { kind: 'say', text: 'Hello?' });
    assert.deepEqual(lost.outcome, { type: 'refused', code: 'unknown-conversation' });
    const [unknown] = await visitor.submit(await visitor.identity.ask(community, 'Hi', 'nowhere'));
    assert.deepEqual(unknown, { type: 'refused', code: 'unknown-space' });
    const taken = await stranger.write(nowhere, {
      kind: 'ask',
      salt: new Uint8Array(16),
      space: parseSpaceId('demo'),
      text: 'Mine',
      page: { url: '', title: '' },
      lang: 'en',
    });
    assert.deepEqual(taken.outcome, { type: 'refused', code: 'unknown-conversation' });
  });

  it('refuses a key that would verify anything', async () => {
    const question = await visitor.ask('Small order?');
    const entry = await visitor.identity.entry(community, question.conversation, {
      kind: 'say',
      text: 'x',
    });
    const bytes = entry.bytes.slice();
    bytes.set(new Uint8Array(32), 18);
    bytes.set(new Uint8Array(64), bytes.length - 64);
    const [outcome] = await ana.submit(decodeEntry(bytes, community));
    // A stranger by its key: the rules refuse it before its signature is even looked at.
    assert.deepEqual(outcome, forbidden);
  });

  it('holds to the permission table', async () => {
    const { conversation } = await visitor.ask('Who may?');
    const say = { kind: 'say', text: 'word' } as const;
    assert.equal((await visitor.write(conversation, say)).outcome.type, 'durable');
    assert.equal((await ana.write(conversation, say)).outcome.type, 'durable');
    for (const kind of ['claim', 'release', 'close', 'reopen'] as const) {
      assert.deepEqual((await stranger.write(conversation, { kind })).outcome, forbidden, kind);
    }
    assert.deepEqual((await stranger.write(conversation, say)).outcome, forbidden);
    assert.deepEqual((await visitor.write(conversation, { kind: 'claim' })).outcome, forbidden);
    assert.deepEqual((await ben.write(conversation, { kind: 'release' })).outcome, forbidden);
    assert.equal((await visitor.write(conversation, { kind: 'close' })).outcome.type, 'durable');
    const stolen = await visitor.write(conversation, { kind: 'join', grant: ana.welcome!.grant });
    assert.deepEqual(stolen.outcome, forbidden);
    const joined = await ana.write(conversation, { kind: 'join', grant: ana.welcome!.grant });
    assert.equal(joined.outcome.type, 'durable');
  });

  it('lets the first claim hold and answers the second with who has it', async () => {
    const { conversation } = await visitor.ask('Who takes it?');
    const outcomes = await Promise.all([
      ana.write(conversation, { kind: 'claim' }),
      ben.write(conversation, { kind: 'claim' }),
    ]);
    const types = outcomes.map(({ outcome }) => outcome.type).toSorted();
    assert.deepEqual(types, ['claimed', 'durable']);
    const [holder, other] = outcomes[0].outcome.type === 'durable' ? [ana, ben] : [ben, ana];
    const second = outcomes.map(({ outcome }) => outcome).find(({ type }) => type === 'claimed');
    assert.deepEqual(second, { type: 'claimed', by: holder.identity.member });
    const said = await other.write(conversation, { kind: 'say', text: 'I wrote already.' });
    assert.equal(said.outcome.type, 'durable');
    assert.equal((await holder.write(conversation, { kind: 'release' })).outcome.type, 'durable');
    assert.equal((await other.write(conversation, { kind: 'claim' })).outcome.type, 'durable');
  });

  it('withdraws only what is one’s own, once and for all', async () => {
    const question = await visitor.ask('Withdraw?');
    const { conversation } = question;
    const inbox = await ana.open('inbox/demo');
    const room = await ana.open(conversationRoom(conversation));
    const said = await visitor.write(conversation, { kind: 'say', text: 'my number is 12345' });
    const target = said.entry.id;
    await ana.until(
      () => (inbox.records.get(conversation) as InboxRecord).last.text.includes('12345'),
      'the preview',
    );
    assert.deepEqual(
      (await ana.write(conversation, { kind: 'retract', target })).outcome,
      forbidden,
    );
    assert.deepEqual(
      (await visitor.write(conversation, { kind: 'retract', target: question.id })).outcome,
      forbidden,
    );
    const done = await visitor.write(conversation, { kind: 'retract', target });
    assert.deepEqual(done.outcome, { type: 'durable', seq: 2 });
    await ana.until(
      () => room.rows.length === 2 && ana.controls.some((control) => control.type === 'erased'),
      'the erasure',
    );
    assert.equal((inbox.records.get(conversation) as InboxRecord).last.text, 'Withdraw?');
    assert.deepEqual(await visitor.submit(said.entry), [{ type: 'refused', code: 'erased' }]);
  });

  it('takes a report into the books, once a person, and makes no row of it', async () => {
    const { conversation } = await visitor.ask('Who reports?');
    const name = conversationRoom(conversation);
    const { entry: said } = await ana.write(conversation, { kind: 'say', text: 'Something' });
    const about = { kind: 'report', target: said.id, reason: 1, text: 'rude' } as const;
    const first = await visitor.identity.entry(community, conversation, about);
    const again = await visitor.identity.entry(community, conversation, { ...about, reason: 2 });
    const taken = { type: 'taken' } as const;
    assert.deepEqual(await visitor.submit(first, first, again), [taken, taken, taken]);
    assert.deepEqual(await visitor.submit(first), [taken]);
    assert.deepEqual((await ben.write(conversation, about)).outcome, taken);
    const booked = await storage.books.booked(Kind.report, said.id);
    assert.equal(booked.length, 2);
    assert.deepEqual(
      booked.filter(({ member }) => member === visitor.identity.member).map(({ id }) => id),
      [first.id],
    );
    assert.equal((await test.relay.core.storage.head(name)).next, 2);
  });

  it('takes no report by those who may not read, of their own words, or of what is not there', async () => {
    const { conversation, id } = await visitor.ask('Mine?');
    const { entry: said } = await ana.write(conversation, { kind: 'say', text: 'Yours.' });
    const { entry: close } = await ana.write(conversation, { kind: 'close' });
    const elsewhere = await visitor.ask('Elsewhere');
    const report = (target: EntryId) => ({ kind: 'report', target, reason: 7, text: '' }) as const;
    for (const [device, target] of [
      [stranger, said.id],
      [visitor, id],
      [ana, said.id],
      [ana, close.id],
      [ana, elsewhere.id],
    ] as const)
      assert.deepEqual((await device.write(conversation, report(target))).outcome, forbidden);
    await ana.write(conversation, { kind: 'retract', target: said.id });
    assert.deepEqual((await visitor.write(conversation, report(said.id))).outcome, forbidden);
  });

  it('opens a closed conversation again when the asker speaks', async () => {
    const { conversation } = await visitor.ask('Closed?');
    const inbox = await ana.open('inbox/demo');
    const record = (): InboxRecord => inbox.records.get(conversation) as InboxRecord;
    await ana.write(conversation, { kind: 'close' });
    await ana.until(() => record().closed, 'the close');
    await visitor.write(conversation, { kind: 'say', text: 'One more thing.' });
    await ana.until(() => !record().closed && record().waitingSince !== null, 'the reopening');
  });

  it('takes rows back that a restored relay lacks, with their place, time and verdict', async () => {
    const { authority } = test.relay.core;
    const question = await visitor.identity.ask(community, 'Before the restore');
    const { receiptBytes } = await import('../../../shared/conversation/row.ts');
    const verdict = { member: visitor.identity.member, role: 0, mode: 0 } as const;
    const kept = { place: 0, received: 1_000_000, verdict };
    const receipt = authority.seal(receiptBytes(question.id, kept));
    const row = { type: 'entry', seq: 4, ...kept, receipt, entry: question.bytes } as const;
    stranger.say({ type: 'offer', rows: [encodeRow(row)] });
    await stranger.until(() => stranger.outcomes.has(question.id), 'the answer');
    assert.deepEqual(stranger.outcomes.get(question.id), { type: 'durable', seq: 0 });
    const room = await visitor.open(conversationRoom(question.conversation));
    assert.deepEqual(room.rows[0], { ...row, seq: 0 });

    const forged = await stranger.identity.entry(community, question.conversation, {
      kind: 'say',
      text: 'forged',
    });
    const lie = { ...row, place: 1, receipt: new Uint8Array(16), entry: forged.bytes };
    stranger.say({ type: 'offer', rows: [encodeRow(lie)] });
    await stranger.until(() => stranger.outcomes.has(forged.id), 'the answer');
    assert.deepEqual(stranger.outcomes.get(forged.id), forbidden);
  });

  it('puts off what is over the limit, and what follows it', async () => {
    await using slow = await startTestRelay({ config: { entriesPerMinute: 2 } });
    const { fingerprint } = slow.relay.core.authority;
    const device = await TestDevice.connect(slow.socketUrl, fingerprint);
    const question = await device.identity.ask(fingerprint, 'Many');
    const words = await Promise.all(
      ['a', 'b', 'c'].map((text) =>
        device.identity.entry(fingerprint, question.conversation, { kind: 'say', text }),
      ),
    );
    const outcomes = await device.submit(question, ...words);
    assert.deepEqual(
      outcomes.map(({ type }) => type),
      ['durable', 'durable', 'later', 'later'],
    );
    assert.ok(outcomes.every((outcome) => outcome.type !== 'later' || outcome.afterMs > 0));
    await device.close();
  });

  it('says of what its own disk cannot take that it is the relay, not the author', async () => {
    const open = new MemoryStorage().open();
    let isFull = false;
    const rooms: typeof open.rooms = {
      ...open.rooms,
      commit: (batch) =>
        isFull ? Promise.reject(new Error('no room left')) : open.rooms.commit(batch),
    };
    await using test = await startTestRelay({ storage: { ...open, rooms } });
    const { fingerprint } = test.relay.core.authority;
    const device = await TestDevice.connect(test.socketUrl, fingerprint);
    isFull = true;
    const question = await device.identity.ask(fingerprint, 'Is there room?');
    const [refused] = await device.submit(question);
    assert.deepEqual([refused?.type, whyOf(refused)], ['later', LaterWhy.relay]);
    const words = { kind: 'say', text: 'And then' } as const;
    isFull = false;
    const said = await device.identity.entry(fingerprint, question.conversation, words);
    const [waits] = await device.submit(said);
    assert.deepEqual([waits?.type, whyOf(waits)], ['later', LaterWhy.question]);
    const outcomes = await device.submit(question, said);
    assert.deepEqual(
      outcomes.map(({ type }) => type),
      ['durable', 'durable'],
    );
    await device.close();
  });

  it('takes no more than a message may hold', async () => {
    const device = await TestDevice.connect(test.socketUrl, community);
    device.say({
      type: 'submit',
      entries: Array.from({ length: Limits.submitEntries + 1 }, () =>
        concatBytes(textToBytes(device.identity.key, 32)),
      ),
    });
    await device.until(() => device.closed !== null, 'the close');
    assert.equal(device.closed, 4400);
  });
});
