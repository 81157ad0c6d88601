/**
 * The invitation to help, beside the launcher of a closed chat. A card would cover a small screen, so
 * there the launcher says it itself, by its own line.
 */
import { listenTo } from '../../signals/page.ts';
import { openSpaceWords } from '../../locales/open-space-words.ts';
import type { ChatStore } from '../../store/chat/chat-state.ts';
import type { LauncherCardOptions } from '../launcher/launcher-card.ts';
import './comptoir-invite.ts';

const NARROW = '(max-width: 480px), (max-height: 420px)';

export class LauncherInvitation {
  readonly #store: ChatStore;
  readonly #place: HTMLElement;
  readonly #card = document.createElement('comptoir-invite');
  readonly #narrow = matchMedia(NARROW);
  readonly #undo = new AbortController();

  constructor({ store, place, changed, open }: LauncherCardOptions) {
    this.#store = store;
    this.#place = place;
    listenTo(this.#narrow, 'change', changed, { signal: this.#undo.signal });
    this.#card.addEventListener('comptoir-invite-hide', () => store.dismissInvitation());
    this.#card.addEventListener('comptoir-invite-open', () => {
      const question = store.state.get().open?.invitation;
      if (question) store.show({ type: 'thread', id: question.id });
      open();
    });
  }

  /** The launcher’s line; empty for none. */
  news(lang: string): string {
    const { open } = this.#store.state.get();
    return open?.invitation && this.#narrow.matches ? openSpaceWords(lang).invitation : '';
  }

  /** It is there only while there is an invitation and no other card. It is announced as it comes. */
  show(lang: string, free: boolean): void {
    const question = this.#store.state.get().open?.invitation ?? null;
    this.#card.locale = lang;
    this.#card.question = question;
    this.#card.spoken = this.#narrow.matches;
    if (!free || question === null) this.#card.remove();
    else if (!this.#card.isConnected) this.#place.append(this.#card);
  }

  /** Idempotent. */
  dispose(): void {
    this.#undo.abort();
    this.#card.remove();
  }
}
