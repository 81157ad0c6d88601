/** Open spaces: any visitor reads and answers what was asked there, and sees what waits. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SpaceMode } from '../../../shared/space-mode.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import { type Fingerprint, type ConversationId, parseSpaceId } from '../../../shared/ids.ts';
import { encodeChannelMessage } from '../../../shared/protocol/channel.ts';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import { Limits } from '../../../shared/limits.ts';
import { type QuestionRecord, questionKey } from '../../../shared/protocol/records.ts';
import {
  conversationRoom,
  inboxRoom,
  memberRoom,
  spaceRoom,
} from '../../../shared/protocol/rooms.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { type TestRelay, startTestRelay } from '../../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, type TestRoom, redeem } from '../../testing/test-device.ts';

const demo = parseSpaceId('demo');

describe('an open space', () => {
  let test: TestRelay;
  let community: Fingerprint;
  let clock: ManualClock;
  let asker: TestDevice;
  let passer: TestDevice;
  let space: TestRoom;

  beforeEach(async () => {
    clock = new ManualClock(Date.now());
    test = await startTestRelay({ clock });
    community = test.relay.core.authority.fingerprint;
    await turn(SpaceMode.open);
    asker = await TestDevice.connect(test.socketUrl, community);
    passer = await TestDevice.connect(test.socketUrl, community);
    space = await passer.open(spaceRoom(demo));
  });
  afterEach(async () => {
    await Promise.all([asker.close(), passer.close()]);
    await test[Symbol.asyncDispose]();
  });

  async function turn(mode: SpaceMode): Promise<void> {
    const { spaces } = test.relay;
    await spaces.set({ ...spaces.record(demo)!, mode });
  }

  async function helper(): Promise<TestDevice> {
    const identity = new TestIdentity();
    await redeem(test.url, community, identity, await test.relay.inviteLink(), 'Ana');
    return TestDevice.connect(test.socketUrl, community, { identity });
  }

  const say = (device: TestDevice, to: Entry, text: string): ReturnType<TestDevice['write']> =>
    device.write(to.conversation, { kind: 'say', text });
  const questions = (): Map<ConversationId, QuestionRecord> =>
    new Map(
      [...space.records]
        .filter(([key]) => key.startsWith(questionKey('')))
        .map(([, value]) => [(value as QuestionRecord).conversation, value as QuestionRecord]),
    );
  const listed = (entry: Entry): QuestionRecord | undefined => questions().get(entry.conversation);

  it('lists a question with the entry that asked it, and what came of it', async () => {
    const question = await asker.ask('Does it rust?');
    await passer.until(() => listed(question) !== undefined, 'the question');
    const { waitingSince, askedAt, ...record } = listed(question)!;
    assert.equal(typeof waitingSince, 'number');
    assert.equal(typeof askedAt, 'number');
    assert.deepEqual(record, {
      conversation: question.conversation,
      text: 'Does it rust?',
      lang: 'en',
      asker: asker.identity.member,
      answerers: 0,
    });
    const { outcome } = await say(passer, question, 'Never.');
    assert.equal(outcome.type, 'durable');
    await passer.until(() => listed(question)?.answerers === 1, 'the answer counted');
    assert.equal(listed(question)?.waitingSince, null);
  });

  it('takes a visitor’s answer, refuses it where it is closed, and keeps it among their talks', async () => {
    const question = await asker.ask('Does it rust?');
    assert.equal((await say(passer, question, 'Never.')).outcome.type, 'durable');
    const mine = await passer.open(memberRoom(passer.identity.member));
    assert.ok(mine.records.has(`talk/${question.conversation}`));
    await turn(SpaceMode.closed);
    const refused = { type: 'refused', code: 'forbidden' };
    assert.deepEqual((await say(passer, question, 'Ever.')).outcome, refused);
    const later = await asker.ask('And this one?');
    assert.deepEqual((await say(passer, later, 'Ever.')).outcome, refused);
  });

  it('lets a passer-by read what was asked in the open, and nothing from before', async () => {
    await turn(SpaceMode.closed);
    const before = await asker.ask('For the desk');
    await turn(SpaceMode.open);
    const open = await asker.ask('For everyone');
    const read = await passer.open(conversationRoom(open.conversation));
    assert.equal(read.bytes.length, 1);
    const shut = await passer.open(conversationRoom(before.conversation));
    assert.equal(shut.closed, CloseCode.forbidden);
    assert.deepEqual((await say(passer, before, 'Hm')).outcome, {
      type: 'refused',
      code: 'forbidden',
    });
    await passer.until(() => listed(open) !== undefined, 'the public one');
    assert.equal(listed(before), undefined);
  });

  it('closing shuts the channels of passers-by and empties the list; opening brings it back', async () => {
    const desk = await helper();
    const [first, second, done] = [
      await asker.ask('First'),
      await asker.ask('Second'),
      await asker.ask('Done'),
    ];
    await asker.write(done.conversation, { kind: 'close' });
    await passer.until(() => questions().size === 2, 'the questions');
    const name = conversationRoom(first.conversation);
    const [seen, own, atDesk] = [
      await passer.open(name),
      await asker.open(name),
      await desk.open(name),
    ];
    await turn(SpaceMode.closed);
    await passer.until(() => seen.closed !== null && questions().size === 0, 'the closing');
    assert.equal(seen.closed, CloseCode.forbidden);
    await say(desk, first, 'Between us');
    await asker.until(() => own.bytes.length === 2, 'the answer');
    await desk.until(() => atDesk.bytes.length === 2, 'the answer');
    assert.equal(seen.bytes.length, 1);
    assert.equal((await passer.open(name)).closed, CloseCode.forbidden);

    await turn(SpaceMode.open);
    await passer.until(() => questions().size === 2, 'the questions');
    assert.deepEqual(
      [...questions().keys()].toSorted(),
      [first.conversation, second.conversation].toSorted(),
    );
    await desk.close();
  });

  it('lists no more than it may: whoever waits longest stays, the answered leave, and come back with a change', async () => {
    const asked: Entry[] = [];
    for (let index = 0; index < Limits.publicQuestions + 1; index++) {
      if (index % 20 === 0) clock.advance(3_600_000); // questions an hour
      asked.push(await asker.ask(`Question ${index}`));
    }
    const [first, last] = [asked[0]!, asked.at(-1)!];
    await passer.until(() => listed(last) !== undefined, 'the last');
    assert.equal(questions().size, Limits.publicQuestions);
    const left = asked.at(-2)!;
    assert.equal(listed(left), undefined, 'the newest made room');
    await say(passer, first, 'I know');
    await passer.until(() => listed(first)?.waitingSince === null, 'the answer');
    assert.ok(listed(left), 'who waits comes before the answered, and before the newest');
    assert.equal(listed(last), undefined);
    await say(asker, left, 'Anybody?');
    await passer.until(() => listed(first) === undefined, 'the answered making room');
    assert.ok(listed(left));
    assert.ok(listed(last));
    assert.equal(questions().size, Limits.publicQuestions);
  });

  it('leaves the list when it closes, and is listed again when it opens', async () => {
    const question = await asker.ask('Done soon');
    await passer.until(() => listed(question) !== undefined, 'the question');
    await asker.write(question.conversation, { kind: 'close' });
    await passer.until(() => listed(question) === undefined, 'its going');
    await say(asker, question, 'Not yet');
    await passer.until(() => listed(question) !== undefined, 'its coming back');
  });

  it('tells passers-by to forget what is taken back, and counts it no more', async () => {
    const question = await asker.ask('Does it rust?');
    const { entry } = await say(passer, question, 'Wrong');
    await passer.until(() => listed(question)?.answerers === 1, 'the answer');
    const other = await TestDevice.connect(test.socketUrl, community);
    await passer.write(question.conversation, { kind: 'retract', target: entry.id });
    await passer.until(() => listed(question)?.answerers === 0, 'the answer gone');
    await other.until(
      () => other.controls.some((one) => one.type === 'erased' && one.ids.includes(entry.id)),
      'the word to forget',
    );
    await other.close();
  });

  it('takes no reading of a passer-by for the asker’s, and tells them none', async () => {
    const desk = await helper();
    const question = await asker.ask('Does it rust?');
    await say(desk, question, 'Never.');
    const name = conversationRoom(question.conversation);
    const [theirs, mine] = [await passer.open(name), await asker.open(name)];
    const mark = (seq: number): Uint8Array =>
      encodeChannelMessage({ type: 'read', side: 'asker', seq });
    passer.frame({ op: 'data', channel: passer.channelOf(theirs), data: mark(1) });
    const typing = encodeChannelMessage({
      type: 'typing',
      member: passer.identity.member,
      typing: true,
    });
    // Frames of a channel are taken in order: once this one is told, the reading was dropped.
    passer.frame({ op: 'data', channel: passer.channelOf(theirs), data: typing });
    await asker.until(() => mine.told.some(({ type }) => type === 'typing'), 'typing');
    assert.ok(!mine.told.some(({ type }) => type === 'read'));
    asker.frame({ op: 'data', channel: asker.channelOf(mine), data: mark(0) });
    const late = await asker.open(name);
    await asker.until(() => late.told.some(({ type }) => type === 'read'), 'own reading');
    const kinds = theirs.told.map(({ type }) => type);
    assert.ok(!kinds.includes('read') && !kinds.includes('asker') && !kinds.includes('attributes'));
    await desk.close();
  });

  it('gives a passer-by no token for a stock provider, which no closing would reach', async () => {
    const question = await asker.ask('Does it rust?');
    const room = conversationRoom(question.conversation);
    const token = async (device: TestDevice): Promise<string> => {
      device.say({ type: 'tokenWanted', room });
      await device.until(() => device.controls.some(({ type }) => type === 'token'), 'the token');
      const told = device.controls.find((one) => one.type === 'token');
      return told?.type === 'token' ? told.token : '';
    };
    assert.equal(await token(passer), '');
    assert.notEqual(await token(asker), '');
    assert.equal((await passer.open(inboxRoom(demo))).closed, CloseCode.forbidden);
  });
});
