// `npm run check`: everything that needs no test, cheap first. Stops at the first step that fails; beside them
// the format is checked, which takes longest and needs one processor.
import { spawn } from 'node:child_process';

/** @typedef {readonly [string, string, ...string[]]} Step */

/** @type {Step} */
const format = ['format', 'prettier', '--check', '--log-level', 'warn', '.'];
/** @type {readonly Step[]} */
const steps = [
  ['shape of the tree', 'node', 'scripts/checks/structure.mjs'],
  ['lint and import law', 'oxlint', '--type-aware', '--max-warnings', '0'],
  ['types', 'tsc', '-b'],
  ['dead code', 'knip'],
  ['build', 'node', 'scripts/build.mjs'],
  ['sizes', 'node', 'scripts/sizes.mjs'],
];

/**
 * Whether a step passes.
 * @param {Step} step
 * @returns {Promise<boolean>}
 */
function passes([name, command, ...args]) {
  const started = performance.now();
  const program = command === 'node' ? process.execPath : `node_modules/.bin/${command}`;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (status) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
      resolve(status === 0);
    });
  });
}

const formatted = passes(format);
let isFine = true;
for (const step of steps) isFine &&= await passes(step);
if (!(await formatted) || !isFine) process.exitCode = 1;
