/**
 * This device's entries that the relay has not answered for good. IndexedDB is the truth, so any tab may write and a
 * killed tab loses nothing. Memory mirrors it for the screen.
 */
import { type Entry, decodeEntry } from '../../../shared/entry/entry.ts';
import type { EntryId, Fingerprint } from '../../../shared/ids.ts';
import { byTime } from './outbox-item.ts';
import { createWritable } from '../../signals/readable.ts';
import type { OutboxItem } from '../../store/sync-port.ts';
import type { KeyValueStore, Transaction } from '../storage/key-value-store.ts';

/** An item as stored, and as told between tabs. */
export interface StoredItem {
  readonly bytes: Uint8Array;
  readonly state: OutboxItem['state'];
  /** Whether it may have been sent: then only the relay can say what happened to it. */
  readonly tried: boolean;
}

const isFinal = ({ state }: StoredItem): boolean =>
  state.type === 'refused' || state.type === 'claimed';

export class Outbox {
  readonly items = createWritable<readonly OutboxItem[]>([]);
  readonly #database: KeyValueStore;
  readonly #community: Fingerprint;
  readonly #byId = new Map<EntryId, OutboxItem>();
  readonly #untried = new Set<EntryId>();

  constructor(database: KeyValueStore, community: Fingerprint) {
    this.#database = database;
    this.#community = community;
  }

  /** Reads everything stored, by any tab. */
  async load(): Promise<void> {
    const entries = await this.#database.entries(['outbox']);
    this.#byId.clear();
    this.#untried.clear();
    for (const [, stored] of entries) this.#read(stored as StoredItem);
    this.#publish();
  }

  /** Writes everything that is here again. */
  putBack(transaction: Transaction): void {
    for (const [id, { entry, state }] of this.#byId)
      transaction.put(['outbox', id], { bytes: entry.bytes, state, tried: !this.#untried.has(id) });
  }

  get(id: EntryId): OutboxItem | undefined {
    return this.#byId.get(id);
  }

  /** Whether it was certainly never sent. */
  isUntried(id: EntryId): boolean {
    return this.#untried.has(id);
  }

  /**
   * Stores entries, and whatever `also` writes, in one transaction. They show once it has committed.
   * @param tried whether they are sent right after
   */
  async add(
    entries: readonly Entry[],
    tried: boolean,
    also: (transaction: Transaction) => void,
  ): Promise<StoredItem[]> {
    const stored = entries.map((entry): StoredItem => ({
      bytes: entry.bytes,
      state: { type: 'waiting' },
      tried,
    }));
    await this.#database.write((transaction) => {
      entries.forEach((entry, index) => transaction.put(['outbox', entry.id], stored[index]));
      also(transaction);
    });
    this.mirror(stored, []);
    return stored;
  }

  /** Stores new states of items that are still here. */
  async update(items: readonly OutboxItem[]): Promise<StoredItem[]> {
    const here = items.filter((item) => this.#byId.has(item.entry.id));
    const stored = here.map((item): StoredItem => ({
      bytes: item.entry.bytes,
      state: item.state,
      tried: true,
    }));
    this.mirror(stored, []);
    await this.#database.write((transaction) => {
      here.forEach((item, index) => {
        // An item that another tab has removed meanwhile stays removed.
        transaction.change(['outbox', item.entry.id], (there) => there && stored[index]);
      });
    });
    return stored;
  }

  /** Notes that items are sent from now on. Items that another tab has removed are forgotten. */
  async markTried(ids: readonly EntryId[]): Promise<void> {
    const gone: EntryId[] = [];
    for (const id of ids) this.#untried.delete(id);
    await this.#database.write((transaction) => {
      for (const id of ids) {
        transaction.change(['outbox', id], (there) => {
          if (there) return { ...(there as StoredItem), tried: true };
          gone.push(id);
          return undefined;
        });
      }
    });
    if (gone.length > 0) this.mirror([], gone);
  }

  /** Removes an item that the relay refused or certainly never saw. Returns whether it did. */
  async dismiss(id: EntryId): Promise<boolean> {
    let gone = false;
    await this.#database.write((transaction) => {
      transaction.change(['outbox', id], (there) => {
        const stored = there as StoredItem | undefined;
        gone = stored !== undefined && (!stored.tried || isFinal(stored));
        return gone ? null : undefined;
      });
    });
    if (gone) this.mirror([], [id]);
    return gone;
  }

  async drop(ids: readonly EntryId[]): Promise<void> {
    this.mirror([], ids);
    try {
      await this.#database.write((transaction) => {
        for (const id of ids) transaction.delete(['outbox', id]);
      });
    } finally {
      this.mirror([], ids); // a reading of the store in between had it still
    }
  }

  /** Mirrors what another tab has written. */
  mirror(put: readonly StoredItem[], drop: readonly EntryId[]): void {
    for (const stored of put) this.#read(stored);
    for (const id of drop) {
      this.#byId.delete(id);
      this.#untried.delete(id);
    }
    this.#publish();
  }

  #read(stored: StoredItem): void {
    const entry = decodeEntry(stored.bytes, this.#community);
    this.#byId.set(entry.id, { entry, state: stored.state });
    if (stored.tried) this.#untried.delete(entry.id);
    else this.#untried.add(entry.id);
  }

  #publish(): void {
    this.items.set([...this.#byId.values()].toSorted(byTime));
  }
}
