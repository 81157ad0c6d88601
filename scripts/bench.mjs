// `npm run bench -- <name> [options]`: runs a file of bench/ on the built product. Without a name it says
// which there are. Fails only when one breaks.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { isBuilt } from './is-built.mjs';

/** @param {string[]} args */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const [name = '', ...options] = process.argv.slice(2);
const file = `bench/${name}.ts`;
if (existsSync(file)) {
  if (!isBuilt()) run('scripts/build.mjs');
  run(file, ...options);
} else {
  const names = globSync('bench/*.ts').map((path) => path.replaceAll('\\', '/').slice(6, -3));
  console.log(`npm run bench -- <name> [options]\n\n${names.toSorted().join('\n')}`);
  process.exitCode = name === '' ? 0 : 1;
}
