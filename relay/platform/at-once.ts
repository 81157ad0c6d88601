/** Which signatures are checked and made on the relay's own thread, and which on Node's others. */
import { availableParallelism } from 'node:os';

/** On this thread, in one turn of the event loop. */
const MOST_AT_ONCE = availableParallelism() > 1 ? 4 : Infinity;
let here = 0;
let elsewhere = 0;

/**
 * Whether the next one may be done here and now. Another thread is worth its way (two thirds of a check)
 * only while there is more to do than this turn should take, and a processor to take it.
 */
export function isAtOnce(): boolean {
  if (elsewhere > 0 || here >= MOST_AT_ONCE) return false;
  if (here++ === 0) setImmediate(() => (here = 0));
  return true;
}

/** Does one on another thread. */
export async function doElsewhere<Result>(
  start: (done: (error: Error | null, result: Result) => void) => void,
): Promise<Result> {
  elsewhere++;
  try {
    return await new Promise((resolve, reject) =>
      start((error, result) => (error ? reject(error) : resolve(result))),
    );
  } finally {
    elsewhere--;
  }
}
