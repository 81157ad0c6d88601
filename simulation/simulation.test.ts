/**
 * Random lives of a relay and its devices: `SIMULATION_RUNS` says how many, `SIMULATION_SEED` plays
 * one again.
 */
import { test } from 'node:test';
import { Run, type RunCount } from './run.ts';

const RUNS = Number(process.env['SIMULATION_RUNS'] ?? 300);
const STEPS = 120;

test('acknowledged is durable, once, in one order everywhere, whatever fails', async (context) => {
  const chosen = process.env['SIMULATION_SEED'];
  const first = chosen === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(chosen);
  const runs = chosen === undefined ? RUNS : 1;
  const total: Record<string, number> = {};
  for (let seed = first; seed < first + runs; seed++) {
    let count: RunCount;
    try {
      count = await new Run(seed).play(STEPS);
    } catch (cause) {
      throw new Error(`SIMULATION_SEED=${seed} shows it`, { cause });
    }
    for (const [what, number] of Object.entries(count)) total[what] = (total[what] ?? 0) + number;
  }
  context.diagnostic(`${runs} runs from seed ${first}: ${JSON.stringify(total)}`);
});
