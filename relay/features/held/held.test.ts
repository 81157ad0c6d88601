/** What is held: kept for its author alone, answered again, within bounds, and taken back. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Entry } from '../../../shared/entry/entry.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { type Fingerprint, parseSpaceId } from '../../../shared/ids.ts';
import { conversationRoom, inboxRoom } from '../../../shared/protocol/rooms.ts';
import { MOST_HELD } from '../../core/held/held-book.ts';
import type { Log } from '../../core/ports/log.ts';
import { openSqlite } from '../../storage/sqlite/open-sqlite.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';

const demo = parseSpaceId('demo');
const held = { type: 'held' } as const;
const unknown = { type: 'refused', code: 'unknown-conversation' } as const;
const erased = { type: 'refused', code: 'erased' } as const;

describe('what is held', () => {
  let data: string;
  let test: TestRelay;
  let community: Fingerprint;
  let ana: TestIdentity;
  const lines: string[] = [];
  const note = (...said: readonly unknown[]): void => void lines.push(JSON.stringify(said));
  const log: Log = { info: note, warn: note, error: note };
  const devices: TestDevice[] = [];

  const start = async (): Promise<void> => {
    test = await startTestRelay({ data, log, config: { entriesPerMinute: 100_000 } });
    community = test.relay.core.authority.fingerprint;
  };
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'comptoir-held-'));
    await start();
    ana = new TestIdentity();
    await redeem(test.url, community, ana, await test.relay.inviteLink(Role.staff), 'Ana');
    const rule = { pattern: 'zebraquartz', action: 'hold', kind: 'scam' };
    await askOffice(test.relay, 'POST', '/words', rule);
  });
  afterEach(async () => {
    for (const device of devices.splice(0)) await device.close();
  });
  after(async () => {
    await test[Symbol.asyncDispose]();
    await rm(data, { recursive: true, force: true });
  });

  const connect = async (identity = new TestIdentity()): Promise<TestDevice> => {
    const device = await TestDevice.connect(test.socketUrl, community, { identity });
    devices.push(device);
    return device;
  };
  const say = (device: TestDevice, { conversation }: Entry, text: string) =>
    device.write(conversation, { kind: 'say', text });

  it('reaches no other device, room, inbox or log, and its author is told the kind of the rule alone', async () => {
    const helper = await connect(ana);
    const frames: Buffer[] = [];
    helper.socket.on('message', (frame) => frames.push(frame as Buffer));
    const visitor = await connect();
    const question = await visitor.ask('Which drill?');
    const room = await helper.open(conversationRoom(question.conversation));
    const inbox = await helper.open(inboxRoom(demo));
    const { entry, outcome } = await say(visitor, question, 'Buy zebraquartz now');
    assert.deepEqual(outcome, held);
    assert.deepEqual(await visitor.submit(entry), [held], 'sent again');
    await say(visitor, question, 'A second message');
    await helper.until(() => room.rows.length === 2, 'what follows');
    await visitor.until(() => visitor.heard('decision').length > 0, 'the decision');
    const [told] = visitor.heard('decision')[0]!.decisions;
    assert.deepEqual(
      { ...told, reference: '' },
      {
        id: entry.id,
        what: 'held',
        code: 'scam',
        reason: '',
        until: 0,
        automatic: true,
        reference: '',
      },
    );
    assert.equal(JSON.stringify([...inbox.records]).includes('zebraquartz'), false);
    assert.equal(Buffer.concat(frames).includes('zebraquartz'), false, 'a frame has it');
    assert.equal(lines.join('').includes('zebraquartz'), false, 'the log has it');
    assert.deepEqual(helper.heard('decision'), []);
  });

  it('with a question holds its whole conversation for its asker, and nobody else knows it', async () => {
    const helper = await connect(ana);
    const visitor = await connect();
    const question = await visitor.ask('Is zebraquartz good?');
    assert.deepEqual(visitor.outcomes.get(question.id), held);
    const more = await say(visitor, question, 'For a wall');
    assert.deepEqual(more.outcome, held);
    const { outcome: closed } = await visitor.write(question.conversation, { kind: 'close' });
    assert.deepEqual(closed, held);
    assert.deepEqual((await say(helper, question, 'Hello')).outcome, unknown);
    const stranger = await connect();
    assert.deepEqual((await say(stranger, question, 'Hello')).outcome, unknown);
    assert.equal((await visitor.open(conversationRoom(question.conversation))).closed, 4404);
    assert.equal((await helper.open(conversationRoom(question.conversation))).closed, 4404);

    // Also after a restart.
    for (const device of devices.splice(0)) await device.close();
    await test.relay.stop();
    await start();
    const again = await connect(visitor.identity);
    assert.deepEqual(await again.submit(question, more.entry), [held, held]);
    assert.deepEqual((await say(again, question, 'And another')).outcome, held);
    const nobody = await connect();
    assert.deepEqual((await say(nobody, question, 'Hello')).outcome, unknown);
  });

  it('is taken back by its author alone, and is gone from every file', async () => {
    const visitor = await connect();
    const question = await visitor.ask('A clean question');
    const other = await visitor.ask('Another clean question');
    const { entry } = await say(visitor, question, 'zebraquartz marmalade');
    const retract = (device: TestDevice, { conversation }: Entry) =>
      device.write(conversation, { kind: 'retract', target: entry.id });
    const forbidden = { type: 'refused', code: 'forbidden' } as const;
    const stranger = await connect();
    assert.deepEqual((await retract(stranger, question)).outcome, forbidden);
    assert.deepEqual((await retract(visitor, other)).outcome, forbidden, 'it is not there');
    assert.deepEqual(await visitor.submit(entry), [held]);
    assert.deepEqual((await retract(visitor, question)).outcome, erased);
    assert.deepEqual(await visitor.submit(entry), [erased]);
    const room = await visitor.open(conversationRoom(question.conversation));
    assert.equal(room.rows.length, 1, 'nobody hears of it');
    await test.relay.stop();
    for (const name of await readdir(data))
      if (!name.endsWith('.sock'))
        assert.equal((await readFile(join(data, name))).includes('marmalade'), false, name);
    await start();
  });

  it('is taken back by its author, who turned out to be somebody known', async () => {
    for (const first of ['A clean question', 'zebraquartz question']) {
      const guest = await connect();
      const question = await guest.ask(first);
      const { entry } = await say(guest, question, 'zebraquartz');
      const { key, member: from } = guest.identity;
      const merge = { from, to: new TestIdentity().member };
      await test.relay.members.merge({
        ...merge,
        devices: [{ device: key, label: '' }],
        customer: false,
      });
      await test.relay.merges.settle(merge);
      await guest.until(() => guest.closed !== null, 'the end of the connection');
      const back = await connect(guest.identity);
      const retract = { kind: 'retract', target: entry.id } as const;
      assert.deepEqual((await back.write(question.conversation, retract)).outcome, erased, first);
    }
  });

  it('with a question is taken back as a whole', async () => {
    const visitor = await connect();
    const question = await visitor.ask('zebraquartz question');
    const more = await say(visitor, question, 'For a wall');
    const target = question.id;
    const { outcome } = await visitor.write(question.conversation, { kind: 'retract', target });
    assert.deepEqual(outcome, erased);
    assert.deepEqual(await visitor.submit(question, more.entry), [erased, erased]);
    assert.deepEqual((await say(visitor, question, 'Hello')).outcome, unknown);
  });

  it('is all that is not the brand’s, where somebody reads before it is published', async () => {
    const helper = new TestIdentity();
    await redeem(test.url, community, helper, await test.relay.inviteLink(Role.helper), 'Hal');
    const visitor = await connect();
    const question = await visitor.ask('A clean question');
    const publish = (when: string) =>
      askOffice(test.relay, 'PATCH', '/spaces/demo', { publish: when });
    await publish('before');
    const said = await say(visitor, question, 'And more');
    assert.deepEqual(said.outcome, held);
    assert.deepEqual((await say(await connect(helper), question, 'Hello')).outcome, held);
    assert.equal((await say(await connect(ana), question, 'I am staff')).outcome.type, 'durable');
    const claim = await (await connect(ana)).write(question.conversation, { kind: 'claim' });
    assert.equal(claim.outcome.type, 'durable', 'it says nothing');
    await visitor.until(() => visitor.heard('decision').length > 0, 'the decision');
    assert.equal(visitor.heard('decision')[0]?.decisions[0]?.code, 'before');
    await publish('after');
    assert.equal((await say(visitor, question, 'At once')).outcome.type, 'durable');
  });

  it('or refused tells its author nothing to learn the list from: the kind alone, whatever was tried', async () => {
    const rules = ['pumpernickel', 'marmalade'].map((pattern) => ({
      pattern,
      action: 'refuse',
      kind: 'insult',
    }));
    await askOffice(test.relay, 'POST', '/word-imports', { rules });
    const visitor = await connect();
    const question = await visitor.ask('A clean question');
    for (const text of ['pumpernickel', 'marmalade', 'both: marmalade pumpernickel'])
      assert.deepEqual((await say(visitor, question, text)).outcome, {
        type: 'refused',
        code: 'moderated',
      });
    const tried = () => visitor.heard('decision').flatMap(({ decisions }) => decisions);
    await visitor.until(() => tried().length === 3, 'the decisions');
    for (const { id, reference, ...told } of tried()) {
      assert.ok(id && reference);
      const about = { what: 'refused', code: 'insult', reason: '', until: 0, automatic: true };
      assert.deepEqual(told, about);
    }
  });

  it('has room for so much of one device, and puts the rest off', async () => {
    const visitor = await connect();
    const question = await visitor.ask('zebraquartz');
    for (let count = 1; count < MOST_HELD.device.entries; count++)
      assert.equal((await say(visitor, question, `More ${count}`)).outcome.type, 'held');
    assert.equal((await say(visitor, question, 'Too much')).outcome.type, 'later');
    const other = await connect();
    assert.deepEqual(
      (await say(other, await other.ask('Clean'), 'zebraquartz')).outcome,
      held,
      'another device has its own',
    );
    const long = await connect();
    const first = await long.ask('zebraquartz');
    const text = 'é'.repeat(3_990);
    let bytes = first.bytes.length;
    for (let count = 0; ; count++) {
      const { entry, outcome } = await say(long, first, `${text} ${count}`);
      if (outcome.type !== 'held') break;
      bytes += entry.bytes.length;
    }
    assert.ok(bytes <= MOST_HELD.device.bytes && bytes > MOST_HELD.device.bytes - 9_000);
  });

  it('is not brought back by an older backup, once it was taken back', async () => {
    const own = await mkdtemp(join(tmpdir(), 'comptoir-held-'));
    const storage = await openSqlite(own);
    const entry = {
      id: 'A'.repeat(22),
      conversation: 'B'.repeat(21).concat('A'),
      space: demo,
      member: 'C'.repeat(21).concat('A'),
      device: 'D'.repeat(42).concat('A'),
      kind: 3,
      size: 3,
      rule: '',
      code: '',
      since: 1,
      state: 'held',
      bytes: new Uint8Array([1, 2, 3]),
    } as unknown as Parameters<typeof storage.held.putHeld>[0];
    const { id, member } = entry;
    await storage.held.putHeld(entry);
    await storage.fates.putFate(id, { type: 'held', member });
    await rm(join(own, 'copy.sqlite'), { force: true });
    await storage.copyTo(join(own, 'copy.sqlite'));
    await storage.rooms.commit({ changes: [], writes: [], forget: [{ id, member }] });
    await storage.close();
    for (const name of ['comptoir.sqlite-wal', 'comptoir.sqlite-shm'])
      await rm(join(own, name), { force: true });
    await copyFile(join(own, 'copy.sqlite'), join(own, 'comptoir.sqlite'));
    const restored = await openSqlite(own);
    assert.equal(await restored.held.heldEntry(id), undefined);
    assert.deepEqual(await restored.rooms.fates([id]), new Map([[id, { type: 'erased', member }]]));
    await restored.close();
    await rm(own, { recursive: true, force: true });
  });
});
