/**
 * What is being written, by key, stored on the device as it is written, never more than one write behind. One text
 * holds the words and which message they answer, so that both are kept, sent and removed together.
 */
import { isStorageError } from './kept.ts';
import type { EntryId } from '../../shared/ids.ts';
import type { Sync } from './sync-port.ts';

/** The draft of a question that is not asked yet; the others go by their conversation. */
export const NEW_DRAFT = 'new';
/** What people write has no such character. */
const MARK = '\u0001';

export interface Draft {
  readonly text: string;
  /** Which message it answers; empty for none in particular. */
  readonly quotes: EntryId | '';
}

/** A draft as it is kept. */
export function draftOf(kept: string): Draft {
  const [text = '', quotes = ''] = kept.split(MARK);
  return { text, quotes: quotes as EntryId | '' };
}

export const keptDraft = ({ text, quotes }: Draft): string => text + (quotes && MARK + quotes);

export class Drafts {
  readonly #sync: Pick<Sync, 'readDraft' | 'writeDraft'>;
  readonly #changed: () => void;
  readonly #texts = new Map<string, string>();
  readonly #writing = new Set<string>();
  /** Newer texts of keys that are being written. */
  readonly #next = new Map<string, string>();

  constructor(sync: Pick<Sync, 'readDraft' | 'writeDraft'>, changed: () => void) {
    this.#sync = sync;
    this.#changed = changed;
  }

  /** The text now; empty while it is read. */
  get(key: string): string {
    return this.#texts.get(key) ?? '';
  }

  /** Reads what an earlier visit left, unless something was written here since. */
  async load(key: string): Promise<void> {
    if (this.#texts.has(key)) return;
    const text = await this.#sync.readDraft(key).catch(() => '');
    if (this.#texts.has(key)) return;
    this.#texts.set(key, text);
    this.#changed();
  }

  set(key: string, text: string): void {
    if (this.#texts.get(key) === text) return;
    this.#texts.set(key, text);
    this.#changed();
    if (this.#writing.has(key)) this.#next.set(key, text);
    else void this.#write(key, text);
  }

  /** Sets the text and resolves once it is stored. @throws {StorageError} */
  async keep(key: string, text: string): Promise<void> {
    this.#texts.set(key, text);
    this.#next.delete(key);
    this.#changed();
    await this.#sync.writeDraft(key, text);
  }

  /**
   * Sends `text` from a composer. `commit` stores the entry and removes the draft in one transaction.
   * Before that the draft on the device is the whole `text`, so a tab killed at any moment has one of the
   * two. False if this device could not store it: the text is still the draft.
   */
  async send(key: string, text: string, commit: () => Promise<unknown>): Promise<boolean> {
    const before = this.get(key);
    this.#next.delete(key);
    if (this.#writing.has(key) || before !== text) void this.#write(key, text);
    try {
      await commit();
    } catch (error) {
      this.set(key, this.get(key) === before ? text : this.get(key));
      if (isStorageError(error)) return false;
      throw error;
    }
    const since = this.get(key);
    this.#texts.set(key, '');
    if (since === before || since === '') this.#changed();
    else this.set(key, since); // went on writing meanwhile
    return true;
  }

  async #write(key: string, text: string): Promise<void> {
    this.#writing.add(key);
    try {
      await this.#sync.writeDraft(key, text);
    } catch (error) {
      if (!isStorageError(error)) throw error; // else `storage` says it
    } finally {
      this.#writing.delete(key);
      const next = this.#next.get(key);
      this.#next.delete(key);
      if (next !== undefined) void this.#write(key, next);
    }
  }
}
