/** The member's private records on this device: written here first, then merged with the member's room. */
import type { Row } from '../../shared/conversation/row.ts';
import { type OwnRecord, mergeRecords, pendingRecords } from './private-records.ts';
import { createWritable } from '../signals/readable.ts';
import type { Database } from './storage/database.ts';

export class PrivateState {
  readonly values = createWritable<ReadonlyMap<string, string>>(new Map());
  readonly #database: Database;
  readonly #now: () => number;
  readonly #own = new Map<string, OwnRecord>();
  #rows: readonly Row[] = [];

  /** @param now the relay's time, as this device knows it. */
  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  async load(): Promise<void> {
    for (const [key, record] of await this.#database.entries(['private'])) {
      this.#own.set(String(key[1]), record as OwnRecord);
    }
    this.#publish();
  }

  async write(key: string, record: OwnRecord): Promise<void> {
    await this.#database.write((transaction) => transaction.put(['private', key], record));
    this.mirror(key, record);
  }

  /** Mirrors what another tab has written. */
  mirror(key: string, record: OwnRecord): void {
    this.#own.set(key, record);
    this.#publish();
  }

  /** The member's room changed. */
  rowsChanged(rows: readonly Row[]): void {
    if (this.#rows === rows) return;
    this.#rows = rows;
    this.#publish();
  }

  /** Records that the relay does not have yet. */
  get pending(): ReturnType<typeof pendingRecords> {
    return pendingRecords(this.#rows, this.#own, this.#now());
  }

  #publish(): void {
    this.values.set(mergeRecords(this.#rows, this.#own, this.#now()));
  }
}
