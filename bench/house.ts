/**
 * What an entry costs, whatever there is beside it: `npm run bench -- house`, or one scene of it with
 * `BENCH_SCENE=answerers`. `BENCH_ROOT` measures another checkout with the same generator.
 */
import {
  answerers,
  firstWrite,
  longTexts,
  openConversations,
  talkingRooms,
} from './house/scenes.ts';

const scenes: Readonly<Record<string, () => Promise<string>>> = {
  'one entry, 1 open conversation': () => openConversations(1),
  'one entry, 10,000 open conversations': () => openConversations(10_000),
  'one entry, 1 answerer': () => answerers(1),
  'one entry, 5,000 answerers': () => answerers(5_000),
  '1,500 rooms talking, 300 entries a second': () => talkingRooms(1_500, 300, 20),
  '2,000 rooms of 8 KB texts': () => longTexts(2_000),
  'first write after a restart, 19,000 entries': () => firstWrite(19_000),
};

const wanted = process.env['BENCH_SCENE'] ?? '';
for (const [name, run] of Object.entries(scenes))
  if (name.includes(wanted)) console.log(`${name}: ${await run()}`);
