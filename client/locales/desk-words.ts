/** Every word of the desk. One object a language; the types keep them whole. */
import type { BlockReach, OfficeBlock } from '../../shared/api/blocks.ts';
import type { LaterWhy } from '../../shared/protocol/outcome.ts';
import type { InvitationProblem } from '../store/desk/entrance/invitation-api.ts';
import type { CommandIds, Unsent } from '../store/desk/desk-state.ts';
import type { RequestProblem } from '../store/session-api.ts';
import type { DeviceEnd } from '../store/sync-port.ts';

/** What can be wrong with one's card. An invitation has its own words. */
export type CardProblem = Exclude<RequestProblem, `invitation-${string}` | 'conflict'>;

export interface DeskWords {
  readonly lang: string;
  /** A visitor without a name. */
  readonly visitor: string;
  readonly nav: {
    readonly label: string;
    readonly inbox: string;
    readonly waiting: (count: number) => string;
    readonly canned: string;
    readonly unsent: string;
    readonly settings: string;
    readonly keys: string;
  };
  readonly arrival: {
    readonly loading: string;
    readonly invitedTitle: string;
    /** "<somebody> invites you as <role>."; without a name where nobody is known. */
    readonly invitedAs: (role: string, by: string) => string;
    /** The same, for a member whom the link brings back: "Welcome back, <name>". */
    readonly backTitle: (name: string) => string;
    readonly backAs: (role: string) => string;
    readonly expires: (when: string) => string;
    readonly checking: string;
    readonly name: string;
    readonly nameHint: string;
    readonly nameMissing: string;
    readonly join: string;
    readonly joining: string;
    readonly kept: string;
    readonly again: string;
    readonly unsupportedTitle: string;
    readonly unsupported: string;
    readonly storageTitle: string;
    readonly storage: string;
    readonly outsideTitle: string;
    /** Instead, when a manager took the place away while the desk was open. */
    readonly endedTitle: string;
    readonly ended: string;
    readonly outside: string;
    readonly problems: Readonly<
      Record<InvitationProblem, { readonly title: string; readonly text: string }>
    >;
  };
  readonly roles: Readonly<Record<string, string>>;
  readonly available: {
    readonly on: string;
    readonly off: string;
    readonly label: string;
    readonly awayTitle: string;
    readonly away: string;
    /** Instead, until visitors see it. */
    readonly stillShown: string;
  };
  readonly network: {
    readonly offlineSince: (time: string) => string;
    readonly offline: string;
    /** The device has a network, the relay does not answer. */
    readonly awaySince: (time: string) => string;
    readonly leaving: (count: number) => string;
    readonly nothingLeaving: string;
    readonly validUntil: (time: string) => string;
    readonly conversationOffline: string;
    readonly reload: string;
    readonly reloadAction: string;
    readonly refused: string;
    readonly refusedText: string;
    /** This device forgot all it held: why, what is gone, and how to go on. */
    readonly ended: Readonly<Record<DeviceEnd, string>>;
    readonly endedText: string;
    readonly endedAction: string;
  };
  /** The first time at the desk, by step. */
  readonly welcome: {
    readonly step: (at: number, of: number) => string;
    readonly titles: readonly string[];
    readonly texts: readonly string[];
    readonly save: string;
    readonly next: string;
    readonly done: string;
    readonly skip: string;
    readonly later: string;
  };
  readonly storage: {
    readonly failed: string;
    readonly failedText: string;
    readonly full: string;
    readonly fullText: string;
  };
  readonly grant: { readonly expired: string; readonly expiredText: string };
  readonly inbox: {
    readonly title: string;
    readonly tabs: { readonly waiting: string; readonly mine: string; readonly closed: string };
    readonly tools: {
      readonly search: string;
      readonly order: string;
      readonly sort: string;
      readonly sorts: Readonly<Record<'list' | 'turned' | 'page', string>>;
      readonly page: string;
      readonly allPages: string;
      readonly unread: string;
      readonly none: string;
    };
    /** How many one person asked. */
    readonly questions: (count: number) => string;
    readonly more: (count: number) => string;
    readonly tabsLabel: string;
    /** How many of how many one has. */
    readonly held: (count: number, limit: number) => string;
    readonly atOnce: (limit: number) => string;
    /** It waits again, and was this helper's. */
    readonly hadIt: string;
    readonly others: string;
    readonly claim: string;
    readonly claimThis: (text: string) => string;
    readonly claimThisAgain: (text: string) => string;
    readonly limit: (limit: number) => string;
    /** Answered at the limit. */
    readonly saidOnly: (limit: number) => string;
    readonly yourTurn: string;
    readonly answered: string;
    /** Everyone in the space may read and answer it. */
    readonly public: string;
    readonly claimedBy: (name: string) => string;
    readonly keptHere: (count: number) => string;
    readonly claimKept: string;
    readonly youSaid: (text: string) => string;
    readonly unread: string;
    readonly noPage: string;
    readonly empty: Readonly<
      Record<'waiting' | 'mine' | 'closed', { readonly title: string; readonly text: string }>
    >;
    readonly emptyOffline: string;
    readonly loading: string;
  };
  readonly wait: {
    /** "20 s", "1 min 10", "2 h 05". */
    readonly duration: (seconds: number) => string;
    readonly soon: (duration: string, target: number) => string;
    readonly late: (duration: string) => string;
    readonly label: (words: string) => string;
  };
  readonly conversation: {
    readonly label: string;
    readonly back: string;
    readonly claim: string;
    readonly release: string;
    readonly close: string;
    readonly reopen: string;
    readonly context: string;
    readonly pickTitle: string;
    readonly pick: string;
    readonly onPage: (page: string) => string;
    readonly presenceUnknown: string;
    readonly claimMineKept: string;
    readonly claimMineKeptText: string;
    readonly claimOther: (name: string) => string;
    readonly claimOtherText: string;
    readonly claimNone: string;
    readonly claimNoneText: string;
    /** The same, to whoever answered in it: it was closed, handed over or lost since. */
    readonly claimLost: string;
    readonly claimLostText: string;
    readonly claimAgain: string;
    readonly contested: (name: string, title: string) => string;
    readonly closed: string;
    readonly closedText: string;
    readonly answer: string;
    readonly answerOffline: string;
    readonly canned: string;
    readonly full: string;
    readonly refused: string;
    readonly refusedText: string;
    readonly loading: string;
  };
  readonly undo: {
    readonly withdrawn: string;
    readonly closed: string;
    readonly reopened: string;
    readonly released: string;
    readonly undo: string;
    readonly dismiss: string;
  };
  readonly context: {
    readonly title: string;
    readonly label: string;
    readonly from: string;
    /** Above what the brand's page tells of the visitor. */
    readonly attributes: string;
    readonly noPage: string;
    readonly opens: string;
    readonly earlier: string;
    readonly noEarlier: string;
    readonly canned: string;
    readonly noCanned: string;
    readonly manage: string;
    readonly hide: string;
  };
  /** For managers: what commands of the relay call what is open. */
  readonly ids: {
    readonly title: string;
    readonly intro: string;
    readonly names: Readonly<Record<keyof CommandIds, string>>;
    readonly copy: string;
    readonly copied: string;
  };
  /** For managers: the dialog that blocks somebody. */
  readonly block: {
    readonly open: string;
    readonly title: (name: string) => string;
    readonly intro: string;
    readonly whom: string;
    readonly choices: Readonly<
      Record<'member' | 'device', { readonly name: string; readonly hint: string }> &
        Record<'network', { readonly name: string }>
    >;
    /** Whom a block of their network touches. */
    readonly touches: (reach: BlockReach) => string;
    readonly touchesUnknown: string;
    readonly counting: string;
    readonly howLong: string;
    /** An hour, a day, a week, until it is lifted. */
    readonly lengths: readonly [string, string, string, string];
    readonly reason: string;
    readonly confirm: string;
    readonly cancel: string;
    readonly close: string;
    readonly done: Readonly<Record<'member' | 'device' | 'network', string>>;
    readonly held: (count: number) => string;
    readonly subjects: Readonly<Record<OfficeBlock['subject'], (what: string) => string>>;
    readonly until: (at: number) => string;
    readonly forGood: string;
    readonly lift: string;
    readonly liftThis: (what: string) => string;
    readonly lifted: string;
    readonly problems: Readonly<Partial<Record<string, string>>>;
    readonly problemElse: string;
  };
  readonly unsent: {
    readonly title: string;
    readonly count: (count: number) => string;
    readonly inOrder: string;
    readonly stopped: string;
    readonly retry: string;
    readonly none: string;
    readonly noneText: string;
    readonly here: string;
    readonly conversations: string;
    readonly canned: string;
    readonly card: string;
    readonly until: (time: string) => string;
    readonly acts: Readonly<Record<Unsent['what'], string>>;
    readonly later: (time: string, why?: LaterWhy) => string;
    readonly held: string;
    readonly refused: string;
    readonly edit: string;
    readonly withdraw: string;
  };
  readonly canned: {
    readonly title: string;
    readonly intro: string;
    readonly add: string;
    readonly shortcut: string;
    readonly shortcutHint: string;
    readonly text: string;
    readonly save: string;
    readonly cancel: string;
    readonly edit: (shortcut: string) => string;
    readonly remove: (shortcut: string) => string;
    readonly removed: (shortcut: string) => string;
    readonly empty: string;
    readonly missing: string;
    readonly taken: string;
    readonly insert: string;
    /** Beside the way back. */
    readonly inserted: string;
    readonly pickLabel: string;
    readonly pickHint: string;
    readonly none: string;
    /** Tells a screen reader which line is chosen. */
    readonly chosen: (shortcut: string, text: string, at: number, of: number) => string;
  };
  readonly card: {
    readonly title: string;
    readonly open: string;
    readonly back: string;
    readonly intro: string;
    readonly photo: string;
    readonly photoHint: string;
    readonly choose: string;
    readonly replace: string;
    readonly removePhoto: string;
    readonly removePhotoSure: string;
    readonly keepPhoto: string;
    readonly sending: string;
    readonly held: string;
    readonly name: string;
    readonly nameHint: string;
    readonly nameMissing: string;
    readonly topics: string;
    readonly topicsHint: string;
    readonly store: string;
    readonly owns: string;
    readonly ownsHint: string;
    readonly full: (most: number) => string;
    readonly remove: (item: string) => string;
    readonly added: (item: string) => string;
    readonly removed: (item: string) => string;
    readonly save: string;
    readonly saving: string;
    readonly saved: string;
    readonly unsaved: string;
    readonly loading: string;
    /** After a problem: nothing typed is lost. */
    readonly keptHere: string;
    readonly problems: Readonly<Record<CardProblem, string>> &
      Readonly<Partial<Record<string, string>>>;
    /** By a relay of a later release, for a reason that this page does not know. */
    readonly problemElse: string;
  };
  readonly settings: {
    readonly title: string;
    readonly card: string;
    readonly until: (time: string) => string;
    readonly alerts: string;
    readonly sound: string;
    readonly soundHint: string;
    readonly notify: string;
    readonly notifyHint: string;
    readonly notifyBlocked: string;
    readonly notifyAbsent: string;
    readonly language: string;
    readonly systemLanguage: string;
    readonly keyboard: string;
    readonly singleKeys: string;
    readonly singleKeysHint: string;
    readonly showKeys: string;
    readonly device: string;
    readonly deviceHint: (kept: number) => string;
    readonly erase: string;
    readonly eraseTitle: string;
    readonly eraseText: (unsent: number) => string;
    readonly eraseConfirm: string;
    readonly cancel: string;
    readonly erasing: string;
  };
  readonly keys: {
    /** How the same keys work in a field. */
    readonly writing: (modifier: string) => string;
    readonly title: string;
    readonly close: string;
    readonly off: string;
    readonly rows: readonly (readonly [keys: readonly string[], what: string])[];
  };
  readonly bell: { readonly question: string; readonly message: string };
}
