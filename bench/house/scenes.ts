/** What the relay is measured in: each makes its own relay, fills it, and says its figures. */
import { TestIdentity } from '../../relay/testing/test-device.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { ConversationId, Fingerprint } from '../../shared/ids.ts';
import { BenchRelay } from './bench-relay.ts';
import { ms, quantile, timesOf } from './figures.ts';
import { Talker } from './talker.ts';

const SAMPLES = 200;

interface Stage {
  readonly relay: BenchRelay;
  readonly community: Fingerprint;
  readonly talker: Talker;
}

async function onStage(scene: (stage: Stage) => Promise<string>): Promise<string> {
  const relay = await BenchRelay.start();
  try {
    const community = await relay.community();
    const talker = await Talker.connect(relay.socketUrl, community);
    const said = await scene({ relay, community, talker });
    talker.close();
    return said;
  } finally {
    await relay.dispose();
  }
}

const many = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

const sayings = (
  { community, talker }: Stage,
  conversation: ConversationId,
  count: number,
): Promise<Entry[]> =>
  many(count, (index) =>
    talker.identity.entry(community, conversation, { kind: 'say', text: `word ${index}` }),
  );

/** Latency and processor time of an entry, one after the other. */
async function oneByOne(stage: Stage, entries: readonly Entry[]): Promise<string> {
  const { relay, talker } = stage;
  const before = relay.cpuMs();
  const times = await timesOf(entries.map((entry) => () => talker.submit([entry])));
  const cpu = (relay.cpuMs() - before) / entries.length;
  return `p50 ${ms(quantile(times, 0.5))}, CPU ${ms(cpu)} an entry`;
}

/** One entry with that many open conversations in its space. */
export const openConversations = (count: number): Promise<string> =>
  onStage(async (stage) => {
    const { community, talker } = stage;
    const asks = await many(count, () => talker.identity.ask(community, 'Does this fit?'));
    await talker.submit(asks);
    const { conversation } = asks[Math.floor(count / 2)]!;
    return oneByOne(stage, await sayings(stage, conversation, SAMPLES));
  });

/** One entry in a public conversation that so many people answered in. */
export const answerers = (count: number): Promise<string> =>
  onStage(async (stage) => {
    const { relay, community, talker } = stage;
    relay.command('space', 'demo', '--mode', 'open');
    const ask = await talker.identity.ask(community, 'Who knows?');
    await talker.submit([ask]);
    const { conversation } = ask;
    const content = { kind: 'say', text: 'I do.' } as const;
    const answers = await many(count, () =>
      new TestIdentity().entry(community, conversation, content),
    );
    await talker.submit(answers);
    return oneByOne(stage, await sayings(stage, conversation, SAMPLES));
  });

/** So many conversations in which somebody says something every few seconds. */
export const talkingRooms = (rooms: number, perSecond: number, seconds: number): Promise<string> =>
  onStage(async (stage) => {
    const { relay, community } = stage;
    const talkers = await many(rooms / 10, () => Talker.connect(relay.socketUrl, community));
    const asked = await many(rooms, async (index) => {
      const by = talkers[index % talkers.length]!;
      const ask = await by.identity.ask(community, 'And now?');
      return { by, ask };
    });
    for (const { by, ask } of asked) await by.submit([ask]);
    const said = await many(perSecond * seconds, async (index) => {
      const { by, ask } = asked[(index * 7) % asked.length]!;
      const content = { kind: 'say', text: `word ${index}` } as const;
      return { by, entry: await by.identity.entry(community, ask.conversation, content) };
    });
    const before = relay.cpuMs();
    const start = performance.now();
    const times: number[] = [];
    await Promise.all(
      said.map(async ({ by, entry }, index) => {
        await new Promise((next) => setTimeout(next, (index * 1_000) / perSecond));
        const sent = performance.now();
        await by.submit([entry]);
        times.push(performance.now() - sent);
      }),
    );
    const cpu = (relay.cpuMs() - before) / (performance.now() - start);
    for (const by of talkers) by.close();
    return `p50 ${ms(quantile(times, 0.5))}, p99 ${ms(quantile(times, 0.99))}, ${Math.round(cpu * 100)} % of a processor`;
  });

/** Memory with so many conversations of long texts. */
export const longTexts = (rooms: number): Promise<string> =>
  onStage(async ({ relay, community, talker }) => {
    const before = relay.rssMb();
    const text = 'é'.repeat(4_000); // 8 KB
    const asks = await many(rooms, () => talker.identity.ask(community, text));
    await talker.submit(asks);
    const said = await many(rooms, (index) =>
      talker.identity.entry(community, asks[index]!.conversation, { kind: 'say', text }),
    );
    await talker.submit(said);
    return `${relay.rssMb()} MB, ${before} MB before`;
  });

/** The first entry after a restart, in a conversation of so many. */
export const firstWrite = (entries: number): Promise<string> =>
  onStage(async (stage) => {
    const { relay, community, talker } = stage;
    const ask = await talker.identity.ask(community, 'How long does it get?');
    await talker.submit([ask, ...(await sayings(stage, ask.conversation, entries))]);
    talker.close();
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      await relay.restart();
      const other = await Talker.connect(relay.socketUrl, community);
      await other.submit([await other.identity.ask(community, 'Warm')]);
      const [said] = await sayings(stage, ask.conversation, 1);
      times.push(...(await timesOf([() => other.submit([said!])])));
      other.close();
    }
    return `p50 of ${times.length} ${ms(quantile(times, 0.5))}`;
  });
