/** People who talk: many rooms at their pace, bursts, and one who speaks to a thousand. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Figures, type Scene, type Stage, figuresOf, measured } from './scene.ts';

/** How long it is quiet in a room, from and to. */
type Pace = readonly [number, number];

const EVERY_MS: Pace = [1_000, 3_000];
const HELPERS = 2;
const INBOX = 500;

async function talk(stage: Stage, everyMs = EVERY_MS): Promise<Figures> {
  const { load, server, seed, seconds } = stage;
  await load.do('makeChat', 2, everyMs, seed + 1);
  await load.do('chat'); // warms it up
  await load.do('makeChat', seconds, everyMs, seed);
  const { result, cpuMs } = await measured(stage, () => load.do('chat'));
  return { ...figuresOf(result, cpuMs), MB: await server.rssMb() };
}

/** So many rooms of one visitor and two helpers, each with a socket of their own. */
const chat = (rooms: number): Scene => ({
  about: `${rooms} rooms of a visitor and two helpers, an entry a room every 1 to 3 s`,
  async run(stage) {
    await stage.load.do('found', stage.isShort ? rooms / 10 : rooms, HELPERS);
    return talk(stage);
  },
});

/** So many rooms, with the same pace of all together however many they are. */
export function chatAt(rooms: number, perSecond: number): Scene {
  const middle = (rooms / perSecond) * 1_000;
  return {
    about: `${rooms} rooms with ${perSecond} entries a second in all`,
    async run(stage) {
      await stage.load.do('found', rooms, HELPERS);
      return talk(stage, [middle / 2, (middle * 3) / 2]);
    },
  };
}

/** The same as a shop has it: an open space with a full inbox, widgets that follow the one, desks both. */
const shop = (rooms: number): Scene => ({
  about: `chat-${rooms} in an open space that widgets follow, with an inbox of ${INBOX} that 20 desks follow`,
  servers: ['comptoir'],
  async run(stage) {
    await openSpace(stage);
    await stage.load.do('asks', INBOX);
    await stage.load.do('found', rooms, HELPERS, { visitor: 'widget' });
    await stage.load.do('desks', 20, 0);
    return talk(stage);
  },
});

/** What an office's screens ask, one after the other: its lists, and who is among them. */
const OFFICE = [
  '/api/office/members?all=1',
  '/api/office/invitations',
  '/api/office/blocks',
  '/api/office/audit',
  '/api/office/photos',
  '/api/office/words',
  '/api/office/spaces',
] as const;
const OFFICES = 10;
const ASKS_MS = 100;

/** The same rooms three times: alone, beside people whose office asks ten times a second each, and alone again. */
const office = (rooms: number): Scene => ({
  about: `chat-${rooms} alone, then beside ${OFFICES} offices that each ask ten things a second`,
  servers: ['comptoir'],
  async run(stage) {
    const { load, server, isShort } = stage;
    await load.do('asks', INBOX);
    await load.do('found', isShort ? rooms / 10 : rooms, HELPERS);
    const before = await talk(stage);
    const state = { isOver: false, answers: 0 };
    const offices = Array.from({ length: OFFICES }, async (_, first) => {
      for (let turn = first; !state.isOver; turn++) {
        await server.office('GET', OFFICE[turn % OFFICE.length]!);
        state.answers++;
        await pause(ASKS_MS);
      }
    });
    const beside = await talk(stage);
    state.isOver = true;
    await Promise.all(offices);
    const after = await talk(stage);
    // What runs later has warmer code: alone is what it was on both sides of it.
    const figures = ['p50 ms', 'p99 ms', 'CPU s'].flatMap((name) => {
      const alone = (before[name]! + after[name]!) / 2;
      return [
        [`${name} alone`, alone],
        [`${name} beside`, beside[name]!],
        [`${name}, % more`, (beside[name]! / alone - 1) * 100],
      ] as const;
    });
    return { ...Object.fromEntries(figures), 'office answers': state.answers };
  },
});

export async function openSpace({ server }: Stage): Promise<void> {
  if (server.name === 'comptoir')
    await server.office('PATCH', '/api/office/spaces/demo', { mode: 'open' });
}

/** Everybody says as much as they can. */
export const burst = (rooms: number, people: number, each: number): Scene => ({
  about: `${rooms} × ${people} people who each say ${each} things as fast as they see them come back`,
  async run(stage) {
    const { load, isShort } = stage;
    await load.do('found', rooms, people - 1);
    await load.do('makeBurst', Math.ceil(each / 4));
    await load.do('burst'); // warms it up
    await load.do('makeBurst', isShort ? Math.ceil(each / 4) : each);
    const { result, cpuMs } = await measured(stage, () => load.do('burst'));
    const { entries, tookMs } = result;
    return { 'entries/s': (entries / tookMs) * 1_000, ...figuresOf(result, cpuMs) };
  },
});

const fanOut = (readers: number): Scene => ({
  about: `one speaks, ${readers} others in the room listen`,
  async run(stage) {
    const { load, isShort } = stage;
    await openSpace(stage);
    await load.do('found', 1, 0);
    await load.do('readers', 0, readers);
    await load.do('makeSpeech', 5);
    await load.do('speech', 100);
    await load.do('makeSpeech', isShort ? 10 : 100);
    const { result, cpuMs } = await measured(stage, () => load.do('speech', 100));
    const { lastP50, lastP99 } = result;
    return { 'last one p50 ms': lastP50, 'last one p99 ms': lastP99, ...figuresOf(result, cpuMs) };
  },
});

export const talking = {
  'chat-100': chat(100),
  'chat-500': chat(500),
  'chat-1500': chat(1_500),
  'chat-5000': chat(5_000),
  'shop-100': shop(100),
  'shop-500': shop(500),
  'shop-1500': shop(1_500),
  'office-100': office(100),
  'burst-1x20': burst(1, 20, 500),
  'burst-50x4': burst(50, 4, 100),
  'fan-out-1000': fanOut(1_000),
} satisfies Readonly<Record<string, Scene>>;
