/**
 * What stands by the launcher of a closed chat: the preview of a new answer; else, in an open space,
 * the invitation to help. On a small screen, which a card would cover, the launcher does: a mark, and its own line.
 */
import { laterWords } from '../locales/later-words.ts';
import type { ChatStore } from '../store/chat/chat-state.ts';
import './invite/comptoir-invite.ts';
import './peek/comptoir-peek.ts';

const NARROW = '(max-width: 480px), (max-height: 420px)';

export interface LauncherCardsOptions {
  readonly store: ChatStore;
  /** A live region by the launcher. */
  readonly place: HTMLElement;
  /** Opens the chat. */
  readonly open: () => void;
  /** What stands by the launcher has changed. */
  readonly changed: () => void;
}

export class LauncherCards {
  readonly #options: LauncherCardsOptions;
  readonly #peek = document.createElement('comptoir-peek');
  readonly #invite = document.createElement('comptoir-invite');
  readonly #narrow = matchMedia(NARROW);
  /** The answer whose preview the visitor put away. */
  #hidden = '';

  constructor(options: LauncherCardsOptions) {
    this.#options = options;
    const { store, changed, open } = options;
    this.#narrow.addEventListener('change', changed);
    this.#peek.addEventListener('comptoir-peek-open', () => {
      const latest = store.state.get().latestUnread;
      if (latest) store.show({ type: 'thread', id: latest.conversation });
      open();
    });
    this.#peek.addEventListener('comptoir-peek-hide', () => {
      this.#hidden = store.state.get().latestUnread?.id ?? '';
      changed();
    });
    this.#invite.addEventListener('comptoir-invite-hide', () => store.dismissInvitation());
    this.#invite.addEventListener('comptoir-invite-open', () => {
      const question = store.state.get().open?.invitation;
      if (question) store.show({ type: 'thread', id: question.id });
      open();
    });
  }

  /** The launcher's line and mark; empty for none. */
  news(lang: string): string {
    const { open } = this.#options.store.state.get();
    return open?.invitation && this.#narrow.matches ? laterWords(lang).invitation : '';
  }

  /** Each stands only while there is one: it is announced as it comes. */
  show(lang: string, open: boolean): void {
    const { latestUnread: latest, open: space } = this.#options.store.state.get();
    this.#peek.locale = lang;
    this.#peek.latest = latest;
    const peeks = !open && latest !== null && latest.id !== this.#hidden;
    this.#place(this.#peek, peeks);
    this.#invite.locale = lang;
    this.#invite.question = space?.invitation ?? null;
    this.#invite.spoken = this.#narrow.matches;
    this.#place(this.#invite, !open && !peeks && this.#invite.question !== null);
  }

  /** Idempotent. */
  dispose(): void {
    this.#narrow.removeEventListener('change', this.#options.changed);
    this.#peek.remove();
    this.#invite.remove();
  }

  #place(card: HTMLElement, stands: boolean): void {
    if (!stands) card.remove();
    else if (!card.isConnected) this.#options.place.append(card);
  }
}
