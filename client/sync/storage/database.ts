/**
 * The one IndexedDB database of a community, through idb-keyval's store function. Keys are arrays, so what
 * belongs together is one range. A write is done when its transaction is done.
 */
import { type UseStore, createStore, promisifyRequest } from 'idb-keyval';
import type { StorageState } from '../../store/sync-port.ts';
import { type Writable, createWritable } from '../../signals/readable.ts';
import type { Fingerprint } from '../../../shared/ids.ts';
import type { Key, KeyValueStore, Transaction } from './key-value-store.ts';
import { StorageError } from './storage-error.ts';

/** How long other tabs may take to release a database that is being deleted. */
const LET_GO_MS = 2_000;

export class Database implements KeyValueStore {
  readonly name: string;
  /** Called on each failure, and when a later write succeeds again. */
  readonly state: Writable<StorageState> = createWritable<StorageState>('ok');
  readonly #store: UseStore;
  #closed = false;

  /** @param profile keeps several devices of one browser apart; empty for the browser's own. */
  constructor(community: Fingerprint, profile = '') {
    this.name = `comptoir-${community}${profile}`;
    this.#store = createStore(this.name, 'data');
  }

  get(key: Key): Promise<unknown> {
    return this.#run('readonly', (store) => promisifyRequest<unknown>(store.get(key)));
  }

  /** Keys and values of every record whose key begins with `prefix`, in order of key. */
  entries(prefix: Key): Promise<[Key, unknown][]> {
    return this.#run('readonly', async (store) => {
      const range = rangeOf(prefix);
      const [keys, values] = await Promise.all([
        promisifyRequest(store.getAllKeys(range)),
        promisifyRequest<unknown[]>(store.getAll(range)),
      ]);
      return keys.map((key, index) => [key as Key, values[index]]);
    });
  }

  /** Runs writes in one transaction; resolves once it has committed. */
  write(work: (transaction: Transaction) => void): Promise<void> {
    return this.#run('readwrite', (store) => {
      work({
        put: (key, value) => void store.put(value, key),
        delete: (key) => void store.delete(key),
        change: (key, next) => {
          const request = store.get(key);
          request.onsuccess = () => {
            const value = next(request.result);
            if (value === null) store.delete(key);
            else if (value !== undefined) store.put(value, key);
          };
        },
        deleteRange: (prefix) => void store.delete(rangeOf(prefix)),
      });
      return promisifyRequest(store.transaction);
    });
  }

  /** Stores `value` unless the key has one already. Resolves to the value that is there afterwards. */
  putOnce(key: Key, value: unknown): Promise<unknown> {
    return this.#run('readwrite', async (store) => {
      const there = await promisifyRequest<unknown>(store.get(key));
      if (there !== undefined) return there;
      store.put(value, key);
      await promisifyRequest(store.transaction);
      return value;
    });
  }

  /**
   * Deletes everything, then the database itself. Once `begun`, no tab opens it again before that is done.
   */
  async destroy(begun = (): void => {}): Promise<void> {
    await navigator.locks.request(this.#destroying, async () => {
      begun();
      await this.#run('readwrite', (store) => {
        store.clear();
        return promisifyRequest(store.transaction);
      });
      await this.close();
      await new Promise<void>((resolve) => {
        const request = indexedDB.deleteDatabase(this.name);
        request.onsuccess = request.onerror = () => resolve();
        // A frozen tab may still hold it: it is empty, and goes when that tab releases it.
        request.onblocked = () => setTimeout(resolve, LET_GO_MS);
      });
    });
  }

  /** Waits until no tab is deleting it. */
  async deleted(): Promise<void> {
    await navigator.locks.request(this.#destroying, { mode: 'shared' }, () => {});
  }

  get #destroying(): string {
    return `${this.name}-destroying`;
  }

  /** Releases the database, so that another tab may delete it. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#store('readonly', (store) => store.transaction.db.close()).catch(() => {}); // is closed
  }

  async #run<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => T | PromiseLike<T>,
  ): Promise<T> {
    if (this.#closed) throw new StorageError('failed');
    try {
      const result = await this.#store(mode, (store) => {
        // Another tab deletes everything: release it, or that tab would wait for this one.
        store.transaction.db.onversionchange = () => void this.close();
        return work(store);
      });
      if (mode === 'readwrite') this.state.set('ok');
      return result;
    } catch (cause) {
      const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
      this.state.set(full ? 'full' : 'failed');
      throw new StorageError(full ? 'full' : 'failed', { cause });
    }
  }
}

/** Arrays sort after every number and string in IndexedDB, so an empty one bounds a prefix. */
function rangeOf(prefix: Key): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}
