/**
 * Entries of this device that the relay has not settled. IndexedDB is the truth, so that any tab may
 * write and a killed tab loses nothing; memory mirrors it for the screen.
 */
import { type Entry, decodeEntry } from '../../shared/entry/entry.ts';
import type { EntryId, Fingerprint } from '../../shared/ids.ts';
import { byTime } from '../model/outbox-item.ts';
import { createWritable } from '../store/readable.ts';
import type { OutboxItem } from '../store/sync-port.ts';
import type { Database, Transaction } from './database.ts';

/** An item as it is stored and told between tabs. */
export interface StoredItem {
  readonly bytes: Uint8Array;
  readonly state: OutboxItem['state'];
}

export class Outbox {
  readonly items = createWritable<readonly OutboxItem[]>([]);
  readonly #database: Database;
  readonly #community: Fingerprint;
  readonly #byId = new Map<EntryId, OutboxItem>();

  constructor(database: Database, community: Fingerprint) {
    this.#database = database;
    this.#community = community;
  }

  async load(): Promise<void> {
    for (const [, stored] of await this.#database.entries(['outbox']))
      this.#read(stored as StoredItem);
    this.#publish();
  }

  get(id: EntryId): OutboxItem | undefined {
    return this.#byId.get(id);
  }

  /** Keeps entries, and whatever `also` writes, in one transaction; shown once it has committed. */
  async add(
    entries: readonly Entry[],
    also: (transaction: Transaction) => void,
  ): Promise<StoredItem[]> {
    const stored = entries.map((entry): StoredItem => ({
      bytes: entry.bytes,
      state: { type: 'waiting' },
    }));
    await this.#database.write((transaction) => {
      entries.forEach((entry, index) => transaction.put(['outbox', entry.id], stored[index]));
      also(transaction);
    });
    this.take(stored, []);
    return stored;
  }

  /** Keeps new states of items that are still here. */
  async update(items: readonly OutboxItem[]): Promise<StoredItem[]> {
    const here = items.filter((item) => this.#byId.has(item.entry.id));
    const stored = here.map((item): StoredItem => ({ bytes: item.entry.bytes, state: item.state }));
    this.take(stored, []);
    await this.#database.write((transaction) => {
      here.forEach((item, index) => transaction.put(['outbox', item.entry.id], stored[index]));
    });
    return stored;
  }

  async drop(ids: readonly EntryId[]): Promise<void> {
    this.take([], ids);
    await this.#database.write((transaction) => {
      for (const id of ids) transaction.delete(['outbox', id]);
    });
  }

  /** Mirrors what another tab has written. */
  take(put: readonly StoredItem[], drop: readonly EntryId[]): void {
    for (const stored of put) this.#read(stored);
    for (const id of drop) this.#byId.delete(id);
    this.#publish();
  }

  #read(stored: StoredItem): void {
    const entry = decodeEntry(stored.bytes, this.#community);
    this.#byId.set(entry.id, { entry, state: stored.state });
  }

  #publish(): void {
    this.items.set(Array.from(this.#byId.values()).toSorted(byTime));
  }
}
