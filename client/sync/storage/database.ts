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
/** What takes longer has failed: another tab, or a forgotten connection, may hold the database for ever. */
const MOST_MS = 8_000;

export class Database implements KeyValueStore {
  readonly name: string;
  /** Called on each failure, and when a later write succeeds again. */
  readonly state: Writable<StorageState> = createWritable<StorageState>('ok');
  #store: UseStore;
  #closed = false;
  /** The connection in use. */
  #connection: IDBDatabase | undefined;
  /** Somebody took the database away, and what is in memory is not back yet. */
  #emptied = false;
  #puttingBack: Promise<void> | undefined;
  readonly #remembered: ((transaction: Transaction) => void)[] = [];

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
      work(transactionOn(store));
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
    const signal = AbortSignal.timeout(MOST_MS);
    try {
      await navigator.locks.request(this.#destroying, { mode: 'shared', signal }, () => {});
    } catch (cause) {
      throw new StorageError('failed', { cause }); // blocked, or held by a tab that hangs
    }
  }

  /** What is also in memory: `write` puts it back if somebody empties the database under this tab. */
  remember(write: (transaction: Transaction) => void): void {
    this.#remembered.push(write);
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
    if (this.#emptied) {
      this.#puttingBack ??= this.#putBack().finally(() => (this.#puttingBack = undefined));
      await this.#puttingBack;
    }
    return this.#access(mode, work);
  }

  async #access<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => T | PromiseLike<T>,
  ): Promise<T> {
    try {
      const result = await inTime(
        this.#store(mode, (store) => {
          this.#watch(store.transaction.db);
          return work(store);
        }),
      );
      if (mode === 'readwrite') this.state.set('ok');
      return result;
    } catch (cause) {
      const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
      this.state.set(full ? 'full' : 'failed');
      throw new StorageError(full ? 'full' : 'failed', { cause });
    }
  }

  #watch(connection: IDBDatabase): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    const taken = (): void => {
      connection.close(); // whoever deletes it waits for that
      this.#taken();
    };
    connection.addEventListener('versionchange', taken);
    connection.addEventListener('close', taken); // the site's data was cleared
  }

  /** The database was taken away, perhaps by this product itself, which then closes this too. */
  #taken(): void {
    this.#connection = undefined;
    this.#store = createStore(this.name, 'data');
    this.#emptied = this.#remembered.length > 0;
    // At once; if it fails, the screen says so, and the next to read or write tries again.
    if (this.#emptied) void this.get(['device']).catch(() => {});
  }

  /** Puts back what is in memory, before anything else is read or written. */
  async #putBack(): Promise<void> {
    await this.deleted();
    if (this.#closed) throw new StorageError('failed');
    await this.#access('readwrite', async (store) => {
      if ((await promisifyRequest<unknown>(store.get(['device']))) !== undefined) return;
      const transaction = transactionOn(store);
      for (const write of this.#remembered) write(transaction);
      await promisifyRequest(store.transaction);
    });
    this.#emptied = false;
  }
}

function transactionOn(store: IDBObjectStore): Transaction {
  return {
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
  };
}

/** Rejects when it takes too long; what comes later is dropped. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('storage does not answer')), MOST_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Arrays sort after every number and string in IndexedDB, so an empty one bounds a prefix. */
function rangeOf(prefix: Key): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}
