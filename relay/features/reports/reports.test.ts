/** Reports on the wire: what they hide, and what nobody hides by them. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ConversationId, EntryId, Fingerprint } from '../../../shared/ids.ts';
import { encodeRow } from '../../../shared/conversation/row.ts';
import { Role } from '../../../shared/grant/roles.ts';
import { contentOf, decodeEntry } from '../../../shared/entry/entry.ts';
import { conversationRoom, inboxRoom, spaceRoom } from '../../../shared/protocol/rooms.ts';
import { openSqlite } from '../../storage/sqlite/open-sqlite.ts';
import type { Storage } from '../../storage/storage.ts';
import { askOffice } from '../../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, type TestRoom, redeem } from '../../testing/test-device.ts';
import { demoSpace } from '../../demo-space.ts';
import { MOST_AUTOMATIC, MOST_BY_GUARDIAN } from './weigh-reports.ts';

const DAY = 86_400_000;
const MEAN = 'Espèce de cornichon molletonné';

describe('reports', () => {
  let test: TestRelay;
  let storage: Storage;
  let community: Fingerprint;
  let devices: TestDevice[];
  /** The asker of `conversation`, which is public. */
  let asker: TestDevice;
  let conversation: ConversationId;

  beforeEach(async () => {
    devices = [];
    test = await startTestRelay({
      config: { entriesPerMinute: 10_000, questionsPerHour: 1_000, socketsPerAddress: 1_000 },
      openStorage: async (folder) => (storage = await openSqlite(folder)),
    });
    community = test.relay.core.authority.fingerprint;
    await test.relay.spaces.set({ ...demoSpace, mode: 1 });
    asker = await visitor('127.0.9.1');
    ({ conversation } = await asker.ask('Which drill?'));
  });
  afterEach(async () => {
    for (const device of devices) await device.close();
    await test[Symbol.asyncDispose]();
  });

  async function connect(identity: TestIdentity, from?: string): Promise<TestDevice> {
    const options = from === undefined ? { identity } : { identity, from };
    const device = await TestDevice.connect(test.socketUrl, community, options);
    devices.push(device);
    return device;
  }
  const visitor = (from?: string): Promise<TestDevice> => connect(new TestIdentity(), from);

  async function atDesk(role: Role, from?: string): Promise<TestDevice> {
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(role), `D${role}`);
    return connect(identity, from);
  }

  /** Visitors of a network each, who first wrote something a day ago. */
  async function regulars(count: number, network = (index: number) => `127.1.${index}.1`) {
    const some: TestDevice[] = [];
    for (let index = 1; index <= count; index++) {
      const device = await visitor(network(index));
      await storage.reports.wroteFirst(device.identity.member, Date.now() - DAY - 1);
      some.push(device);
    }
    return some;
  }

  const says = async (device: TestDevice, text = MEAN): Promise<EntryId> => {
    const { entry, outcome } = await device.write(conversation, { kind: 'say', text });
    assert.equal(outcome.type, 'durable');
    return entry.id;
  };
  const reports = async (device: TestDevice, target: EntryId, reason = 1): Promise<string> =>
    (await device.write(conversation, { kind: 'report', target, reason, text: '' })).outcome.type;

  /** What a reader is shown of the conversation: texts, and kinds of what is not said. */
  const shown = (room: TestRoom): string[] =>
    room.rows
      .flatMap((row) => (row.type === 'entry' ? [row] : []))
      .toSorted((a, b) => a.place - b.place || a.seq - b.seq)
      .map(({ entry }) => {
        const content = contentOf(decodeEntry(entry, community));
        return 'text' in content ? content.text : content.kind;
      });
  /** All jobs that were put are done. */
  const settled = async (): Promise<void> => {
    while ((await storage.jobs.nextDue(['weigh-reports'])) !== null);
  };
  const stateOf = async (target: EntryId) => {
    await settled();
    return (await storage.reports.reportCase(target))?.state;
  };

  it('by enough regulars hide a message for everyone, where it was', async () => {
    const [one, other] = await regulars(2);
    const author = await visitor('127.0.8.1');
    const room = await asker.open(conversationRoom(conversation));
    const target = await says(author);
    await says(asker, 'Please be kind');
    assert.equal(await reports(one!, target), 'taken');
    assert.equal(await stateOf(target), 'open');
    assert.equal(await reports(other!, target), 'taken');
    await asker.until(() => shown(room).includes('hide'), 'the hiding');
    assert.deepEqual(shown(room), ['Which drill?', 'hide', 'Please be kind']);
    assert.equal(await stateOf(target), 'hidden');
    assert.ok(asker.heard('erased').some(({ ids }) => ids.includes(target)));
    await author.until(() => author.heard('decision').length > 0, 'the decision');
    const [told] = author.heard('decision')[0]!.decisions;
    assert.deepEqual(
      [told?.id, told?.what, told?.code, told?.automatic],
      [target, 'hidden', 'insult', true],
    );
    await one!.until(() => one!.heard('decision').length > 0, 'the outcome');
    const [outcome] = one!.heard('decision')[0]!.decisions;
    assert.deepEqual([outcome?.what, outcome?.code], ['hidden', 'report']);
    assert.notEqual(outcome?.id, target);
  });

  it('of somebody who was blocked since count no more', async () => {
    const [one, other, third] = await regulars(3);
    const target = await says(await visitor('127.0.8.1'));
    assert.equal(await reports(one!, target), 'taken');
    await askOffice(test.relay, 'POST', '/blocks', { member: one!.identity.member });
    assert.equal(await reports(other!, target), 'taken');
    assert.equal(await stateOf(target), 'open');
    assert.equal(await reports(third!, target), 'taken');
    assert.equal(await stateOf(target), 'hidden');
  });

  it('leave nothing of it on disk, in frames, lists and to those who come later', async () => {
    const guardian = await atDesk(Role.guardian);
    const author = await visitor();
    const inbox = await guardian.open(inboxRoom(demoSpace.id));
    const target = await says(author);
    await guardian.until(() => JSON.stringify([...inbox.records]).includes(MEAN), 'the preview');
    assert.equal(await reports(guardian, target), 'taken');
    assert.equal(await stateOf(target), 'hidden');
    await guardian.until(() => !JSON.stringify([...inbox.records]).includes(MEAN), 'no preview');
    const frames: Uint8Array[] = [];
    const late = await TestDevice.connect(test.socketUrl, community, {
      opened: (socket) => socket.on('message', (data) => frames.push(data as Buffer)),
    });
    devices.push(late);
    await late.open(conversationRoom(conversation));
    await late.open(spaceRoom(demoSpace.id));
    assert.ok(frames.length > 3);
    assert.ok(!Buffer.concat(frames).includes(MEAN));
    // Only where it waits to be shown again.
    const kept = await storage.hidden.hiddenEntry(target);
    assert.ok(Buffer.from(kept!.bytes).includes(MEAN));
    await storage.hidden.dropHidden(target);
    await test.relay.stop();
    for (const name of readdirSync(test.data))
      assert.ok(!readFileSync(join(test.data, name)).includes(MEAN), name);
  });

  it('are not undone by a device that was away, whatever it brings', async () => {
    const guardian = await atDesk(Role.guardian);
    const author = await visitor();
    const stale = await visitor();
    const room = await stale.open(conversationRoom(conversation));
    const target = await says(author);
    await stale.until(() => room.rows.length === 2, 'the message');
    const row = room.rows[1]!;
    await stale.close();
    await reports(guardian, target);
    assert.equal(await stateOf(target), 'hidden');
    const back = await connect(stale.identity);
    assert.ok(row.type === 'entry');
    back.say({ type: 'offer', rows: [encodeRow(row)] });
    await back.until(() => back.outcomes.has(target), 'the answer');
    assert.deepEqual(back.outcomes.get(target), { type: 'refused', code: 'moderated' });
    await back.open(conversationRoom(conversation), room);
    assert.deepEqual(shown(room), ['Which drill?', 'hide']);
    const entry = decodeEntry(row.entry, community);
    assert.deepEqual(await author.submit(entry), [{ type: 'held' }]);
  });

  it('bring a message back in its place when it is shown again, and never hide it by number after', async () => {
    const three = await regulars(3);
    const author = await visitor();
    const target = await says(author);
    await says(asker, 'Please be kind');
    const room = await asker.open(conversationRoom(conversation));
    const before = room.rows[1]!;
    await reports(three[0]!, target);
    await reports(three[1]!, target);
    assert.equal(await stateOf(target), 'hidden');
    const done = await test.relay.reports.office.unhide(target, {
      by: 'command-line',
      reason: 'It is a joke',
    });
    assert.equal(done.type, 'done');
    await asker.until(() => shown(room).includes('unhide'), 'the message');
    assert.deepEqual(shown(room), ['Which drill?', 'hide', MEAN, 'Please be kind', 'unhide']);
    const again = room.rows.find((row) => row.type === 'entry' && row.place === 1 && row.seq === 5);
    assert.deepEqual(again, { ...before, seq: 5 });
    await reports(three[2]!, target);
    assert.equal(await stateOf(target), 'kept');
    assert.ok(shown(room).includes(MEAN));
  });

  it('leave a message that was withdrawn meanwhile gone for good', async () => {
    const guardian = await atDesk(Role.guardian);
    const author = await visitor();
    const target = await says(author);
    await reports(guardian, target);
    assert.equal(await stateOf(target), 'hidden');
    const { outcome } = await author.write(conversation, { kind: 'retract', target });
    assert.equal(outcome.type, 'durable');
    assert.equal(await storage.hidden.hiddenEntry(target), undefined);
    const office = { by: 'command-line', reason: '' } as const;
    assert.equal((await test.relay.reports.office.unhide(target, office)).type, 'none');
  });

  it('are not made of one’s own words, which are withdrawn by whoever their author turned out to be', async () => {
    const guardian = await atDesk(Role.guardian);
    const author = await visitor();
    const target = await says(author);
    await reports(guardian, target);
    assert.equal(await stateOf(target), 'hidden');
    const { key, member: from } = author.identity;
    const merge = { from, to: new TestIdentity().member };
    await test.relay.members.merge({
      ...merge,
      devices: [{ device: key, label: '' }],
      customer: false,
    });
    await test.relay.merges.settle(merge);
    await author.until(() => author.closed !== null, 'the end of the connection');
    const back = await connect(author.identity);
    assert.equal(await reports(back, target), 'refused');
    const { outcome } = await back.write(conversation, { kind: 'retract', target });
    assert.equal(outcome.type, 'durable');
  });

  it('hide a question too: it is still its asker’s, and leaves the lists', async () => {
    const manager = await atDesk(Role.manager);
    const mean = await visitor();
    const question = await mean.ask(MEAN);
    const space = await manager.open(spaceRoom(demoSpace.id));
    assert.ok(JSON.stringify([...space.records]).includes(MEAN));
    const report = { kind: 'report', target: question.id, reason: 2, text: '' } as const;
    await manager.write(question.conversation, report);
    assert.equal(await stateOf(question.id), 'hidden');
    await manager.until(() => !JSON.stringify([...space.records]).includes(MEAN), 'the list');
    const { conversation: id } = question;
    const { outcome } = await mean.write(id, { kind: 'say', text: 'May I still write?' });
    assert.equal(outcome.type, 'durable');
    const retract = { kind: 'retract', target: question.id } as const;
    const refused = { type: 'refused', code: 'forbidden' };
    assert.deepEqual((await mean.write(id, retract)).outcome, refused);
    await test.relay.reports.office.unhide(question.id, { by: 'command-line', reason: '' });
    const room = await mean.open(conversationRoom(id));
    assert.deepEqual(shown(room), ['hide', MEAN, 'May I still write?', 'unhide']);
  });

  it('by new accounts hide nothing, however many', async () => {
    const author = await visitor();
    const target = await says(author);
    for (let index = 1; index <= 12; index++) {
      const fresh = await visitor(`127.2.${index}.1`);
      await fresh.ask(`Something else, ${index}?`);
      await reports(fresh, target);
    }
    assert.equal(await stateOf(target), 'open');
    assert.equal((await storage.reports.reportCase(target))?.reports, 12);
  });

  it('by people who never wrote hide nothing', async () => {
    const some = [
      await visitor('127.3.1.1'),
      await visitor('127.3.2.1'),
      await visitor('127.3.3.1'),
    ];
    const target = await says(await visitor());
    for (const device of some) await reports(device, target);
    assert.equal(await stateOf(target), 'open');
  });

  it('from one network hide nothing, however old the accounts', async () => {
    const some = await regulars(4, (index) => `127.4.4.${index}`);
    const target = await says(await visitor());
    for (const device of some) await reports(device, target);
    assert.equal(await stateOf(target), 'open');
    const [elsewhere] = await regulars(1, () => '127.5.5.5');
    await reports(elsewhere!, target);
    assert.equal(await stateOf(target), 'hidden');
  });

  it('by number never hide what the brand’s own people say', async () => {
    const three = await regulars(3);
    const staff = await atDesk(Role.staff);
    const target = await says(staff);
    for (const device of three) await reports(device, target);
    assert.equal(await stateOf(target), 'open');
  });

  it('hide a few an hour in a space by number, then somebody looks', async () => {
    const [one, other] = await regulars(2);
    const author = await visitor();
    const states: (string | undefined)[] = [];
    for (let count = 0; count <= MOST_AUTOMATIC; count++) {
      const target = await says(author, `${MEAN} ${count}`);
      await reports(one!, target);
      await reports(other!, target);
      states.push(await stateOf(target));
    }
    assert.deepEqual(states, [...Array(MOST_AUTOMATIC).fill('hidden'), 'open']);
  });

  it('hide as many as a space says, or none', async () => {
    const four = await regulars(4);
    await test.relay.spaces.set({ ...demoSpace, mode: 1, hideAfter: 3 });
    const author = await visitor();
    const target = await says(author);
    for (const device of four.slice(0, 2)) await reports(device, target);
    assert.equal(await stateOf(target), 'open');
    await reports(four[2]!, target);
    assert.equal(await stateOf(target), 'hidden');
    await test.relay.spaces.set({ ...demoSpace, mode: 1, hideAfter: 0 });
    const other = await says(author, 'Something else');
    for (const device of four) await reports(device, other);
    assert.equal(await stateOf(other), 'open');
  });

  it('of a guardian gone bad are bounded, and undone together', async () => {
    const guardian = await atDesk(Role.guardian);
    const author = await visitor();
    const targets: EntryId[] = [];
    for (let count = 0; count <= MOST_BY_GUARDIAN; count++) {
      targets.push(await says(author, `Kind words ${count}`));
      await reports(guardian, targets.at(-1)!);
    }
    const states = await Promise.all(targets.map(stateOf));
    assert.deepEqual(states, [...Array(MOST_BY_GUARDIAN).fill('hidden'), 'open']);
    const { member } = guardian.identity;
    const shownAgain = await test.relay.reports.office.unhideAllBy(member, {
      by: 'command-line',
      reason: '',
    });
    assert.equal(shownAgain, MOST_BY_GUARDIAN);
    const room = await asker.open(conversationRoom(conversation));
    assert.equal(shown(room).filter((text) => text.startsWith('Kind')).length, targets.length);
    // Their old reports hide nothing again.
    await reports(guardian, targets[0]!);
    assert.equal(await stateOf(targets[0]!), 'kept');
  });
});
