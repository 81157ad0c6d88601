/**
 * Keeps for the next page of this tab where the reader was, and the last of what they wrote, which the device may
 * not hold yet: with whether the chat is open there, so that all of it goes when it is closed. See
 * launcher/was-opened.ts.
 */
import type { DeviceKey } from '../../../shared/ids.ts';
import { listenTo } from '../../signals/page.ts';
import type { ChatStore } from '../../store/chat/chat-state.ts';
import {
  type UnstoredDraft,
  takeBack,
  unstoredDraft,
} from '../../store/conversation/unstored-draft.ts';
import type { ThreadPlace } from '../../ui/thread/thread-scroll.ts';

interface Kept {
  readonly screen: string;
  /** Of a conversation. */
  readonly place?: ThreadPlace | null | undefined;
  /** Of any other screen. */
  readonly top?: number | undefined;
  /** A device that forgot everything is another one, and gets nothing of this. */
  readonly device?: DeviceKey;
  readonly draft?: UnstoredDraft | undefined;
}

const deviceOf = ({ state }: ChatStore): DeviceKey => state.get().devices.own;

export interface KeptPlaceHost {
  readonly renderRoot: ParentNode;
  /** As in the flag of whether the chat is open. */
  readonly space: string;
  readonly store: ChatStore | null;
}

export class KeptPlace {
  readonly #host: KeptPlaceHost;
  readonly #name: string;
  readonly #undo = new AbortController();
  #screen = '';
  #kept: Kept | null;

  constructor(host: KeptPlaceHost) {
    this.#host = host;
    this.#name = `comptoir-open ${host.space}`;
    this.#kept = this.#read();
    const { draft, device } = this.#kept ?? {};
    const { store } = host;
    if (store && draft && device === deviceOf(store)) void takeBack(store.composer.drafts, draft);
    // Of the frame in which this runs, if there is one: before the page's own reaches it, the loader has taken the
    // frame out.
    listenTo(window, 'pagehide', () => this.#write(), { signal: this.#undo.signal });
  }

  /**
   * A screen shows. The first one is as it was on the page before, if it was that screen.
   * @param ready whether the device has been read: until then it may yet be another one
   */
  show(screen: string, ready: boolean): void {
    this.#screen = screen;
    const kept = this.#kept;
    if (!kept) return;
    const thread = this.#host.renderRoot.querySelector('comptoir-thread');
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
    const scroller = this.#host.renderRoot.querySelector('.scroll');
    if (scroller) scroller.scrollTop = top;
  }

  #read(): Kept | null {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(this.#name) ?? '');
      if (typeof kept !== 'object') return null;
      sessionStorage.setItem(this.#name, '1'); // it was kept for one page
      return kept as Kept | null;
    } catch {
      return null; // open for the first time, or storage blocked
    }
  }

  #write(): void {
    const screen = this.#screen;
    const place = this.#host.renderRoot.querySelector('comptoir-thread')?.place;
    const top = this.#host.renderRoot.querySelector('.scroll')?.scrollTop;
    try {
      if (!sessionStorage.getItem(this.#name)) return; // it is closed
      const { store } = this.#host;
      const draft = store && { device: deviceOf(store), draft: unstoredDraft(store.composer) };
      const kept: Kept = { screen, place, top, ...draft };
      sessionStorage.setItem(this.#name, JSON.stringify(kept));
    } catch {
      // storage blocked: the next page shows the end
    }
  }
}
