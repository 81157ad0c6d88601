/** What the process holds on to, once everything that can be let go has been. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const used = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Bytes in use on the heap and in buffers. A collection frees buffers beside itself, so one is not enough. */
export async function collectedHeap(): Promise<number> {
  let least = Infinity;
  for (let same = 0; same < 3; same++) {
    await new Promise((turn) => setImmediate(turn)); // what was closed is let go in a later turn
    collect();
    if (used() < least - 100_000) same = 0;
    least = Math.min(least, used());
  }
  return least;
}
