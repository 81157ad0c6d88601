/** What this device keeps, as records by key: IndexedDB in browsers. */

/** Keys are arrays, so what belongs together is one range. */
export type Key = [scope: string, ...rest: (string | number)[]];

/** What a transaction can do. Everything in one callback commits together or not at all. */
export interface Transaction {
  put(key: Key, value: unknown): void;
  delete(key: Key): void;
  /** Stores what `next` returns for the current value; undefined leaves it, null deletes it. */
  change(key: Key, next: (there: unknown) => unknown): void;
  /** Deletes every key that begins with `prefix`. */
  deleteRange(prefix: Key): void;
}

/** Rejects with a StorageError if it cannot. Transactions commit in the order in which they began. */
export interface KeyValueStore {
  get(key: Key): Promise<unknown>;
  /** Keys and values of every record whose key begins with `prefix`, in order of key. */
  entries(prefix: Key): Promise<[Key, unknown][]>;
  /** Runs writes in one transaction; resolves once it has committed. */
  write(work: (transaction: Transaction) => void): Promise<void>;
}
