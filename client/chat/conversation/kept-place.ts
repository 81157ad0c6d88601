/**
 * Keeps for the next page of this tab where the reader was, with whether the chat is open there: both go when
 * it is closed. See launcher/was-opened.ts.
 */
import { listenTo, page } from '../../signals/page.ts';
import type { ThreadPlace } from '../../ui/thread/comptoir-thread.ts';

interface Kept {
  readonly screen: string;
  /** Of a conversation. */
  readonly place?: ThreadPlace | null | undefined;
  /** Of any other screen. */
  readonly top?: number | undefined;
}

export class KeptPlace {
  readonly #root: ParentNode;
  readonly #name: string;
  readonly #undo = new AbortController();
  #screen = '';
  #kept: Kept | null;

  /** @param space as in the flag of whether the chat is open */
  constructor(root: ParentNode, space: string) {
    this.#root = root;
    this.#name = `comptoir-open ${space}`;
    this.#kept = this.#read();
    // Before the loader takes the frame out, in which this runs.
    listenTo(page, 'pagehide', () => this.#write(), { capture: true, signal: this.#undo.signal });
  }

  /**
   * A screen shows. The first one is as it was on the page before, if it was that screen.
   * @param ready whether the device has been read: until then it may yet be another one
   */
  show(screen: string, ready: boolean): void {
    this.#screen = screen;
    const kept = this.#kept;
    if (!kept) return;
    const thread = this.#root.querySelector('comptoir-thread');
    if (thread && kept.screen === screen) thread.start = kept.place ?? null;
    else if (!ready) return;
    else if (kept.screen === screen) this.#scrollTo(kept.top ?? 0);
    this.#kept = null;
  }

  /** Idempotent. */
  dispose(): void {
    this.#undo.abort();
  }

  #scrollTo(top: number): void {
    const scroller = this.#root.querySelector('.scroll');
    if (scroller) scroller.scrollTop = top;
  }

  #read(): Kept | null {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(this.#name) ?? '');
      return typeof kept === 'object' ? (kept as Kept | null) : null;
    } catch {
      return null; // open for the first time, or storage blocked
    }
  }

  #write(): void {
    const screen = this.#screen;
    const place = this.#root.querySelector('comptoir-thread')?.place;
    const top = this.#root.querySelector('.scroll')?.scrollTop;
    try {
      if (!sessionStorage.getItem(this.#name)) return; // it is closed
      const kept: Kept = { screen, place, top };
      sessionStorage.setItem(this.#name, JSON.stringify(kept));
    } catch {
      // storage blocked: the next page shows the end
    }
  }
}
