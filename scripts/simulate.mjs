// Plays many random lives of a relay and its devices: `npm run simulate`, or `npm run simulate -- 10000`;
// `npm run simulate -- seed 614706599` plays one again.
import { spawnSync } from 'node:child_process';

const [first = '3000', seed] = process.argv.slice(2);
const chosen = first === 'seed' ? { SIMULATION_SEED: seed } : { SIMULATION_RUNS: first };
const { status } = spawnSync(process.execPath, ['--test', 'simulation/simulation.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, ...chosen },
});
process.exitCode = status ?? 1;
