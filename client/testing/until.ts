/** Waits for what a readable will say. */
import type { Readable } from '../store/readable.ts';

/** Resolves with the first value that passes, now or later. The test's own time-out ends the wait. */
export function until<T>(source: Readable<T>, passes: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const value = source.get();
      if (!passes(value)) return false;
      undo();
      resolve(value);
      return true;
    };
    const undo = source.subscribe(look);
    queueMicrotask(look);
  });
}
