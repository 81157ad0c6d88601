// `npm run check`: everything that needs no test, cheap first. Stops at the first step that fails.
import { spawnSync } from 'node:child_process';

/** @type {readonly (readonly [string, string, ...string[]])[]} */
const steps = [
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['shape of the tree', 'node', 'scripts/checks/structure.mjs'],
  ['lint and import law', 'oxlint', '--type-aware', '--max-warnings', '0'],
  ['types', 'tsc', '-b'],
  ['dead code', 'knip'],
  ['build', 'node', 'scripts/build.mjs'],
  ['sizes', 'node', 'scripts/sizes.mjs'],
];

for (const [name, command, ...args] of steps) {
  const started = performance.now();
  const program = command === 'node' ? process.execPath : `node_modules/.bin/${command}`;
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (status !== 0) process.exit(1);
}
