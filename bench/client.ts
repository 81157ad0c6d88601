/**
 * What people see of the client in a real Chromium: `npm run bench -- client`, or some scenes of it,
 * `--scene reload,inbox`. `--rounds n` repeats more or less, `--out file` keeps the figures as lines of JSON.
 */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { busyInbox } from './client/busy-inbox.ts';
import { largeConversation } from './client/large-conversation.ts';
import { longConversation } from './client/long-conversation.ts';
import { pageTasks } from './client/page-tasks.ts';
import { reload } from './client/reload.ts';
import { slowPhone } from './client/slow-phone.ts';
import type { ClientScene } from './client/scene.ts';
import { quantile } from './figures/quantile.ts';

const scenes: Readonly<Record<string, ClientScene>> = {
  reload,
  'long-conversation': longConversation,
  'large-conversation': largeConversation,
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
  for (const { what, times, goal, of, unit = 'ms' } of await scene.run(Number(values.rounds))) {
    const figures = {
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      max: quantile(times, 1),
    };
    const kept = figures[of] <= goal ? 'kept' : 'MISSED';
    const told = Object.entries(figures).map(([part, value]) => `${part} ${value.toFixed(1)}`);
    console.log(
      `  ${what}: ${told.join(', ')} ${unit} of ${times.length}; goal ${of} ${goal} ${unit}: ${kept}`,
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
