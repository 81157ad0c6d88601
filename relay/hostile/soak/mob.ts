/** A mob at a relay, in a process of its own until it is killed: `mob.ts <url> <fingerprint>`. Tells its parent how much it did. */
import { randomInt } from 'node:crypto';
import type { Fingerprint } from '../../../shared/ids.ts';
import { acts } from './acts.ts';

const [url = '', community = ''] = process.argv.slice(2);
const AT_ONCE = 12;
const PAUSE_MS = 20;
const done = { acts: 0, failed: 0 };

async function goOn(): Promise<never> {
  for (;;) {
    try {
      await acts[randomInt(acts.length)]!({ url, community: community as Fingerprint });
      done.acts++;
    } catch {
      done.failed++; // it was cut or not answered in time, as it may be
    }
    await new Promise((later) => setTimeout(later, PAUSE_MS));
  }
}

setInterval(() => process.send?.(done), 250);
process.once('disconnect', () => process.exit());
for (let each = 0; each < AT_ONCE; each++) void goOn();
