/** What a card by the launcher of a closed chat is given. Types only. */
import type { ChatStore } from '../../store/chat/chat-state.ts';

export interface LauncherCardOptions {
  readonly store: ChatStore;
  /** A live region by the launcher. */
  readonly place: HTMLElement;
  /** Opens the chat. */
  readonly open: () => unknown;
  /** What stands by the launcher has changed. */
  readonly changed: () => void;
}
