/** What this device keeps, as records by key: IndexedDB in browsers. */

/** Keys are arrays, so that what belongs together is one range. */
export type Key = [scope: string, ...rest: (string | number)[]];

/** What a transaction can do. Everything asked in one callback commits together or not at all. */
export interface Transaction {
  put(key: Key, value: unknown): void;
  delete(key: Key): void;
  /** Puts what `next` makes of the value that is there; undefined leaves it, null deletes it. */
  change(key: Key, next: (there: unknown) => unknown): void;
  /** Deletes every key that begins with `prefix`. */
  deleteRange(prefix: Key): void;
}

/** Rejects with a StorageError when it cannot. Transactions commit in the order they were begun. */
export interface KeyValueStore {
  get(key: Key): Promise<unknown>;
  /** Keys and values of every record whose key begins with `prefix`, in order of key. */
  entries(prefix: Key): Promise<[Key, unknown][]>;
  /** Runs writes in one transaction; resolves once it has committed. */
  write(work: (transaction: Transaction) => void): Promise<void>;
}
