/** What `<comptoir-chat>`'s panel shows, and what a visitor can do. Implemented by chat-store.ts. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { IdentityOutcome } from '../../../shared/protocol/control.ts';
import type { DeviceActs, DevicesState } from '../devices.ts';
import type { Person } from '../person.ts';
import type { SpaceView } from '../space.ts';
import type { OpenSpacePart, OpenSpaceView } from './open-space.ts';
import type { ConversationSummary, Unread } from './summaries.ts';
import type { ConversationPart } from './conversation-part.ts';
import type { Draft } from '../drafts.ts';
import type { NetworkState } from '../network.ts';
import type { Readable } from '../../signals/readable.ts';
import type { StorageState } from '../sync-port.ts';
import type { Composing } from '../conversation/unstored-draft.ts';
import type { DecisionView, ModerationActs, Reporting } from '../moderation/moderation-state.ts';
import type { ThreadState } from '../conversation/thread-state.ts';

export type ChatView =
  /** Greeting, who is here, suggested questions, composer. */
  | { readonly type: 'welcome' }
  | { readonly type: 'conversations' }
  | { readonly type: 'thread'; readonly id: ConversationId };

export interface ChatState {
  /** `loading` until this device's storage has been read. */
  readonly status: 'loading' | 'ready';
  readonly view: ChatView;
  readonly space: SpaceView;
  readonly network: NetworkState;
  /** What the relay's clock is ahead of this device's, ms. */
  readonly ahead: number;
  readonly storage: StorageState;
  /** Helpers to show: first those here, then those seen recently; at most 8. */
  readonly people: readonly Person[];
  /** How many are here; null if unknown (offline). */
  readonly here: number | null;
  readonly conversations: readonly ConversationSummary[];
  /** What was decided about words that show nowhere. */
  readonly notices: readonly DecisionView[];
  /** Questions of others; null in a closed space, and until the later screens have loaded. */
  readonly open: OpenSpaceView | null;
  /** The open thread, if the view is one. */
  readonly thread: ThreadState | null;
  /** Text in the composer of the current view. */
  readonly draft: string;
  /** Which message it answers; empty for none in particular. */
  readonly quotes: Draft['quotes'];
  readonly unread: number;
  /** The newest unread message, for the launcher's preview and the one announcement. */
  readonly latestUnread: Unread | null;
  /** The newest message that came unseen since the start. What was unread before is not news. */
  readonly news: Unread | null;
  /** This device and its member's others. */
  readonly devices: DevicesState;
  /** What the page tells helpers about this visitor, as far as the space allows. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The relay's result for the brand's token. */
  readonly identity: IdentityOutcome;
  readonly sound: boolean;
  /** `fr`, `en`, or null: follow the page. */
  readonly lang: string | null;
}

/**
 * The brand's token for whoever is signed in, null for nobody. And texts about them, by name, for the
 * helpers of spaces that allow these names.
 */
export type Identification = readonly [
  token: string | null,
  attributes?: Readonly<Record<string, string>> | undefined,
];

export interface ChatStore {
  readonly state: Readable<ChatState>;
  show(view: ChatView): void;
  /** Whether the panel is visible: read positions move only while it is, in a visible tab. */
  setVisible(visible: boolean): void;
  /**
   * Keeps what is in the composer; the UI calls it on every input.
   * @param quotes which message it answers; empty for none in particular
   * @default the one before
   */
  setDraft(text: string, quotes?: Draft['quotes']): void;
  /**
   * Puts a text that somebody else wrote into the composer: below what the visitor has written, in the place of
   * another suggestion that they left as it was.
   */
  suggest(text: string): Promise<void>;
  /**
   * Sends the composer's text: a new question from the welcome view, otherwise a message. Resolves once
   * the device has stored it. On failure the draft stays and `storage` says why. Empty text does nothing.
   * In a full conversation it asks a new question. True if it asked one, and that is stored.
   */
  send(text: string): Promise<boolean>;
  /** Withdraws one's own message: dismisses it if it never left, retracts it if it did. */
  withdraw(messageId: string): Promise<void>;
  /** Takes a refused message back into the composer. */
  edit(messageId: string): Promise<void>;
  /** Closes or reopens the open conversation. */
  setClosed(closed: boolean): Promise<void>;
  /** Reports a message of the open conversation. */
  report(report: Reporting): Promise<void>;
  setSound(sound: boolean): Promise<void>;
  setLang(lang: string | null): Promise<void>;
  retry(): void;
  /** Reads the page's language again, because it may have changed. */
  refresh(): void;
  /** Dismisses the invitation for this visit. */
  dismissInvitation(): void;
  /** Who the visitor is to the brand, and what its page tells helpers about them. */
  identify(...who: Identification): Promise<void>;
  readonly devices: DeviceActs;
  /** Decisions and reports, once their code has loaded. */
  readonly moderation: ModerationActs | undefined;
  /** What the visitor is writing where they look. */
  readonly composer: Composing;
  /** Deletes everything on this device. The element goes back to the state of a first visit. */
  erase(): Promise<void>;
  dispose(): void;
}

/** What a first screen does not need. It is fetched when something asks for it. */
export interface ChatParts {
  readonly conversation: () => Promise<ConversationPart>;
  readonly openSpace: () => Promise<OpenSpacePart>;
}

export interface ChatStoreOptions {
  /** The relay's address, with its path if it has one; empty for the page's own origin. */
  readonly relay: string;
  /** The space's name. */
  readonly space: string;
  /** The page's language if the visitor chose none. */
  readonly pageLang: () => string;
  /** The page a question is asked from. */
  readonly page: () => { readonly url: string; readonly title: string };
  readonly parts: ChatParts;
}
