/**
 * What people see of the client in a real Chromium: `npm run bench -- client`, or some scenes of it,
 * `--scene reload,inbox`. `--rounds n` repeats more or less, `--out file` keeps the figures as lines of JSON.
 */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { busyInbox } from './client/busy-inbox.ts';
import { longConversation } from './client/long-conversation.ts';
import { pageTasks } from './client/page-tasks.ts';
import { reload } from './client/reload.ts';
import { slowPhone } from './client/slow-phone.ts';
import type { ClientScene } from './client/scene.ts';
import { quantile } from './figures/quantile.ts';

const scenes: Readonly<Record<string, ClientScene>> = {
  reload,
  'long-conversation': longConversation,
  inbox: busyInbox,
  'slow-phone': slowPhone,
  'page-tasks': pageTasks,
};

const { values } = parseArgs({
  options: {
    scene: { type: 'string', default: Object.keys(scenes).join(',') },
    rounds: { type: 'string', default: '31' },
    out: { type: 'string' },
  },
});
for (const name of values.scene.split(',')) {
  const scene = scenes[name];
  if (!scene) throw new RangeError(`${name} is none of ${Object.keys(scenes).join(', ')}`);
  console.log(`\n${name}: ${scene.about}`);
  for (const { what, times, goalMs, of } of await scene.run(Number(values.rounds))) {
    const figures = {
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      max: quantile(times, 1),
    };
    const kept = figures[of] <= goalMs ? 'kept' : 'MISSED';
    const told = Object.entries(figures).map(([part, ms]) => `${part} ${ms.toFixed(1)}`);
    console.log(
      `  ${what}: ${told.join(', ')} ms of ${times.length}; goal ${of} ${goalMs} ms: ${kept}`,
    );
    if (values.out === undefined) continue;
    const line = {
      scene: name,
      what,
      at: new Date().toISOString(),
      count: times.length,
      ...figures,
    };
    appendFileSync(values.out, `${JSON.stringify(line)}\n`);
  }
}
