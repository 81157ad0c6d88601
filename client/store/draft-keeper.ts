/**
 * The composer's text, kept on the device while it is typed: one write at a time, the newest text
 * last. Sending takes the draft out together with the entry, so a late write must not bring it back.
 */
import { createWritable } from './readable.ts';
import type { Sync } from './sync-port.ts';

export class DraftKeeper {
  /** The text of the current key. */
  readonly text = createWritable('');
  readonly #sync: Sync;
  readonly #texts = new Map<string, string>();
  readonly #dirty = new Set<string>();
  #writing: Promise<void> = Promise.resolve();
  #key = '';

  constructor(sync: Sync) {
    this.#sync = sync;
  }

  get key(): string {
    return this.#key;
  }

  /** Switches to another text. What was read once is known; the first reading takes a moment. */
  async show(key: string): Promise<void> {
    this.#key = key;
    this.text.set(this.#texts.get(key) ?? '');
    if (this.#texts.has(key)) return;
    const kept = await this.#sync.readDraft(key).catch(() => ''); // storage says why
    if (this.#texts.has(key)) return; // typed meanwhile
    this.#texts.set(key, kept);
    if (this.#key === key) this.text.set(kept);
  }

  set(text: string): void {
    this.#texts.set(this.#key, text);
    this.text.set(text);
    this.#dirty.add(this.#key);
    this.#writing = this.#writing.then(() => this.#write());
  }

  /**
   * Sends the text of the current key: empties the composer at once, and puts the text back if it
   * could not be kept.
   */
  async send<T>(text: string, send: (key: string) => Promise<T>): Promise<T> {
    const key = this.#key;
    this.#dirty.delete(key);
    this.#texts.set(key, '');
    this.text.set('');
    await this.#writing;
    try {
      return await send(key);
    } catch (error) {
      if (this.#texts.get(key) === '') this.#texts.set(key, text);
      if (this.#key === key) this.text.set(this.#texts.get(key) ?? '');
      throw error;
    }
  }

  async #write(): Promise<void> {
    for (const key of Array.from(this.#dirty)) {
      this.#dirty.delete(key);
      await this.#sync.writeDraft(key, this.#texts.get(key) ?? '').catch(() => {}); // storage says why
    }
  }
}
