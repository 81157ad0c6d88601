/**
 * A readable computed from others. It is computed when first read after a change, and tells once in a
 * turn.
 */
import type { Readable } from './readable.ts';
import { reuse } from './reuse.ts';

export interface Computed<T> extends Readable<T> {
  /** Something that the value depends on changed. */
  invalidate(): void;
  /** Tells nobody any more. Idempotent. */
  dispose(): void;
}

export function createComputed<T>(compute: () => T): Computed<T> {
  const watchers = new Set<() => void>();
  let current = compute();
  let last = current;
  let dirty = false;
  let scheduled = false;
  let disposed = false;

  const get = (): T => {
    if (dirty && !disposed) {
      dirty = false;
      current = reuse(current, compute());
    }
    return current;
  };
  const tell = (): void => {
    scheduled = false;
    if (disposed || Object.is(get(), last)) return;
    last = current;
    for (const changed of new Set(watchers)) changed();
  };
  return {
    get,
    invalidate() {
      dirty = true;
      if (scheduled || disposed) return;
      scheduled = true;
      queueMicrotask(tell);
    },
    subscribe(changed) {
      const own = (): void => changed();
      watchers.add(own);
      return () => watchers.delete(own);
    },
    dispose() {
      disposed = true;
      watchers.clear();
    },
  };
}
