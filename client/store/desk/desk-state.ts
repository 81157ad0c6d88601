/** What the helper's desk shows, and what a helper can do. Implemented by desk-store.ts. */
import type { ConversationId, DeviceKey, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { BlockingState, BlockingStore } from './office/blocking.ts';
import type { DeskAccess } from './entrance/entrance.ts';
import type { InvitationApi } from './entrance/invitation-api.ts';
import type { CannedReply } from '../../../shared/protocol/records.ts';
import type { LaterWhy, RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { DeviceActs, DevicesState } from '../devices.ts';
import type { NetworkState } from '../network.ts';
import type { InboxChoice } from './list/inbox-choice.ts';
import type { OwnCardState, OwnCardStore } from './card/own-card.ts';
import type { Readable } from '../../signals/readable.ts';
import type { SessionApi } from '../session-api.ts';
import type { StorageState } from '../sync-port.ts';
import type { DecisionView, ModerationActs, Reporting } from '../moderation/moderation-state.ts';
import type { ThreadState } from '../conversation/thread-state.ts';
import type { Person } from '../person.ts';

export type DeskTab = 'waiting' | 'mine' | 'closed';

/** How long somebody has waited: under 23 s, under 45 s, beyond (the brand's target is 45 s). */
export type Wait = { readonly since: number; readonly tone: 'fresh' | 'soon' | 'late' };

/** A conversation in the inbox. */
export interface AskSummary {
  readonly id: ConversationId;
  readonly text: string;
  readonly page: { readonly url: string; readonly title: string };
  readonly asker: Person;
  readonly askedAt: number;
  /** Null when the asker is not waiting for a word. `tone` is as of `DeskState.at`. */
  readonly wait: Wait | null;
  readonly claim: {
    readonly by: Person;
    readonly mine: boolean;
    readonly numbered: boolean;
  } | null;
  readonly last: { readonly text: string; readonly mine: boolean; readonly by: Person };
  readonly lastAt: number;
  /** When the relay got the newest of it that this device was told of. */
  readonly toldAt: number;
  readonly closed: boolean;
  /** Everyone in the space may read and answer it. */
  readonly public: boolean;
  /** Own answers kept here that no relay has. */
  readonly kept: number;
  readonly unread: boolean;
}

/** Something of this helper's that waits to leave, or that the relay refused. */
export interface Unsent {
  readonly id: string;
  readonly conversation: ConversationId;
  readonly title: string;
  /** A message's text; empty for an act such as a claim. */
  readonly text: string;
  readonly what: 'say' | 'claim' | 'release' | 'close' | 'reopen' | 'retract' | 'report' | 'other';
  readonly time: number;
  readonly state:
    | { readonly type: 'waiting' }
    | { readonly type: 'later'; readonly retryAt: number; readonly why?: LaterWhy }
    | { readonly type: 'held' }
    | { readonly type: 'refused'; readonly code: RefusalCode };
}

/** A claim of this helper's that came after somebody else's: told once. */
export interface LostClaim {
  readonly id: EntryId;
  readonly conversation: ConversationId;
  readonly title: string;
  readonly by: Person;
}

/** What the command line calls what is open. */
export interface CommandIds {
  readonly space: SpaceId;
  readonly conversation: ConversationId;
  /** Who asked it; null until their question is read. */
  readonly member: MemberId | null;
  /** The device on which they wrote last. */
  readonly device: DeviceKey | null;
}

export interface DeskState {
  readonly access: DeskAccess;
  /** The time for showing waits. It moves every second while anything waits. */
  readonly at: number;
  readonly me: Person | null;
  /** The helper's own card, as they write it. */
  readonly card: OwnCardState;
  readonly available: boolean;
  readonly network: NetworkState;
  /** What the relay's clock is ahead of this device's, ms. */
  readonly ahead: number;
  readonly storage: StorageState;
  readonly tab: DeskTab;
  /** What is shown of the inbox, and in which order. */
  readonly choice: InboxChoice;
  /** Waiting, oldest first. */
  readonly waiting: readonly AskSummary[];
  /** Mine, those waiting for my word first. */
  readonly mine: readonly AskSummary[];
  /**
   * Open, but neither mine nor waiting: somebody else has it, or it was answered and released. Last
   * changed first.
   */
  readonly others: readonly AskSummary[];
  /** Closed, last changed first. */
  readonly closed: readonly AskSummary[];
  /** Those that this helper has, or had: nobody else answers them better. */
  readonly had: readonly ConversationId[];
  /** Whether one more may be claimed (3 at once by default). */
  readonly canClaim: boolean;
  readonly limit: number;
  readonly selected: ConversationId | null;
  readonly thread: ThreadState | null;
  /** What is written in the open conversation. */
  readonly draft: string;
  /** Which message it answers; empty for none in particular. */
  readonly quotes: EntryId | '';
  /** What is looked for in the inbox, and the conversations in which it was said. */
  readonly search: { readonly text: string; readonly inside: ReadonlySet<ConversationId> };
  /** Other conversations of the open one's asker, newest first. */
  readonly earlier: readonly AskSummary[];
  readonly canned: readonly (CannedReply & { readonly id: string })[];
  readonly unsent: readonly Unsent[];
  /** What was decided about this helper's words, where they show nowhere. */
  readonly notices: readonly DecisionView[];
  /** The first that is not told yet. */
  readonly lost: LostClaim | null;
  /** Kept on this device for reading with no network. */
  readonly keptConversations: number;
  /** This device and its member's others. */
  readonly devices: DevicesState;
  /** What commands of the relay call the open conversation, for managers; null for everybody else. */
  readonly ids: CommandIds | null;
  /** Blocks, for managers of all spaces; null for everybody else. */
  readonly blocking: BlockingState | null;
  /** What the brand's page tells about the open conversation's asker, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Which step of a new helper's first visit, from 0; null once it is over. */
  readonly welcome: number | null;
  readonly sound: boolean;
  readonly notify: boolean;
  readonly lang: string | null;
  /** The newest thing that deserves a sound or a notification. Its id changes each time. */
  readonly bell: {
    readonly id: string;
    readonly what: 'question' | 'message';
    readonly conversation: ConversationId;
    readonly text: string;
  } | null;
}

export interface DeskStore {
  readonly state: Readable<DeskState>;
  readonly devices: DeviceActs;
  readonly card: OwnCardStore;
  readonly blocking: BlockingStore;
  readonly moderation: ModerationActs;
  /** Opens with an invitation code from the link. */
  present(code: string): Promise<void>;
  redeem(name: string): Promise<void>;
  setTab(tab: DeskTab): void;
  choose(choice: InboxChoice): void;
  /** Looks for words in the inbox, and in the conversations that this device holds. */
  search(text: string): void;
  select(id: ConversationId | null): void;
  setVisible(visible: boolean): void;
  setAvailable(available: boolean): Promise<void>;
  /** Claims a conversation and opens it. False, and nothing done, at the limit. */
  claim(id: ConversationId): Promise<boolean>;
  release(id: ConversationId): Promise<void>;
  setClosed(id: ConversationId, closed: boolean): Promise<void>;
  setDraft(text: string): void;
  /** What is being written answers this message; empty: none in particular. */
  quote(messageId: EntryId | ''): void;
  /** An answer takes a conversation that nobody has. False: it was said without that, at the limit. */
  send(text: string): Promise<boolean>;
  /** Reports a message of the open conversation. */
  report(report: Reporting): Promise<void>;
  withdraw(messageId: string): Promise<void>;
  edit(messageId: string): Promise<void>;
  saveCanned(id: string | null, reply: CannedReply): Promise<void>;
  removeCanned(id: string): Promise<void>;
  /** The helper was told of a lost claim. */
  told(id: EntryId): Promise<void>;
  retry(): void;
  setWelcome(step: number | null): Promise<void>;
  setSound(sound: boolean): Promise<void>;
  setNotify(notify: boolean): Promise<void>;
  setLang(lang: string | null): Promise<void>;
  /** Leaves the desk on this device: deletes everything kept here. */
  erase(): Promise<void>;
  dispose(): void;
}

export interface DeskStoreOptions {
  /** The relay's address, with its path if it has one; empty for the page's own origin. */
  readonly relay: string;
  /** The space that opens when this device has not stored one. @default the first of the grant */
  readonly space?: string | null;
  /** The page's language when the helper chose none. */
  readonly pageLang: () => string;
  /** How many conversations one helper claims at once. @default 3 */
  readonly limit?: number;
  /** @default the relay's API at `relay` */
  readonly api?: InvitationApi;
  /** @default the relay's API at `relay`, with a session of this device */
  readonly sessionApi?: SessionApi;
}
