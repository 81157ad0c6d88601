// Kills the relay at every step of its path: `npm run crash`; or at random moments while people write:
// `npm run crash -- kills 500`; or relay and tabs while people chat: `npm run crash -- tabs 100`.
import { spawnSync } from 'node:child_process';

const [what, kills = '500'] = process.argv.slice(2);
const [files, chosen] =
  what === 'kills'
    ? [['e2e/crash/kills.test.ts'], { CRASH_KILLS: kills }]
    : what === 'tabs'
      ? [['e2e/tab-kill.test.ts', 'e2e/relay-kill.test.ts'], { CRASH_KILLS: kills }]
      : [['e2e/crash/crash.test.ts'], { CRASH_POINTS: 'all' }];
const { status } = spawnSync(process.execPath, ['--test', ...files], {
  stdio: 'inherit',
  env: { ...process.env, ...chosen },
});
process.exitCode = status ?? 1;
