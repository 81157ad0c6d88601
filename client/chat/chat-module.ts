/** What the loader gets when it imports the rest: the contract between the two scripts. Types only. */
import type { ChatStore } from '../store/chat-state.ts';
import type { ComptoirPanel } from './panel/comptoir-panel.ts';

export interface ChatOptions {
  readonly relay: string;
  readonly community: string;
  readonly space: string;
  readonly pageLang: () => string;
}

/** A share in one opened chat: elements for the same space have the same store and socket. */
export interface ChatLease {
  readonly store: ChatStore;
  /** Gives it back; when nobody took it again after a moment, everything is closed. Idempotent. */
  release(): void;
  /** After erasing: the next opening starts anew. */
  forget(): void;
}

export interface ChatModule {
  /** Opens storage and the relay's socket, or joins what is open. Rejects when this browser cannot. */
  openChat(options: ChatOptions): Promise<ChatLease>;
  createPanel(): ComptoirPanel;
}

/** Why the chat does not open. */
export type ChatFailure = 'failed' | 'unsupported' | 'storage';
