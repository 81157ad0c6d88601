/** What a person decides about what is held: its effect, what its author hears, who may, and who came first. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { AppealItem, HeldItem } from '../../../shared/api/held.ts';
import type { ErrorResponse } from '../../../shared/api/route/errors.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import { Role } from '../../../shared/grant/roles.ts';
import {
  type ConversationId,
  type DeviceKey,
  type EntryId,
  type Fingerprint,
  type MemberId,
  parseSpaceId,
} from '../../../shared/ids.ts';
import type { Committer } from '../../core/rooms/committer.ts';
import { Batch } from '../../core/rooms/batch.ts';
import type { DecisionFromRelay } from '../../../shared/protocol/decision-messages.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { openSqlite } from '../../storage/sqlite/open-sqlite.ts';
import { BrowserClient } from '../../testing/browser-client.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';
import { Turns } from '../members/turns.ts';
import { forgetHeld } from './forget-held.ts';

const DAY_MS = 86_400_000;
const held = { type: 'held' } as const;
const moderated = { type: 'refused', code: 'moderated' } as const;
type Told = Extract<DecisionFromRelay, { type: 'decision' }>['decisions'][number];

describe('what is held', () => {
  const clock = new ManualClock(Date.now());
  let data: string;
  let test: TestRelay;
  let community: Fingerprint;
  let ana: TestIdentity;
  const devices: TestDevice[] = [];

  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'comptoir-held-'));
    test = await startTestRelay({
      data,
      clock,
      config: { entriesPerMinute: 100_000 },
    });
    community = test.relay.core.authority.fingerprint;
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
  const list = async (): Promise<readonly HeldItem[]> =>
    (await askOffice<{ items: HeldItem[] }>(test.relay, 'GET', '/held')).body.items;
  const item = async (id: string): Promise<HeldItem> =>
    (await list()).find((one) => one.id === id)!;
  const decide = (id: string, act: string, body: object) =>
    askOffice<ErrorResponse & { outcome?: string }>(test.relay, 'POST', `/held/${id}/${act}`, body);
  const told = async (device: TestDevice, what: string): Promise<Told> => {
    const all = (): Told[] => device.heard('decision').flatMap(({ decisions }) => decisions);
    await device.until(() => all().some((one) => one.what === what), what);
    return all().find((one) => one.what === what)!;
  };
  const manager = async (spaces: readonly string[] = [], role: Role = Role.manager) => {
    const identity = new TestIdentity();
    const draft = { role, spaces };
    const { body } = await askOffice<{ link: string }>(test.relay, 'POST', '/invitations', draft);
    await redeem(test.url, community, identity, body.link, 'Max');
    const client = new BrowserClient(test.url, community, identity);
    await client.open();
    return {
      identity,
      async send<Body>(method: string, path: string, json?: object) {
        const body = json === undefined ? {} : { body: JSON.stringify(json) };
        const answer = await client.send(method, `/api/office${path}`, body);
        const text = await answer.text();
        return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Body };
      },
    };
  };

  it('is published when it is approved, with the words that were signed, and its author hears of it', async () => {
    const helper = await connect(ana);
    const visitor = await connect();
    const question = await visitor.ask('Which drill?');
    const room = await helper.open(conversationRoom(question.conversation));
    const { entry } = await say(visitor, question, 'zebraquartz, if you ask me');
    const waiting = await item(entry.id);
    assert.equal(waiting.text, 'zebraquartz, if you ask me');
    assert.deepEqual(
      waiting.context.map(({ text }) => text),
      ['Which drill?'],
    );
    const { status, body } = await decide(entry.id, 'approve', { if: waiting.version });
    assert.deepEqual([status, body.outcome], [200, 'durable']);
    await helper.until(() => room.rows.length === 2, 'the row');
    const row = room.rows[1]!;
    assert.ok(row.type === 'entry');
    assert.deepEqual([...row.entry], [...entry.bytes]);
    assert.equal((await told(visitor, 'approved')).automatic, false);
    await visitor.until(() => visitor.outcomes.get(entry.id)?.type === 'durable', 'an answer');
    assert.deepEqual(await visitor.submit(entry), [{ type: 'duplicate', seq: 1 }]);
    assert.equal(await item(entry.id), undefined);
    const again = await decide(entry.id, 'approve', { if: 0 });
    assert.deepEqual([again.status, again.body.by], [409, 'command-line']);
  });

  it('as a question is published with what its asker added, in order; what has a rule of its own waits on', async () => {
    const visitor = await connect();
    const question = await visitor.ask('Is zebraquartz good?');
    const more = await say(visitor, question, 'For a wall');
    const bad = await say(visitor, question, 'zebraquartz again');
    const last = await say(visitor, question, 'A thick one');
    const first = await decide(more.entry.id, 'approve', { if: 0 });
    assert.equal(first.status, 409, 'its question comes first');
    assert.equal((await decide(question.id, 'approve', { if: 0 })).body.outcome, 'durable');
    await visitor.until(() => visitor.outcomes.get(last.entry.id)?.type === 'durable', 'an answer');
    assert.deepEqual(await visitor.submit(question, more.entry, bad.entry, last.entry), [
      { type: 'duplicate', seq: 0 },
      { type: 'duplicate', seq: 1 },
      held,
      { type: 'duplicate', seq: 2 },
    ]);
    assert.equal((await decide(bad.entry.id, 'approve', { if: 0 })).body.outcome, 'durable');
    await visitor.until(() => visitor.outcomes.get(bad.entry.id)?.type === 'durable', 'an answer');
    assert.deepEqual(await visitor.submit(bad.entry), [{ type: 'duplicate', seq: 3 }]);
  });

  it('is judged anew: a blocked author is not published', async () => {
    const visitor = await connect();
    const question = await visitor.ask('Which drill?');
    const { entry } = await say(visitor, question, 'zebraquartz');
    const { member } = visitor.identity;
    const block = await askOffice<{ id: string }[]>(test.relay, 'POST', '/blocks', { member });
    assert.equal((await decide(entry.id, 'approve', { if: 0 })).body.outcome, 'blocked');
    assert.deepEqual((await told(visitor, 'refused')).code, 'blocked');
    await askOffice(test.relay, 'DELETE', `/blocks/${block.body[0]!.id}`);
    assert.deepEqual(await visitor.submit(entry), [moderated]);
  });

  it('is refused for ever, with a reason, a question with what was added; or a change is asked for', async () => {
    const visitor = await connect();
    const question = await visitor.ask('zebraquartz?');
    const more = await say(visitor, question, 'For a wall');
    const reason = 'Not the place for it.';
    assert.equal((await decide(question.id, 'refuse', { if: 0, reason })).status, 204);
    assert.equal((await told(visitor, 'refused')).reason, reason);
    assert.deepEqual(await visitor.submit(question, more.entry), [moderated, moderated]);
    const other = await visitor.ask('Which drill?');
    const { entry } = await say(visitor, other, 'zebraquartz');
    await decide(entry.id, 'change', { if: 0, reason: 'Without the brand, please.' });
    assert.equal((await told(visitor, 'change-asked')).id, entry.id);
    assert.deepEqual(await visitor.submit(entry), [moderated]);
  });

  it('is decided by one person: whoever saw another version, or comes while it is locked, is told who', async () => {
    const [max, eve] = [await manager(), await manager()];
    const visitor = await connect();
    const question = await visitor.ask('Which drill?');
    const { entry } = await say(visitor, question, 'zebraquartz');
    const lock = await max.send<{ version: number }>('POST', `/held/${entry.id}/lock`, { if: 0 });
    assert.equal(lock.status, 200);
    const path = `/held/${entry.id}/approve`;
    const late = await eve.send<ErrorResponse>('POST', path, { if: lock.body.version });
    assert.deepEqual([late.status, late.body.by], [409, max.identity.member]);
    const stale = await max.send<ErrorResponse>('POST', path, { if: 0 });
    assert.equal(stale.status, 409);
    const both = await Promise.all(
      [max, max].map((one) => one.send<ErrorResponse>('POST', path, { if: lock.body.version })),
    );
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    assert.equal(both.find(({ status }) => status === 409)?.body.by, max.identity.member);
    // A lock ends by itself.
    const next = await say(visitor, question, 'zebraquartz 2');
    await max.send('POST', `/held/${next.entry.id}/lock`, { if: 0 });
    clock.advance(3 * 60_000);
    const taken = await eve.send('POST', `/held/${next.entry.id}/refuse`, { if: 1 });
    assert.equal(taken.status, 204);
  });

  it('is a guardian’s in their own spaces alone', async () => {
    await askOffice(test.relay, 'POST', '/spaces', { id: 'paint', name: { en: 'Paint' } });
    const guardian = await manager(['paint'], Role.guardian);
    const visitor = await connect();
    const question = await visitor.ask('Which drill?');
    const { entry } = await say(visitor, question, 'zebraquartz');
    const { body } = await guardian.send<{ items: HeldItem[] }>('GET', '/held');
    assert.deepEqual(body.items, []);
    for (const act of ['approve', 'refuse', 'change', 'lock', 'unlock']) {
      const { status } = await guardian.send('POST', `/held/${entry.id}/${act}`, { if: 0 });
      assert.equal(status, 403, act);
    }
    const here = await manager(['demo'], Role.guardian);
    assert.equal((await here.send('POST', `/held/${entry.id}/approve`, { if: 0 })).status, 200);
  });

  it('is looked at again after an appeal, by another person, and published if it is granted', async () => {
    const [max, eve] = [await manager(), await manager()];
    const visitor = await connect();
    const question = await visitor.ask('Which drill?');
    const { entry } = await say(visitor, question, 'zebraquartz is a stone');
    await max.send('POST', `/held/${entry.id}/refuse`, { if: 0 });
    const { reference } = await told(visitor, 'refused');
    visitor.say({ type: 'appeal', reference, text: 'It is one' });
    await visitor.until(() => visitor.heard('appealed').length > 0, 'an answer');
    const { body } = await eve.send<{ items: AppealItem[] }>('GET', '/appeals');
    const appeal = body.items.find((one) => one.reference === reference);
    assert.deepEqual(
      [appeal?.appeal, appeal?.text, appeal?.by],
      ['It is one', 'zebraquartz is a stone', max.identity.member],
    );
    const path = `/appeals/${reference}/decide`;
    assert.equal((await max.send('POST', path, { grant: false })).status, 403, 'it was theirs');
    const granted = await eve.send('POST', path, { grant: true, reason: 'Right.' });
    assert.deepEqual(granted, { status: 200, body: { published: true } });
    const outcome = await told(visitor, 'appeal-decided');
    assert.deepEqual([outcome.code, outcome.reason, outcome.id], ['granted', 'Right.', entry.id]);
    assert.deepEqual(await visitor.submit(entry), [{ type: 'duplicate', seq: 1 }]);
    const twice = await eve.send<ErrorResponse>('POST', path, { grant: true });
    assert.deepEqual([twice.status, twice.body.by], [409, eve.identity.member]);
    visitor.say({ type: 'appeal', reference, text: 'Again' });
    await visitor.until(() => visitor.heard('appealed').length > 1, 'an answer');
    const { body: none } = await eve.send<{ items: AppealItem[] }>('GET', '/appeals');
    assert.deepEqual(none.items, []);
  });

  it('waits on when an appeal about it is granted before its question is decided', async () => {
    const visitor = await connect();
    const question = await visitor.ask('Is zebraquartz good?');
    const { entry } = await say(visitor, question, 'zebraquartz again');
    await visitor.until(() => visitor.heard('decision').length > 1, 'both decisions');
    const all = visitor.heard('decision').flatMap(({ decisions }) => decisions);
    const { reference } = all.find(({ id }) => id === entry.id)!;
    visitor.say({ type: 'appeal', reference, text: 'It is a stone' });
    await visitor.until(() => visitor.heard('appealed').length > 0, 'an answer');
    const grant = () =>
      askOffice(test.relay, 'POST', `/appeals/${reference}/decide`, { grant: true });
    assert.equal((await grant()).status, 409, 'its question comes first');
    assert.deepEqual(await visitor.submit(entry), [held]);
    assert.equal((await decide(question.id, 'approve', { if: 0 })).body.outcome, 'durable');
    assert.deepEqual(await grant(), { status: 200, body: { published: true } });
    await visitor.until(() => visitor.outcomes.get(entry.id)?.type === 'durable', 'an answer');
    assert.deepEqual(await visitor.submit(entry), [{ type: 'duplicate', seq: 1 }]);
  });

  it('is nobody’s own to decide about, nor is an appeal', async () => {
    const guardian = await manager(['demo'], Role.guardian);
    await manager();
    const device = await connect(guardian.identity);
    const question = await (await connect()).ask('Which drill?');
    const { entry } = await say(device, question, 'zebraquartz, says a guardian');
    for (const act of ['approve', 'refuse', 'change', 'lock', 'unlock']) {
      const { status } = await guardian.send('POST', `/held/${entry.id}/${act}`, { if: 0 });
      assert.equal(status, 403, act);
    }
    await decide(entry.id, 'refuse', { if: 0 });
    const { reference } = await told(device, 'refused');
    device.say({ type: 'appeal', reference, text: 'Mine' });
    await device.until(() => device.heard('appealed').length > 0, 'an answer');
    const path = `/appeals/${reference}/decide`;
    assert.equal((await guardian.send('POST', path, { grant: true })).status, 403);
    assert.deepEqual(await device.submit(entry), [moderated]);
  });

  it('and refused is in no file any more, if that is asked for', async () => {
    const visitor = await connect();
    const question = await visitor.ask('Which drill?');
    const gone = await say(visitor, question, 'zebraquartz pumpernickel');
    await decide(gone.entry.id, 'refuse', { if: 0, erase: true });
    await visitor.until(() => visitor.outcomes.get(gone.entry.id)?.type === 'refused', 'an answer');
    assert.deepEqual(await visitor.submit(gone.entry), [moderated]);
    for (const device of devices.splice(0)) await device.close();
    await test.relay.stop();
    for (const name of await readdir(data)) {
      const file = await readFile(join(data, name)).catch(() => Buffer.alloc(0)); // a socket is none
      assert.equal(file.includes('pumpernickel'), false, name);
    }
  });
});

it('what was refused goes from the files when nobody can appeal any more, and stays refused', async () => {
  const clock = new ManualClock();
  const data = await mkdtemp(join(tmpdir(), 'comptoir-held-'));
  let storage = await openSqlite(data);
  const id = 'A'.repeat(22) as EntryId;
  const member = 'C'.repeat(21).concat('A') as MemberId;
  const bytes = new TextEncoder().encode('a pumpernickel');
  const where = { conversation: id as string as ConversationId, space: parseSpaceId('demo') };
  const device = 'D'.repeat(42).concat('A') as DeviceKey;
  const why = { kind: 3, size: bytes.length, rule: 'x', code: 'scam', since: 1 };
  await storage.held.putHeld({ id, ...where, member, device, ...why, state: 'held', bytes });
  await storage.fates.putFate(id, moderated);
  const until = clock.now() + DAY_MS;
  await storage.held.refuseHeld(id, until);
  const committer: Pick<Committer, 'write'> = {
    async write(load, apply) {
      const batch = new Batch();
      apply(batch, await load(null as never));
      await storage.rooms.commit(batch.seal());
    },
  };
  const turns = new Turns();
  const inTurn = (work: () => Promise<void>) => turns.take(work);
  const { run } = forgetHeld({ storage: storage.held, committer, clock, inTurn });
  const job = { id: 1, kind: 'forget-held', key: '', body: '', tries: 1, leasedUntil: 0 };
  const look = () => run(job, { port: '', op: '', args: [] });
  clock.turn(2 * DAY_MS); // a clock that is wrong for a while deletes nothing
  await look();
  clock.turn(-2 * DAY_MS);
  clock.advance(3_600_000);
  await look();
  assert.ok(await storage.held.heldEntry(id));
  clock.advance(DAY_MS);
  // Somebody is deciding about it just now.
  const deciding = Promise.withResolvers<undefined>();
  const decided = turns.take(async () => {
    await deciding.promise;
    await storage.held.refuseHeld(id, clock.now() + DAY_MS);
  });
  const looked = look();
  deciding.resolve(undefined);
  await Promise.all([decided, looked]);
  assert.ok(await storage.held.heldEntry(id), 'it is kept as was decided');
  clock.advance(DAY_MS);
  await look();
  assert.equal(await storage.held.heldEntry(id), undefined);
  for (const again of [false, true]) {
    assert.deepEqual(await storage.rooms.fates([id]), new Map([[id, moderated]]), `${again}`);
    await storage.close();
    for (const name of await readdir(data))
      assert.equal((await readFile(join(data, name))).includes('pumpernickel'), false, name);
    storage = await openSqlite(data);
  }
  await storage.close();
  await rm(data, { recursive: true, force: true });
});
