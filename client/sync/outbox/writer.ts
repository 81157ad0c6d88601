/** What this device says: it is signed, and stored before anything else happens to it. */
import type { Content } from '../../../shared/entry/content.ts';
import type { Entry } from '../../../shared/entry/entry.ts';
import { signEntry } from '../../../shared/entry/sign-entry.ts';
import type { ConversationId, Fingerprint } from '../../../shared/ids.ts';
import type { KeyValueStore, Transaction } from '../storage/key-value-store.ts';
import type { Identity } from '../identity.ts';
import { nextTimes } from './entry-times.ts';
import type { Outbox, StoredItem } from './outbox.ts';

export interface WriterOptions {
  readonly community: Fingerprint;
  readonly identity: Identity;
  readonly database: KeyValueStore;
  readonly outbox: Outbox;
  /** The relay's time, ms since the epoch. */
  now(): number;
  random(length: number): Uint8Array;
  /** Whether there is a link, so that entries leave at once. */
  linked(): boolean;
  /** These are kept. */
  kept(items: readonly StoredItem[]): void;
}

export class Writer {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /**
   * Writes entries of one conversation, one after the other. The same transaction removes their draft and
   * does what `also` adds.
   * @throws {EntryError} before anything is stored, {StorageError} if nothing could be.
   */
  async write(
    conversation: ConversationId,
    contents: readonly Content[],
    draftKey?: string,
    also?: (transaction: Transaction) => void,
  ): Promise<readonly Entry[]> {
    const { community, identity, outbox, random, linked, kept } = this.#options;
    const times = await this.#nextTimes(contents.length);
    const entries = await Promise.all(
      contents.map((content, index) => {
        const nonce = random(8);
        const time = times[index]!;
        const draft = { conversation, author: identity.device, time, content, nonce };
        return signEntry(draft, community, identity.sign);
      }),
    );
    const items = await outbox.add(entries, linked(), (transaction) => {
      if (draftKey !== undefined) transaction.delete(['draft', draftKey]);
      also?.(transaction);
    });
    kept(items);
    return entries;
  }

  /** Takes times that no tab of this device has given to an entry yet, all later than those already given. */
  async #nextTimes(count: number): Promise<number[]> {
    let times: number[] = [];
    await this.#options.database.write((transaction) => {
      transaction.change(['entry-time'], (last) => {
        times = nextTimes(last as number | undefined, this.#options.now(), count);
        return times.at(-1);
      });
    });
    return times;
  }
}
