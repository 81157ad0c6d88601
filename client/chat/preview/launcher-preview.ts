/** The preview of a new answer, by the launcher of a closed chat. */
import type { ChatStore } from '../../store/chat/chat-state.ts';
import type { LauncherCardOptions } from '../launcher/launcher-card.ts';
import './comptoir-peek.ts';

export class LauncherPreview {
  readonly #store: ChatStore;
  readonly #place: HTMLElement;
  readonly #card = document.createElement('comptoir-peek');
  /** The answer whose preview the visitor put away. */
  #hidden = '';

  constructor({ store, place, changed, open }: LauncherCardOptions) {
    this.#store = store;
    this.#place = place;
    this.#card.addEventListener('comptoir-peek-open', () => {
      const latest = store.state.get().latestUnread;
      if (latest) store.show({ type: 'thread', id: latest.conversation });
      open();
    });
    this.#card.addEventListener('comptoir-peek-hide', () => {
      this.#hidden = store.state.get().latestUnread?.id ?? '';
      changed();
    });
  }

  /**
   * It is there only while there is something to preview, and is announced as it comes. Returns whether it
   * is there.
   */
  show(lang: string, open: boolean): boolean {
    const { latestUnread: latest } = this.#store.state.get();
    this.#card.locale = lang;
    this.#card.latest = latest;
    const stands = !open && latest !== null && latest.id !== this.#hidden;
    if (!stands) this.#card.remove();
    else if (!this.#card.isConnected) this.#place.append(this.#card);
    return stands;
  }

  /** Idempotent. */
  dispose(): void {
    this.#card.remove();
  }
}
