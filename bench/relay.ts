/**
 * Comptoir beside other servers under the same load, on the same Node and the same disk:
 * `npm run bench -- relay --help`. docs/performance.md says how to read it.
 */
import { availableParallelism } from 'node:os';
import { DISKS } from './relay/disk/disks.ts';
import { USAGE, readOptions } from './relay/options.ts';
import { type Run, keepRun, promises, readRuns, tablesOf } from './relay/results.ts';
import { runScene } from './relay/run-scene.ts';
import { SCENES } from './relay/scenes/scenes.ts';
import { signatureCheckUs } from './relay/signature-check.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const options = readOptions(process.argv.slice(2));
if (options === 'help') {
  console.log(USAGE);
} else {
  const { scenes, servers, disk, out } = options;
  const runs: Run[] = out === undefined ? [] : readRuns(out);
  if (!options.isReport) {
    console.log(
      `Node ${process.version}, ${availableParallelism()} cores, ${disk} (${DISKS[disk]}), a signature check takes ${signatureCheckUs().toFixed(0)} µs`,
    );
    for (let count = 1; count <= options.runs; count++) {
      for (const scene of scenes) {
        const able = SCENES[scene].servers ?? servers;
        for (const server of servers.filter((name) => able.includes(name))) {
          const figures = await runScene(SCENES[scene], server, options);
          const run = { scene, server, disk, at: new Date().toISOString(), figures };
          runs.push(run);
          if (out !== undefined) keepRun(out, run);
          console.log(`${count}/${options.runs} ${scene} ${server}: ${JSON.stringify(figures)}`);
        }
      }
    }
  }
  console.log(`\n${tablesOf(runs)}\n${promises()}`);
}
