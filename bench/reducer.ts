/**
 * The reducer at its worst: 20,000 rows of a conversation, in orders that an attacker would choose.
 * Goal: no single row over 1 ms. Run: `node bench/reducer.ts`.
 */
import { performance } from 'node:perf_hooks';
import { bytesToText } from '../shared/bytes.ts';
import { ConversationState } from '../shared/conversation/conversation-state.ts';
import type { Fact } from '../shared/conversation/fact.ts';
import { decodeState, encodeState } from '../shared/conversation/state-codec.ts';
import type { Effect } from '../shared/entry/schema/effect.ts';
import { Role } from '../shared/grant/roles.ts';
import { type DeviceKey, type EntryId, type MemberId, parseSpaceId } from '../shared/ids.ts';
import { SpaceMode } from '../shared/space-mode.ts';

const ROWS = 20_000;
const GOAL_MS = 1;

const idOf = (number: number): EntryId => {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(0, Math.imul(number, 2_654_435_761));
  new DataView(bytes.buffer).setUint32(4, number);
  return bytesToText(bytes) as EntryId;
};
const ids = Array.from({ length: 2 * ROWS }, (_, number) => idOf(number));
const people = Array.from({ length: ROWS }, (_, number) => ({
  device: `device-${number}` as DeviceKey,
  member: idOf(number + 1_000_000) as string as MemberId,
  role: number % 7 === 1 ? Role.helper : Role.visitor,
}));

const fact = (seq: number, who: number, effect: Effect, place = seq): Fact => ({
  id: ids[seq]!,
  seq,
  place,
  received: 1_700_000_000_000 + seq,
  time: 1_700_000_000_000 + seq,
  author: { ...people[who]! },
  mode: SpaceMode.open,
  bytes: 300,
  effect,
});
const ask = fact(0, 0, {
  asks: { space: parseSpaceId('demo'), page: { url: '', title: '' }, lang: 'en' },
  says: 'Why?',
});
const say = (seq: number, who: number, place?: number): Fact =>
  fact(seq, who, { says: 'Some words that somebody said here' }, place);
const close = (seq: number): Fact => fact(seq, 0, { closes: true, frees: true });
const retract = (seq: number, target: number): Fact => fact(seq, 0, { withdraws: ids[target]! });
const merge = (seq: number, from: number, to: number): Fact =>
  fact(seq, 0, { unites: { from: people[from]!.member, to: people[to]!.member } });

type Step = (state: ConversationState) => void;
const adds = (facts: readonly Fact[]): Step[] => facts.map((one) => (state) => state.add(one));

/** All that the relay and a device look at after each change. */
function look(state: ConversationState): void {
  void [
    state.claim,
    state.closed,
    state.waitingSince,
    state.last,
    state.lastAt,
    state.answererCount,
  ];
}

/** The worst of a step is the least of some rounds: what the machine did beside does not count. */
const ROUNDS = 5;

function run(what: string, before: readonly Fact[], steps: readonly Step[]): boolean {
  const least = steps.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    const state = new ConversationState();
    for (const one of before) state.add(one);
    steps.forEach((step, index) => {
      const start = performance.now();
      step(state);
      look(state);
      least[index] = Math.min(least[index]!, performance.now() - start);
    });
  }
  const worst = least.reduce((a, b) => Math.max(a, b), 0);
  const total = least.reduce((a, b) => a + b, 0);
  const fits = worst <= GOAL_MS;
  console.log(
    `${fits ? 'ok  ' : 'SLOW'} ${what}: ${steps.length} in ${total.toFixed(1)} ms, worst ${worst.toFixed(3)} ms`,
  );
  return fits;
}

const range = (length: number, from = 0): number[] => Array.from({ length }, (_, at) => from + at);
/** The asker says something and closes, again and again. */
const turns = [ask, ...range(18_999, 1).map((seq) => (seq % 2 === 1 ? say(seq, 0) : close(seq)))];
const said = turns.filter(({ effect }) => effect?.says !== undefined && !effect.asks);
/** As the relay does it: the retraction is numbered, then its target erased. */
const retractions = (targets: readonly Fact[]): Step[] =>
  targets.map((target, index) => (state) => {
    state.add(retract(turns.length + index, target.seq));
    state.erase(target.id);
  });

const crowd = [ask, ...range(ROWS - 1, 1).map((seq) => say(seq, 1 + (seq % 5_000)))];
const two = [ask, ...range(ROWS - 1, 1).map((seq) => say(seq, 1 + (seq % 2)))];
const claims = [
  ask,
  ...range(ROWS - 1, 1).map((seq) =>
    seq % 2 === 1 ? fact(seq, 1, { claims: true }) : fact(seq, 1, { ends: ids[seq - 1]! }),
  ),
];
const all = [
  run('rows, one after the other', [], adds(turns)),
  run('3,000 retractions from the front', turns, retractions(said.slice(0, 3_000))),
  run('3,000 retractions from the back', turns, retractions(said.toReversed().slice(0, 3_000))),
  run('rows of an open space with 5,000 answerers', [], adds(crowd)),
  run('claims that lapse', [], adds(claims)),
  run(
    'claims erased from the front',
    claims,
    claims.slice(1).map((one) => (state) => state.erase(one.id)),
  ),
  run(
    'restored rows, in between, backwards',
    turns.slice(0, 10_000),
    adds(range(9_000).map((at) => say(10_000 + at, 0, 9_000 - at))),
  ),
  run(
    'answerers who become one',
    crowd,
    adds(range(4_999).map((at) => merge(ROWS + at, at + 1, at + 2))),
  ),
  run(
    'answerers who become the asker',
    crowd,
    adds(range(4_999).map((at) => merge(ROWS + at, at + 1, 0))),
  ),
  run('two who said 10,000 words each become one', two, adds([merge(ROWS, 1, 2)])),
  run('one who said 10,000 words becomes the asker', two, adds([merge(ROWS, 1, 0)])),
  run(
    'merges, restored backwards',
    crowd,
    adds(range(50).map((at) => ({ ...merge(ROWS + at, at + 1, at + 2), place: ROWS - at }))),
  ),
  run('the question, after all else', crowd.slice(1), adds([ask])),
];

const bytes = ((): Uint8Array => {
  const state = new ConversationState();
  for (const one of turns) state.add(one);
  return encodeState(state);
})();
const loads = range(ROUNDS).map(() => {
  const start = performance.now();
  decodeState(bytes);
  return performance.now() - start;
});
globalThis.gc?.();
const heap = process.memoryUsage().heapUsed;
const loaded = decodeState(bytes);
globalThis.gc?.();
const held = Math.round((process.memoryUsage().heapUsed - heap) / turns.length);
console.log(
  `a state of ${turns.length} rows: ${bytes.length} bytes, loaded in ${Math.min(...loads).toFixed(1)} ms` +
    `, heap ${held} bytes a row (with --expose-gc)`,
);
process.exitCode = all.every(Boolean) && loaded ? 0 : 1;
