/** Watches everything that a store is made of. */
import type { Readable } from '../signals/readable.ts';

/** Calls back after each change of any of these, and when the browser finds or loses the network. */
export function watchAll(sources: readonly Readable<unknown>[], changed: () => void): () => void {
  const undo = sources.map((source) => source.subscribe(changed));
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    for (const stop of undo) stop();
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}
