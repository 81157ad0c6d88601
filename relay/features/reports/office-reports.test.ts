/** The office's side of reports: who sees and decides what, once. */
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ReportItem } from '../../../shared/api/reports.ts';
import { Role } from '../../../shared/grant/roles.ts';
import type { ConversationId, EntryId, Fingerprint } from '../../../shared/ids.ts';
import { conversationRoom } from '../../../shared/protocol/rooms.ts';
import { demoSpace } from '../../demo-space.ts';
import { openSqlite } from '../../storage/sqlite/open-sqlite.ts';
import type { Storage } from '../../storage/storage.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';

const MEAN = 'Espèce de cornichon molletonné';

describe('the office', () => {
  let test: TestRelay;
  let storage: Storage;
  let community: Fingerprint;
  let asker: TestDevice;
  let author: TestDevice;
  let guardian: TestDevice;
  let conversation: ConversationId;
  let target: EntryId;

  before(async () => {
    test = await startTestRelay({
      config: { entriesPerMinute: 10_000, questionsPerHour: 1_000 },
      openStorage: async (folder) => (storage = await openSqlite(folder)),
    });
    community = test.relay.core.authority.fingerprint;
    await test.relay.spaces.set({ ...demoSpace, mode: 1 });
    asker = await TestDevice.connect(test.socketUrl, community);
    author = await TestDevice.connect(test.socketUrl, community);
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(Role.guardian), 'Gus');
    guardian = await TestDevice.connect(test.socketUrl, community, { identity });
  });
  after(async () => {
    for (const device of [asker, author, guardian]) await device.close();
    await test[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    ({ conversation } = await asker.ask('Which drill?'));
    target = (await author.write(conversation, { kind: 'say', text: MEAN })).entry.id;
  });

  const report = async (device: TestDevice): Promise<void> => {
    await device.write(conversation, { kind: 'report', target, reason: 1, text: 'Rude' });
    while ((await storage.jobs.nextDue(['weigh-reports'])) !== null);
  };
  const waiting = async (): Promise<readonly ReportItem[]> => {
    const { body } = await askOffice<{ items: ReportItem[] }>(test.relay, 'GET', '/reports');
    return body.items.filter(({ id }) => id === target);
  };
  const decide = (how: 'hide' | 'unhide', body: object = {}) =>
    askOffice<{ state?: string; version: number; by?: string }>(
      test.relay,
      'POST',
      `/messages/${target}/${how}`,
      body,
    );

  it('sees a reported message with its reasons and what was said before', async () => {
    await report(asker);
    const [item] = await waiting();
    assert.equal(item?.text, MEAN);
    assert.deepEqual([item.state, item.count, item.author], ['open', 1, author.identity.member]);
    assert.deepEqual(
      item.reports.map(({ member, reason, text }) => [member, reason, text]),
      [[asker.identity.member, 'insult', 'Rude']],
    );
    assert.deepEqual(
      item.context.map(({ text }) => text),
      ['Which drill?'],
    );
    await report(guardian);
    assert.deepEqual(
      (await waiting()).map(({ state, text }) => [state, text]),
      [['hidden', MEAN]],
    );
  });

  it('decides once: who comes second learns who decided', async () => {
    await report(guardian);
    const [{ version } = { version: 0 }] = await waiting();
    const first = await decide('unhide', { if: version, reason: 'A joke' });
    assert.deepEqual([first.status, first.body.state], [200, 'kept']);
    const second = await decide('hide', { if: version });
    assert.deepEqual([second.status, second.body.by], [409, 'command-line']);
    assert.deepEqual(await waiting(), []);
    const again = await decide('hide', { if: first.body.version });
    assert.deepEqual([again.status, again.body.state], [200, 'hidden']);
    assert.deepEqual(await waiting(), []);
  });

  it('leaves hidden what it agrees with, and says so to whoever reported it', async () => {
    await report(guardian);
    assert.equal((await waiting()).length, 1);
    assert.equal((await decide('hide')).body.state, 'hidden');
    assert.deepEqual(await waiting(), []);
    const decided = await storage.decisions.decisionsAbout(target);
    assert.deepEqual(
      decided.map(({ what, code, member }) => [what, code, member]),
      [['hidden', 'insult', author.identity.member]],
    );
  });

  it('hides what nobody reported, and knows nothing of what is not there', async () => {
    assert.equal((await decide('unhide')).status, 404);
    assert.equal((await decide('hide', { reason: 'No advertising' })).status, 200);
    const { status } = await askOffice(test.relay, 'POST', `/messages/${'A'.repeat(22)}/hide`, {});
    assert.equal(status, 404);
    const [decision] = await storage.decisions.decisionsAbout(target);
    assert.deepEqual([decision?.code, decision?.reason], ['manager', 'No advertising']);
  });

  it('shows a message again when its author’s appeal is granted', async () => {
    await report(guardian);
    const [decision] = await storage.decisions.decisionsAbout(target);
    const { reference } = decision!;
    author.say({ type: 'appeal', reference, text: 'It is a joke' });
    await author.until(() => author.heard('appealed').length > 0, 'an answer');
    const path = `/appeals/${reference}/decide`;
    const granted = await askOffice(test.relay, 'POST', path, { grant: true, reason: 'Right.' });
    assert.deepEqual(granted, { status: 200, body: { published: true } });
    const fate = (await storage.rooms.fates([target])).get(target);
    assert.equal(fate?.type, 'numbered');
    const told = await storage.decisions.decisionsAbout(target);
    assert.deepEqual(told.map(({ what }) => what).toSorted(), [
      'appeal-decided',
      'hidden',
      'unhidden',
    ]);
    assert.deepEqual(await waiting(), []);
  });

  it('lists nothing that was withdrawn', async () => {
    await report(asker);
    assert.equal((await waiting()).length, 1);
    await author.write(conversation, { kind: 'retract', target });
    while ((await waiting()).length > 0);
  });

  it('lists nothing after a start that was withdrawn just before a crash', async () => {
    await report(asker);
    const open = (await storage.reports.reportCase(target))!;
    await author.write(conversation, { kind: 'retract', target });
    while ((await waiting()).length > 0);
    await storage.reports.putCase(open); // as if nobody had been told
    await test.relay.reports.start();
    assert.deepEqual(await waiting(), []);
    assert.equal((await storage.reports.reportCase(target))?.state, 'gone');
  });

  it('takes a guardian’s decision where a manager has not looked, in their spaces', async () => {
    const { office } = test.relay.reports;
    const by = guardian.identity.member;
    const asGuardian = { by, guardian: true, reason: '', isTheirs: () => true };
    const elsewhere = { ...asGuardian, isTheirs: () => false };
    assert.equal((await office.hide(target, elsewhere)).type, 'elsewhere');
    assert.equal((await office.hide(target, asGuardian)).type, 'done');
    assert.equal((await waiting()).length, 1, 'a manager looks at it');
    assert.equal((await decide('unhide')).status, 200);
    assert.equal((await office.hide(target, asGuardian)).type, 'decided');
  });

  it('takes no guardian’s decision about words of their own', async () => {
    const manager = await test.relay.inviteLink(Role.manager);
    await redeem(test.url, community, new TestIdentity(), manager, 'Max');
    const said = await guardian.write(conversation, { kind: 'say', text: MEAN });
    target = said.entry.id;
    await report(asker);
    const { office } = test.relay.reports;
    const by = guardian.identity.member;
    const asGuardian = { by, guardian: true, reason: '' };
    assert.equal((await office.unhide(target, asGuardian)).type, 'own', 'though it is seen');
    await report(author);
    assert.equal((await decide('hide')).status, 200);
    assert.equal((await office.unhide(target, { by, reason: '' })).type, 'own');
    assert.equal((await waiting()).length, 0);
  });
});

it('shows again what a start hid by its list alone, as after a crash or a restore', async () => {
  const data = await mkdtemp(join(tmpdir(), 'comptoir-reports-'));
  const identity = new TestIdentity();
  const connect = (test: TestRelay) =>
    TestDevice.connect(test.socketUrl, test.relay.core.authority.fingerprint, { identity });
  let target: EntryId;
  let conversation: ConversationId;
  {
    await using first = await startTestRelay({ data });
    const device = await connect(first);
    ({ conversation } = await device.ask('Which drill?'));
    target = (await device.write(conversation, { kind: 'say', text: MEAN })).entry.id;
    await device.close();
  }
  await appendFile(join(data, 'erased.log'), `h ${target} ${identity.member}\n`);
  {
    await using second = await startTestRelay({ data });
    const device = await connect(second);
    const room = await device.open(conversationRoom(conversation));
    assert.equal(room.rows.length, 1, 'it is hidden');
    const { status } = await askOffice(second.relay, 'POST', `/messages/${target}/unhide`, {});
    assert.equal(status, 200);
    await device.until(() => room.rows.length === 3, 'the message and the act');
    await device.close();
  }
  await rm(data, { recursive: true, force: true });
});
