/** A value that changes and can be watched: how data flows from sync to stores to elements. */
export interface Readable<T> {
  /** The current value. The same reference until it changes. */
  get(): T;
  /** Calls back after each change, never at once. Returns a function that undoes it. */
  subscribe(changed: () => void): () => void;
}

/** A readable that its owner sets. */
export interface Writable<T> extends Readable<T> {
  /** Sets the value and tells, unless it is the same by `Object.is`. */
  set(value: T): void;
}

export function createWritable<T>(initial: T): Writable<T> {
  let current = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(current, value)) return;
      current = value;
      for (const changed of new Set(watchers)) changed();
    },
    subscribe(changed) {
      const own = (): void => changed();
      watchers.add(own);
      return () => watchers.delete(own);
    },
  };
}

/** Resolves with the first value that passes, now or later; never if none does. */
export function until<T>(source: Readable<T>, passes: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    let undo: (() => void) | undefined;
    const look = (): boolean => {
      const value = source.get();
      if (!passes(value)) return false;
      undo?.();
      resolve(value);
      return true;
    };
    if (!look()) undo = source.subscribe(look);
  });
}
