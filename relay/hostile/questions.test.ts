/** Floods of questions, each by a new key: whoever waits stays in sight, and a block of a network holds. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SpaceMode } from '../../shared/space-mode.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import { type ConversationId, parseSpaceId } from '../../shared/ids.ts';
import type { OfficeBlock } from '../../shared/api/blocks.ts';
import { Limits } from '../../shared/limits.ts';
import { LaterWhy, type Outcome } from '../../shared/protocol/outcome.ts';
import { type QuestionRecord, questionKey } from '../../shared/protocol/records.ts';
import { inboxRoom, spaceRoom } from '../../shared/protocol/rooms.ts';
import { askOffice } from '../testing/office-client.ts';
import { type TestRelay, startTestRelay } from '../testing/start-test-relay.ts';
import { TestDevice, TestIdentity, redeem } from '../testing/test-device.ts';

const demo = parseSpaceId('demo');
const HONEST = 10;

const whyOf = (outcome: Outcome): LaterWhy | undefined =>
  outcome.type === 'later' ? outcome.why : undefined;

describe('floods of questions', () => {
  const communityOf = ({ relay }: TestRelay) => relay.core.authority.fingerprint;
  const connect = (test: TestRelay, identity = new TestIdentity()): Promise<TestDevice> =>
    TestDevice.connect(test.socketUrl, communityOf(test), { identity });

  /** Some who ask, and one of the desk who sees them. */
  async function scene(test: TestRelay) {
    const identity = new TestIdentity();
    await redeem(test.url, communityOf(test), identity, await test.relay.inviteLink(), 'Ana');
    const desk = await connect(test, identity);
    const inbox = await desk.open(inboxRoom(demo));
    const asked: ConversationId[] = [];
    for (let index = 0; index < HONEST; index++) {
      const visitor = await connect(test);
      asked.push((await visitor.ask(`Honest ${index}`)).conversation);
      await visitor.close();
    }
    await desk.until(() => asked.every((id) => inbox.records.has(id)), 'the questions');
    return { desk, inbox, asked };
  }

  /** What became of so many questions that `carrier` brings, each by a key of its own. */
  async function flood(test: TestRelay, carrier: TestDevice, count: number): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    while (outcomes.length < count) {
      const questions = await Promise.all(
        Array.from({ length: Limits.submitEntries }, (): Promise<Entry> =>
          new TestIdentity().ask(communityOf(test), 'Junk'),
        ),
      );
      outcomes.push(...(await carrier.submit(...questions)));
    }
    return outcomes;
  }
  const taken = (outcomes: readonly Outcome[]): number =>
    outcomes.filter(({ type }) => type === 'durable').length;

  it('are put off, by connection and by address, long before the inbox is full', async () => {
    await using test = await startTestRelay();
    const { inbox, asked, desk } = await scene(test);
    const first = await flood(test, await connect(test), 200);
    assert.equal(taken(first), 60, 'of one connection');
    const waits = first.flatMap((outcome) => (outcome.type === 'later' ? outcome.afterMs : []));
    assert.equal(waits.length, 140);
    assert.ok(Math.min(...waits) > 0);
    let more = 0;
    for (let connection = 0; connection < 6; connection++)
      more += taken(await flood(test, await connect(test), 50));
    assert.equal(60 + more, 150, 'of one address, beside the first of each who asks');
    const late = await connect(test);
    const own: Outcome[] = [];
    for (const text of ['May I?', 'And this?', 'And that?'])
      own.push(...(await late.submit(await late.identity.ask(communityOf(test), text))));
    assert.deepEqual(
      own.map(({ type }) => type),
      ['durable', 'durable', 'later'],
    );
    assert.deepEqual(own.map(whyOf).at(-1), LaterWhy.place);
    assert.equal(whyOf(first.find(({ type }) => type === 'later')!), undefined, 'their own doing');
    await late.close();
    assert.ok(asked.every((id) => inbox.records.has(id)));
    await desk.close();
  });

  it('by one connection leave the others of its address what they share', async () => {
    await using test = await startTestRelay({ config: { entriesPerMinute: 20 } });
    const troll = await connect(test);
    const outcomes = await flood(test, troll, 1_000);
    assert.ok(taken(outcomes) <= 60);
    const neighbour = await connect(test);
    const [answer] = await neighbour.submit(
      await neighbour.identity.ask(communityOf(test), 'From the same shop'),
    );
    assert.equal(answer?.type, 'durable');
  });

  it('that no limit stops push nobody out who waits longer, nor what the desk has in hand', async () => {
    await using test = await startTestRelay({
      config: { questionsPerHour: 100_000, entriesPerMinute: 100_000 },
    });
    const { spaces } = test.relay;
    await spaces.set({ ...spaces.record(demo)!, mode: SpaceMode.open });
    const { desk, inbox, asked } = await scene(test);
    const [mine = asked[0]!, ...waiting] = asked;
    await desk.write(mine, { kind: 'claim' });
    await desk.write(mine, { kind: 'say', text: 'I am on it' });
    const space = await desk.open(spaceRoom(demo));
    const listed = (id: ConversationId): boolean =>
      (space.records.get(questionKey(id)) as QuestionRecord | undefined) !== undefined;
    await desk.until(() => waiting.every(listed), 'the list');
    const count = Limits.inboxRecords + 50;
    assert.equal(taken(await flood(test, await connect(test), count)), count);
    await desk.until(() => inbox.records.size === Limits.inboxRecords, 'a full inbox');
    const late = await (await connect(test)).ask('After the flood');
    await desk.until(() => inbox.records.has(late.conversation), 'the newest');
    assert.ok(
      asked.every((id) => inbox.records.has(id)),
      'all of them wait in sight',
    );
    assert.ok(waiting.every(listed), 'and are listed to all');
    await desk.close();
  });

  it('from a network that is blocked are refused under every key, and its name is known by each', async () => {
    await using test = await startTestRelay();
    const { desk, asked } = await scene(test);
    const troll = await connect(test);
    const other = new TestIdentity();
    const [carried] = await troll.submit(await other.ask(communityOf(test), 'By my second key'));
    assert.equal(carried?.type, 'durable');
    const { status, body } = await askOffice<OfficeBlock[]>(test.relay, 'POST', '/blocks', {
      addressesOf: other.member,
    });
    assert.equal(status, 201);
    assert.deepEqual(
      body.map(({ shown }) => shown),
      ['IPv4 /32'],
    );
    const own = await troll.submit(await troll.identity.ask(communityOf(test), 'Again'));
    const refused = [...own, ...(await flood(test, troll, 50))];
    assert.deepEqual(
      refused,
      refused.map(() => ({ type: 'refused', code: 'blocked' })),
    );
    await askOffice(test.relay, 'DELETE', `/blocks/${body[0]?.id}`);
    // What the desk carries says nothing of where its authors are.
    const away = new TestIdentity();
    const [brought] = await desk.submit(await away.ask(communityOf(test), 'From out of reach'));
    assert.equal(brought?.type, 'durable');
    const unseen = await askOffice(test.relay, 'POST', '/blocks', { addressesOf: away.member });
    assert.equal(unseen.status, 404);
    assert.equal(asked.length, HONEST);
    await desk.close();
  });
});
