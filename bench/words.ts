/** What the word filter takes of a message, with the lists that come with the relay. */
import { judgeShipped } from '../relay/testing/words/judge-shipped.ts';

const usual = [
  'Bonjour, la perceuse est-elle livrée avec une batterie ? J’hésite avec le modèle au-dessus.',
  'My order is late, is that usual? I paid 149.90 on 12/11/2026.',
  'Oui : il faut serrer à 25 Nm, puis vérifier le jeu. La notice dit 230 V.',
  'Thanks, that worked!',
];
const ROUNDS = 5;
const TEXTS = 10_000;

const measured = (texts: readonly string[], count: number): number => {
  const started = process.cpuUsage();
  for (let turn = 0; turn < count; turn++) judgeShipped(texts[turn % texts.length]!);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / count;
};

const long = [usual.join(' ').repeat(20).slice(0, 4_000)];
measured(usual, TEXTS);
for (const [name, texts, count] of [
  ['a usual message', usual, TEXTS],
  ['4,000 signs', long, 200],
] as const) {
  const times = Array.from({ length: ROUNDS }, () => measured(texts, count)).toSorted(
    (a, b) => a - b,
  );
  console.log(`${name}: ${times[Math.floor(ROUNDS / 2)]!.toFixed(1)} µs of processor time`);
}
