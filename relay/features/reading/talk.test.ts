/** What is told and never a row: typing, read positions, presence; lapses; private records. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Fingerprint } from '../../../shared/ids.ts';
import { encodeChannelMessage } from '../../../shared/protocol/channel.ts';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import type {
  InboxRecord,
  RosterRecord,
  StoredPrivateRecord,
} from '../../../shared/protocol/records.ts';
import { conversationRoom, inboxRoom, memberRoom } from '../../../shared/protocol/rooms.ts';
import type { OfficeBlock } from '../../../shared/api/blocks.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { askOffice } from '../../testing/office-client.ts';
import { startTestRelay, type TestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../../testing/test-device.ts';
import { parseSpaceId } from '../../../shared/ids.ts';

describe('beside the rows', () => {
  let test: TestRelay;
  let clock: ManualClock;
  let community: Fingerprint;
  let visitor: TestDevice;
  let helper: TestDevice;

  before(async () => {
    clock = new ManualClock();
    test = await startTestRelay({ clock });
    community = test.relay.core.authority.fingerprint;
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(), 'Ana');
    visitor = await TestDevice.connect(test.socketUrl, community);
    helper = await TestDevice.connect(test.socketUrl, community, { identity });
  });
  after(async () => {
    await Promise.all([visitor.close(), helper.close()]);
    await test[Symbol.asyncDispose]();
  });

  it('tells the other side of typing and reading, and late comers how far each has read', async () => {
    const { conversation } = await visitor.ask('Read me');
    const name = conversationRoom(conversation);
    const [mine, theirs] = [await visitor.open(name), await helper.open(name)];
    const typing = encodeChannelMessage({
      type: 'typing',
      member: visitor.identity.member,
      typing: true,
    });
    helper.frame({ op: 'data', channel: helper.channelOf(theirs), data: typing });
    await visitor.until(() => mine.told.some(({ type }) => type === 'typing'), 'typing');
    const told = mine.told.find(({ type }) => type === 'typing');
    assert.deepEqual(told, { type: 'typing', member: helper.identity.member, typing: true });
    const read = encodeChannelMessage({ type: 'read', side: 'asker', seq: 99 });
    helper.frame({ op: 'data', channel: helper.channelOf(theirs), data: read });
    await visitor.until(() => mine.told.some(({ type }) => type === 'read'), 'read');
    const late = await visitor.open(name);
    await visitor.until(() => late.told.some(({ type }) => type === 'read'), 'the read position');
    assert.deepEqual(
      late.told.find(({ type }) => type === 'read'),
      { type: 'read', side: 'desk', seq: 0 },
    );
  });

  it('tells the desk, and only the desk, whether the asker is here', async () => {
    const guest = await TestDevice.connect(test.socketUrl, community);
    const { conversation } = await guest.ask('Here?');
    const mine = await guest.open(conversationRoom(conversation));
    const theirs = await helper.open(conversationRoom(conversation));
    const asker = (): unknown => theirs.told.findLast(({ type }) => type === 'asker');
    assert.deepEqual(asker(), { type: 'asker', here: true, seen: clock.now() });
    await guest.close();
    await helper.until(
      () => theirs.told.filter(({ type }) => type === 'asker').length === 2,
      'the leaving',
    );
    assert.deepEqual(asker(), { type: 'asker', here: false, seen: clock.now() });
    assert.equal(
      mine.told.some(({ type }) => type === 'asker'),
      false,
    );
  });

  it('goes on telling the desk of an asker who turned out to be somebody else', async () => {
    const guest = await TestDevice.connect(test.socketUrl, community);
    const { conversation } = await guest.ask('Still me?');
    const theirs = await helper.open(conversationRoom(conversation));
    const other = new TestIdentity();
    const merge = { from: guest.identity.member, to: other.member };
    const { members, merges } = test.relay;
    await members.merge({ ...merge, devices: [], customer: false });
    await merges.settle(merge);
    await guest.until(() => guest.closed !== null, 'the end of the connection');
    const asker = (): unknown => theirs.told.findLast(({ type }) => type === 'asker');
    const here = (is: boolean): boolean => (asker() as { here: boolean }).here === is;
    await helper.until(() => here(false), 'the leaving');
    const back = await TestDevice.connect(test.socketUrl, community, { identity: other });
    await helper.until(() => here(true), 'the coming back');
    await back.close();
    await helper.until(() => here(false), 'the second leaving');
  });

  it('ends a claim whose holder is out of reach for 5 minutes while the visitor waits', async () => {
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(), 'Ben');
    const ben = await TestDevice.connect(test.socketUrl, community, { identity });
    const { conversation } = await visitor.ask('Claimed and left');
    assert.equal((await ben.write(conversation, { kind: 'claim' })).outcome.type, 'durable');
    const inbox = await helper.open(inboxRoom(parseSpaceId('demo')));
    const record = (): InboxRecord => inbox.records.get(conversation) as InboxRecord;
    await ben.close();
    await helper.until(() => record().claim !== null, 'the claim');
    // The socket's end must have reached the relay before time is turned on.
    const { presence } = test.relay;
    while (presence.isHere(identity.member)) await new Promise((next) => setImmediate(next));
    clock.advance(4 * 60_000);
    await test.relay.core.committer.idle();
    assert.notEqual(record().claim, null);
    clock.advance(61_000);
    await helper.until(() => record().claim === null, 'the lapse');
    const room = await helper.open(conversationRoom(conversation));
    const last = room.rows.at(-1);
    assert.ok(last?.type === 'entry' && last.verdict.role === 255);
  });

  it('keeps who is here and not blocked in one record, for those who were seen a day long', async () => {
    const space = await visitor.open('space/demo');
    const roster = (): RosterRecord | undefined =>
      space.records.get('roster') as RosterRecord | undefined;
    const here = async (expected: boolean): Promise<void> => {
      while (roster()?.here.includes(helper.identity.member) !== expected) {
        clock.advance(2_000);
        await new Promise((next) => setImmediate(next));
      }
    };
    helper.say({ type: 'available', available: true });
    await here(true);
    const { body: blocks } = await askOffice<OfficeBlock[]>(test.relay, 'POST', '/blocks', {
      member: helper.identity.member,
    });
    await here(false);
    helper.say({ type: 'available', available: true });
    await askOffice(test.relay, 'DELETE', `/blocks/${blocks[0]?.id}`);
    await here(true);
    helper.say({ type: 'available', available: false });
    await here(false);
    assert.ok(roster()?.seen.some(({ member }) => member === helper.identity.member));
    assert.ok(space.records.has(`card/${helper.identity.member}`));
  });

  it('keeps private records, the newest wins, and shows them to nobody else', async () => {
    const name = memberRoom(helper.identity.member);
    const mine = await helper.open(name);
    const put = (value: string, time: number): void =>
      helper.say({ type: 'put', records: [{ key: 'canned/hi', value, time }] });
    put('"new"', 2_000);
    put('"old"', 1_000);
    put('"newest"', 3_000);
    const held = (): StoredPrivateRecord | undefined =>
      mine.records.get('canned/hi') as StoredPrivateRecord | undefined;
    await helper.until(() => held()?.value === '"newest"', 'the record');
    const keys = [...mine.records.keys()].filter((key) => key.startsWith('canned/'));
    assert.equal(keys.length, 1);
    assert.equal((await visitor.open(name)).closed, CloseCode.forbidden);
    assert.equal((await visitor.open(inboxRoom(parseSpaceId('demo')))).closed, CloseCode.forbidden);
    assert.equal(
      (await visitor.open('conversation/AAAAAAAAAAAAAAAAAAAAAA')).closed,
      CloseCode.unknownRoom,
    );
  });

  it('renews a grant on the living socket before it ends', async () => {
    const welcomes = (): number => helper.controls.filter(({ type }) => type === 'welcome').length;
    const before = welcomes();
    clock.advance(7 * 3_600_000);
    await helper.until(() => welcomes() > before, 'a fresh welcome');
  });
});
