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

interface Kept {
  /** Undefined while it is read. */
  text?: string;
  /** What the device may hold: more than one text while newer ones are on their way there. */
  held: readonly string[];
  writing: boolean;
}

export class Drafts {
  readonly #sync: Pick<Sync, 'readDraft' | 'writeDraft'>;
  readonly #changed: () => void;
  readonly #all = new Map<string, Kept>();

  constructor(sync: Pick<Sync, 'readDraft' | 'writeDraft'>, changed: () => void) {
    this.#sync = sync;
    this.#changed = changed;
  }

  /** The text now; empty while it is read. */
  get(key: string): string {
    return this.#of(key).text ?? '';
  }

  /** What the device may hold now; nothing while that is not known. */
  held(key: string): readonly string[] {
    return this.#of(key).held;
  }

  /** Reads what an earlier visit left, unless something was written here since. */
  async load(key: string): Promise<void> {
    const draft = this.#of(key);
    if (draft.text !== undefined) return;
    const text = await this.#sync.readDraft(key).catch(() => '');
    draft.held = [text, ...draft.held];
    if (draft.text !== undefined) return;
    draft.text = text;
    this.#changed();
  }

  set(key: string, text: string): void {
    const draft = this.#of(key);
    if (draft.text === text) return;
    draft.text = text;
    this.#changed();
    if (!draft.writing) void this.#write(key, text);
  }

  /**
   * Sends `text` from a composer. `commit` stores the entry and removes the draft in one transaction.
   * Before that the draft on the device is the whole `text`, so a tab killed at any moment has one of the
   * two. False if this device could not store it: the text is still the draft.
   */
  async send(key: string, text: string, commit: () => Promise<unknown>): Promise<boolean> {
    const draft = this.#of(key);
    const before = this.get(key);
    if (draft.writing || before !== text) void this.#write(key, text);
    const { held } = draft;
    draft.held = held.filter(Boolean); // where the device holds nothing, it has the entry
    try {
      await commit();
    } catch (error) {
      draft.held = held;
      if (this.get(key) === before) this.set(key, text);
      if (isStorageError(error)) return false;
      throw error;
    }
    const since = this.get(key);
    draft.text = '';
    draft.held = [''];
    if (since === before || since === '') this.#changed();
    else this.set(key, since); // went on writing meanwhile
    return true;
  }

  async #write(key: string, text: string): Promise<void> {
    const draft = this.#of(key);
    const before = draft.text;
    draft.writing = true;
    draft.held = [...draft.held, text];
    try {
      await this.#sync.writeDraft(key, text);
      draft.held = draft.held.slice(draft.held.lastIndexOf(text));
    } catch (error) {
      if (!isStorageError(error)) throw error; // else `storage` says it
      draft.held = [...draft.held.slice(0, 1), text]; // not one more with each key
    } finally {
      draft.writing = false;
      const now = this.get(key);
      if (now !== before && !draft.held.includes(now)) void this.#write(key, now);
    }
  }

  #of(key: string): Kept {
    let draft = this.#all.get(key);
    if (!draft) this.#all.set(key, (draft = { held: [], writing: false }));
    return draft;
  }
}
