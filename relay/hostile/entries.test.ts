/** Entries made to deceive, over the wire: each is refused by its code, and honest people see nothing of it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { concatBytes, textToBytes } from '../../shared/bytes.ts';
import { encodeRow } from '../../shared/conversation/row.ts';
import { SpaceMode } from '../../shared/space-mode.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import { decodeGrant } from '../../shared/grant/grant.ts';
import { Role } from '../../shared/grant/roles.ts';
import type { EntryId } from '../../shared/ids.ts';
import { FOR_EVER } from '../../shared/protocol/control.ts';
import type { InboxRecord } from '../../shared/protocol/records.ts';
import { conversationRoom } from '../../shared/protocol/rooms.ts';
import { hostileEntries, makeEntry, unplainEntries } from '../../shared/testing/hostile-entries.ts';
import { askOffice } from '../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';
import { Witness } from '../testing/witness.ts';

describe('hostile entries', () => {
  let test: TestRelay;
  let witness: Witness;
  let attacker: TestDevice;

  before(async () => {
    test = await startTestRelay({
      config: { entriesPerMinute: 100_000, questionsPerHour: 1_000 },
    });
    witness = await Witness.enter(test);
    attacker = await connect();
  });
  after(async () => {
    await attacker.close();
    try {
      await witness.assertLetGo();
    } finally {
      await witness.leave();
      await test[Symbol.asyncDispose]();
    }
  });

  const connect = (identity = new TestIdentity()): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, test.relay.core.authority.fingerprint, {
      identity,
    });
  const idOf = (bytes: Uint8Array): EntryId => test.relay.core.submitPath.idOf(bytes);
  const asEntry = (bytes: Uint8Array): Entry => ({ id: idOf(bytes), bytes }) as Entry;

  it('are each refused by their code, whoever carries them', async () => {
    const { scene } = witness;
    const all = [...hostileEntries(scene), ...unplainEntries(scene)];
    for (const { title, bytes, refusal } of all) {
      for (const carrier of [attacker, witness.helper]) {
        const [outcome] = await carrier.submit(asEntry(bytes));
        assert.deepEqual(outcome, { type: 'refused', code: refusal }, title);
      }
    }
    assert.ok(all.length > 60);
    await witness.assertUntouched('hostile entries');
  });

  it('are not what a helper wrote while the grant held, however late it comes', async () => {
    const { scene, helper } = witness;
    const join = { kind: 'join', grant: scene.expiredGrant } as const;
    const { expires } = decodeGrant(scene.expiredGrant);
    const late = makeEntry(scene, scene.helper, join, { time: expires - 1 });
    const [outcome] = await helper.submit(asEntry(late));
    assert.equal(outcome?.type, 'durable');
    await witness.remember();
  });

  it('are refused as well when offered as rows, with receipts and verdicts made up', async () => {
    const { scene } = witness;
    const row = {
      type: 'entry',
      seq: 1,
      place: 1,
      received: scene.now,
      verdict: { member: scene.stranger.member, role: Role.manager, mode: SpaceMode.open },
    } as const;
    for (const { title, bytes, refusal } of [...hostileEntries(scene), ...unplainEntries(scene)]) {
      const id = idOf(bytes);
      for (const receipt of [new Uint8Array(16), textToBytes(id, 16)]) {
        attacker.outcomes.delete(id);
        attacker.say({ type: 'offer', rows: [encodeRow({ ...row, receipt, entry: bytes })] });
        await attacker.until(() => attacker.outcomes.has(id), 'the answer');
        assert.deepEqual(attacker.outcomes.get(id), { type: 'refused', code: refusal }, title);
      }
    }
    await witness.assertUntouched('rows made up');
  });

  it('gain nothing from an honest row’s receipt: verdict, place and time are what it is over', async () => {
    const { scene } = witness;
    const room = await witness.helper.open(conversationRoom(scene.conversation));
    const honest = room.rows.find((row) => row.type === 'entry' && idOf(row.entry) === scene.said);
    assert.ok(honest?.type === 'entry');
    const mine = makeEntry(scene, scene.stranger, { kind: 'say', text: 'As if I might' });
    const forged = [
      { ...honest, entry: mine },
      { ...honest, entry: mine, verdict: { ...honest.verdict, role: Role.manager } },
    ];
    for (const row of forged) {
      attacker.outcomes.delete(idOf(row.entry));
      attacker.say({ type: 'offer', rows: [encodeRow(row)] });
      await attacker.until(() => attacker.outcomes.has(idOf(row.entry)), 'the answer');
      assert.deepEqual(attacker.outcomes.get(idOf(row.entry)), {
        type: 'refused',
        code: 'forbidden',
      });
    }
    // The row itself, with another verdict, is known by its entry's id: nothing of it changes.
    const promoted = { ...honest, verdict: { ...honest.verdict, role: Role.manager } };
    attacker.say({ type: 'offer', rows: [encodeRow(promoted)] });
    await attacker.until(() => attacker.outcomes.has(scene.said), 'the answer');
    assert.deepEqual(attacker.outcomes.get(scene.said), { type: 'duplicate', seq: honest.seq });
    await witness.assertUntouched('an honest receipt');
  });

  it('of the same id with another signature neither replace nor double a row', async () => {
    const { scene, visitor, helper } = witness;
    const room = await helper.open(conversationRoom(scene.conversation));
    const honest = room.rows.find((row) => row.type === 'entry' && idOf(row.entry) === scene.said);
    assert.ok(honest?.type === 'entry');
    const unsigned = honest.entry.slice(0, -64);
    const malleated = [
      concatBytes(unsigned, new Uint8Array(64)),
      concatBytes(honest.entry.slice(0, -32), plusOrder(honest.entry.slice(-32))),
      concatBytes(unsigned, attacker.identity.sign(unsigned)),
    ];
    for (const bytes of malleated) {
      assert.equal(idOf(bytes), scene.said, 'the id covers what is signed');
      const [outcome] = await attacker.submit(asEntry(bytes));
      assert.deepEqual(outcome, { type: 'duplicate', seq: honest.seq });
    }
    await witness.assertUntouched('other signatures');

    // Before the honest one has come: refused, and the honest one is taken afterwards.
    const later = makeEntry(scene, scene.asker, { kind: 'say', text: 'Not yet numbered' });
    const spoilt = concatBytes(later.slice(0, -32), plusOrder(later.slice(-32)));
    assert.deepEqual(await attacker.submit(asEntry(spoilt)), [
      { type: 'refused', code: 'bad-signature' },
    ]);
    await witness.assertUntouched('a signature spoilt on the way');
    const [taken] = await visitor.submit(asEntry(later));
    assert.equal(taken?.type, 'durable');
    await witness.remember();
  });

  it('spoilt beside an honest copy do not keep it out', async () => {
    const { scene } = witness;
    const honest = makeEntry(scene, scene.asker, { kind: 'say', text: 'Carried twice' });
    const spoilt = concatBytes(honest.slice(0, -64), new Uint8Array(64));
    attacker.say({ type: 'submit', entries: [spoilt, honest] });
    await attacker.until(() => attacker.outcomes.has(idOf(honest)), 'the answers');
    const [again] = await witness.visitor.submit(asEntry(honest));
    assert.ok(again?.type === 'durable' || again?.type === 'duplicate');
    await witness.remember();
  });

  it('of another community’s relay are refused here', async () => {
    await using other = await startTestRelay();
    const { fingerprint } = other.relay.core.authority;
    const identity = new TestIdentity();
    const there = await TestDevice.connect(other.socketUrl, fingerprint, { identity });
    const asked = await there.ask('There');
    const { entry, outcome } = await there.write(asked.conversation, { kind: 'say', text: 'More' });
    assert.equal(outcome.type, 'durable');
    assert.deepEqual(await attacker.submit(asEntry(asked.bytes), asEntry(entry.bytes)), [
      { type: 'refused', code: 'unknown-conversation' },
      { type: 'refused', code: 'unknown-conversation' },
    ]);
    await there.close();
    await witness.assertUntouched('another community');
  });

  it('dated years ahead are shown at the time they came, and jump no queue', async () => {
    const { scene, visitor, helper } = witness;
    const ahead = scene.now + 10 * 365 * 86_400_000;
    const inbox = await helper.open('inbox/demo');
    const early = await visitor.ask('Asked first');
    const identity = new TestIdentity();
    const pushy = await connect(identity);
    const asked = await identity.ask(scene.community, 'Asked from the future', 'demo', ahead);
    const backdated = await identity.ask(scene.community, 'Asked in 1970', 'demo', 0);
    for (const entry of [asked, backdated])
      assert.equal((await pushy.submit(entry))[0]?.type, 'durable');
    const record = ({ conversation }: Entry): InboxRecord =>
      inbox.records.get(conversation) as InboxRecord;
    await helper.until(() => inbox.records.has(backdated.conversation), 'the inbox');
    for (const entry of [asked, backdated]) {
      const { askedAt, lastAt, waitingSince } = record(entry);
      assert.ok(askedAt <= Date.now() && lastAt <= Date.now(), 'never in the future');
      assert.ok((waitingSince ?? 0) >= (record(early).waitingSince ?? FOR_EVER), 'no queue jumped');
    }
    await pushy.close();
    await witness.remember();
  });

  it('of somebody whose place was taken away are refused, whatever their grant still says', async () => {
    const { scene, visitor } = witness;
    const identity = new TestIdentity();
    await redeem(test.url, scene.community, identity, await test.relay.inviteLink(), 'Eve');
    const eve = await connect(identity);
    const grant = eve.welcome?.grant ?? new Uint8Array();
    assert.ok(grant.length > 0);
    await askOffice(test.relay, 'PATCH', `/members/${identity.member}`, { role: Role.visitor });
    await eve.until(() => eve.closed !== null, 'the way out');
    const back = await connect(identity);
    assert.equal(back.welcome?.grant.length, 0);
    await witness.remember();
    for (const content of [
      { kind: 'join', grant },
      { kind: 'claim' },
      { kind: 'say', text: 'Still here' },
      { kind: 'close' },
    ] as const) {
      const { outcome } = await back.write(scene.conversation, content);
      assert.deepEqual(outcome, { type: 'refused', code: 'forbidden' }, content.kind);
    }
    const inbox = await back.open('inbox/demo');
    assert.equal(inbox.closed, 4403);
    await back.close();
    await witness.assertUntouched('a grant taken back');
    assert.equal(visitor.closed, null);
  });

  it('of somebody blocked are refused on every connection', async () => {
    const { scene, helper } = witness;
    const identity = new TestIdentity();
    const blocked = await connect(identity);
    const asked = await blocked.ask('Before the block');
    await askOffice(test.relay, 'POST', '/blocks', { device: identity.key, hours: 1 });
    await witness.remember();
    const entry = await identity.entry(scene.community, asked.conversation, {
      kind: 'say',
      text: 'By another door',
    });
    const question = await identity.ask(scene.community, 'By another door');
    for (const carrier of [blocked, attacker, helper]) {
      for (const one of [entry, question]) {
        assert.deepEqual(await carrier.submit(one), [{ type: 'refused', code: 'blocked' }]);
      }
    }
    await witness.assertUntouched('somebody blocked');
    await blocked.close();
  });
});

/** S + L: the same signature for a check that does not hold to RFC 8032 §5.1.7. */
function plusOrder(s: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const little = (bytes: Uint8Array): bigint =>
    BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const sum = little(s.slice()) + order;
  return new Uint8Array(Buffer.from(sum.toString(16).padStart(64, '0'), 'hex').reverse());
}
