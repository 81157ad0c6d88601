// Kills the relay at every step of its path: `npm run crash`; or at random moments while people write:
// `npm run crash -- kills 500`.
import { spawnSync } from 'node:child_process';

const [what, kills = '500'] = process.argv.slice(2);
const [file, chosen] =
  what === 'kills'
    ? ['e2e/crash/kills.test.ts', { CRASH_KILLS: kills }]
    : ['e2e/crash/crash.test.ts', { CRASH_POINTS: 'all' }];
const { status } = spawnSync(process.execPath, ['--test', file], {
  stdio: 'inherit',
  env: { ...process.env, ...chosen },
});
process.exitCode = status ?? 1;
