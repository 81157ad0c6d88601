/** What the loader gets when it imports the rest: the contract between the two scripts. Types only. */
import type { ChatStore } from '../store/chat/chat-state.ts';
import type { LiveSummary } from './launcher/live-summary.ts';
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
  /** Gives it back. If nobody takes it again after a moment, everything closes. Idempotent. */
  release(): void;
  /** After erasing: the next opening starts from scratch. */
  forget(): void;
}

export interface AttachOptions extends ChatOptions {
  /** Where the public events go. */
  readonly host: HTMLElement;
  /** A live region for the preview of a new answer. */
  readonly peek: HTMLElement;
  /** Something that the launcher shows changed. */
  readonly changed: () => void;
  /** Tells the chat again who the visitor is. */
  readonly identified: () => Promise<void> | undefined;
  /** The visitor opens the chat by the preview. */
  readonly open: () => unknown;
  /** The visitor leaves the panel. `erased`: everything on this device is gone. */
  readonly left: (erased: boolean) => void;
}

/** A chat tied to one element of the page. */
export interface AttachedChat {
  readonly store: ChatStore;
  readonly panel: ComptoirPanel;
  /** Null while the device's storage is being read. */
  readonly summary: LiveSummary | null;
  /** The loader tells this: read positions move only while the panel shows. */
  setOpen(open: boolean): void;
  /** Gives the chat back. Idempotent. */
  dispose(): void;
}

export interface ChatModule {
  /** Opens storage and the relay's socket, or joins what is open. Rejects if this browser cannot. */
  attach(options: AttachOptions): Promise<AttachedChat>;
}
