/** How soon a relay is ready, whatever it holds. */
import { quantile } from '../../figures/quantile.ts';
import type { Scene } from './scene.ts';

const STARTS = 9;
/** Signed and sent at a time. */
const ASKED_AT_ONCE = 2_000;

/** From the start of its process until it says that it is ready, on a folder of so many conversations. */
const ready = (conversations: number): Scene => ({
  about: `a start on a folder of ${conversations} conversations, until it is ready`,
  servers: ['comptoir'],
  async run({ load, server, isShort }) {
    const count = isShort ? conversations / 10 : conversations;
    await load.do('found', 1, 0);
    for (let left = count; left > 0; left -= ASKED_AT_ONCE)
      await load.do('asks', Math.min(left, ASKED_AT_ONCE));
    await load.do('cut');
    const times: number[] = [];
    const cpus: number[] = [];
    for (let start = 0; start < STARTS; start++) {
      times.push(await server.restart());
      cpus.push(server.cpuMs());
    }
    return {
      'ready ms, best': quantile(times, 0),
      'ready ms': quantile(times, 0.5),
      'CPU ms, best': quantile(cpus, 0),
      'CPU ms': quantile(cpus, 0.5),
      MB: await server.rssMb(),
    };
  },
});

export const starting = {
  'ready-0': ready(0),
  'ready-100000': ready(100_000),
} satisfies Readonly<Record<string, Scene>>;
