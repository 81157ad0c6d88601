/**
 * Brings the invitation of an open space to the launcher: a card above it where there is room; on a
 * small screen, which it would cover, the launcher's own line.
 */
import { openWords } from '../../locales/open-words.ts';
import type { ChatStore } from '../../store/chat-state.ts';
import { OpenSpace } from '../../store/open-space.ts';
import './comptoir-invite.ts';

const NARROW = '(max-width: 480px), (max-height: 420px)';

export interface InvitationOptions {
  readonly store: ChatStore;
  /** A live region by the launcher. */
  readonly place: HTMLElement;
  /** Opens the chat. */
  readonly open: () => void;
  /** What the launcher shows has changed. */
  readonly changed: () => void;
}

export class Invitation {
  readonly #options: InvitationOptions;
  readonly #element = document.createElement('comptoir-invite');
  readonly #narrow = matchMedia(NARROW);

  constructor(options: InvitationOptions) {
    this.#options = options;
    const { store, changed, open } = options;
    store.grow((given) => new OpenSpace(given));
    this.#narrow.addEventListener('change', changed);
    this.#element.addEventListener('comptoir-invite-hide', () => store.dismissInvitation());
    this.#element.addEventListener('comptoir-invite-open', () => {
      const question = store.state.get().open?.invitation;
      if (question) store.show({ type: 'thread', id: question.id });
      open();
    });
  }

  /** The launcher's line; empty for none. */
  news(lang: string): string {
    const { open } = this.#options.store.state.get();
    return open?.invitation && this.#narrow.matches ? openWords(lang).invitation : '';
  }

  /** @param room whether there is room: the chat is closed, and no answer stands there. */
  show(lang: string, room: boolean): void {
    const { open } = this.#options.store.state.get();
    const question = open?.invitation ?? null;
    if (!question || !room) return this.#element.remove();
    this.#element.locale = lang;
    this.#element.question = question;
    this.#element.spoken = this.#narrow.matches;
    if (!this.#element.isConnected) this.#options.place.append(this.#element);
  }

  /** Idempotent. */
  dispose(): void {
    this.#narrow.removeEventListener('change', this.#options.changed);
    this.#element.remove();
  }
}
