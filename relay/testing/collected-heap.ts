/** What the process holds on to, once everything that can be let go has been. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use on the heap and in buffers. */
export async function collectedHeap(): Promise<number> {
  for (let times = 0; times < 3; times++) {
    await new Promise((turn) => setImmediate(turn)); // what was closed is let go in a later turn
    collect();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
