/** What one entry costs Comptoir, whatever there is beside it. */
import { type Figures, type Scene, type Stage, figuresOf, measured } from './scene.ts';
import { openSpace } from './talking.ts';

const SAMPLES = 200;
const LONG = 'é'.repeat(3_900); // 8 KB

/** One after the other, each sent when the one before was back. */
async function oneByOne(stage: Stage, entries = SAMPLES): Promise<Figures> {
  const { load } = stage;
  await load.do('makeOneByOne', entries);
  const { result, cpuMs } = await measured(stage, () => load.do('burst', 1));
  return { 'echo p50 ms': result.lastP50, ...figuresOf(result, cpuMs) };
}

/** With so many open conversations in its space. */
const conversations = (count: number): Scene => ({
  about: `an entry with ${count} open conversations in its space`,
  servers: ['comptoir'],
  async run(stage) {
    await stage.load.do('found', 1, 0);
    await stage.load.do('asks', count - 1);
    return oneByOne(stage);
  },
});

/** In a public conversation that so many people answered in. */
const answerers = (count: number): Scene => ({
  about: `an entry in a public conversation that ${count} people answered in`,
  servers: ['comptoir'],
  async run(stage) {
    await openSpace(stage);
    await stage.load.do('found', 1, 0);
    await stage.load.do('answers', 0, count);
    return oneByOne(stage);
  },
});

const longTexts = (rooms: number): Scene => ({
  about: `memory with ${rooms} conversations of an 8 KB text`,
  servers: ['comptoir'],
  async run({ load, server }) {
    const before = await server.rssMb();
    await load.do('found', rooms, 0);
    await load.do('makeBurst', 1, LONG);
    await load.do('burst');
    return { 'MB before': before, MB: await server.rssMb() };
  },
});

const firstWrite = (entries: number): Scene => ({
  about: `the first entry after a restart, in a conversation of ${entries}`,
  servers: ['comptoir'],
  async run(stage) {
    const { load, server } = stage;
    await load.do('found', 1, 0);
    await load.do('makeBurst', entries);
    await load.do('burst');
    await load.do('cut');
    await server.restart();
    await load.do('back');
    return oneByOne(stage, 1);
  },
});

export const costs = {
  'conversations-1': conversations(1),
  'conversations-10000': conversations(10_000),
  'answerers-1': answerers(1),
  'answerers-5000': answerers(5_000),
  'long-texts-2000': longTexts(2_000),
  'first-write-19000': firstWrite(19_000),
} satisfies Readonly<Record<string, Scene>>;
