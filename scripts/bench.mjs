// `npm run bench`: figures of the built product, one file of bench/ after the other, or those named
// after `--`. Fails only when one breaks.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { isBuilt } from './is-built.mjs';

/** @param {string} file */
function run(file) {
  const { status } = spawnSync(process.execPath, [file], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!isBuilt()) run('scripts/build.mjs');
const wanted = process.argv.slice(2);
const isWanted = (/** @type {string} */ file) =>
  wanted.length === 0 || wanted.some((name) => file === `bench/${name}.ts`);
for (const file of globSync('bench/*.ts').toSorted().filter(isWanted)) {
  console.log(`\n# ${file}`);
  run(file);
}
