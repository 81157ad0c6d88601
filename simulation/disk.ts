/**
 * What a device keeps, with the accidents of a browser: writes of a page may wait, all in order, and
 * are lost with the page if it dies before.
 */
import type { Key, KeyValueStore, Transaction } from '../client/sync/storage/key-value-store.ts';

export class Disk {
  readonly #records = new Map<string, readonly [Key, unknown]>();

  /** @param lags whether a write has to wait for the next `flush`. */
  open(lags: () => boolean): DiskConnection {
    return new DiskConnection(this.#records, lags);
  }
}

export class DiskConnection implements KeyValueStore {
  readonly #records: Map<string, readonly [Key, unknown]>;
  readonly #lags: () => boolean;
  readonly #waiting: (() => void)[] = [];
  #closed = false;

  constructor(records: Map<string, readonly [Key, unknown]>, lags: () => boolean) {
    this.#records = records;
    this.#lags = lags;
  }

  get(key: Key): Promise<unknown> {
    this.flush();
    return Promise.resolve(this.#get(key));
  }

  entries(prefix: Key): Promise<[Key, unknown][]> {
    this.flush();
    const found = Array.from(this.#records.values(), ([key, value]): [Key, unknown] => [
      key,
      value,
    ]).filter(([key]) => startsWith(key, prefix));
    return Promise.resolve(found.sort(([a], [b]) => compare(a, b)));
  }

  write(work: (transaction: Transaction) => void): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('closed'));
    const { promise, resolve } = Promise.withResolvers<void>();
    const acts: (() => void)[] = [];
    work({
      put: (key, value) => void acts.push(() => this.#put(key, value)),
      delete: (key) => void acts.push(() => this.#delete(key)),
      change: (key, next) =>
        void acts.push(() => {
          const value = next(this.#get(key));
          if (value === null) this.#delete(key);
          else if (value !== undefined) this.#put(key, value);
        }),
      deleteRange: (prefix) =>
        void acts.push(() => {
          for (const [key] of Array.from(this.#records.values()))
            if (startsWith(key, prefix)) this.#delete(key);
        }),
    });
    this.#waiting.push(() => {
      for (const act of acts) act();
      resolve();
    });
    if (!this.#lags()) this.flush();
    return promise;
  }

  /** Commits what waits; tells whether anything did. */
  flush(): boolean {
    const waiting = this.#waiting.splice(0);
    for (const commit of waiting) commit();
    return waiting.length > 0;
  }

  /** The page is gone, with the writes that wait. */
  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
  }

  #get(key: Key): unknown {
    return this.#records.get(key.join())?.[1];
  }

  #put(key: Key, value: unknown): void {
    this.#records.set(key.join(), [key, value]);
  }

  #delete(key: Key): void {
    this.#records.delete(key.join());
  }
}

const startsWith = (key: Key, prefix: Key): boolean =>
  prefix.every((part, index) => key[index] === part);

function compare(a: Key, b: Key): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  const [one, other] = [a[at], b[at]];
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one) < String(other) ? -1 : 1;
}
