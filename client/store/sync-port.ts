/**
 * What stores need from sync: the port that client/sync implements with IndexedDB, y-websocket and the
 * shared socket. Everything here works offline; only `link` tells the difference.
 */
import type { Row } from '../../shared/conversation/row.ts';
import type { Content } from '../../shared/entry/content.ts';
import type { Page } from '../../shared/entry/schema/field.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { SignedGrant } from '../../shared/grant/grant.ts';
import type {
  ConversationId,
  DecisionId,
  DeviceKey,
  EntryId,
  Fingerprint,
  MemberId,
  SpaceId,
} from '../../shared/ids.ts';
import type { IdentityOutcome, LinkOutcome } from '../../shared/protocol/control.ts';
import type { Decision } from '../../shared/protocol/decision-messages.ts';
import type { LaterWhy, Outcome } from '../../shared/protocol/outcome.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';
import type { Readable } from '../signals/readable.ts';

/** The way to the relay. */
export type LinkState =
  /** Dialling, or hello under way; `since`: when there was last a link or an attempt began. */
  | { readonly status: 'connecting'; readonly since: number }
  /** Hello proved on both sides. `blockedUntil`: when this device may write again, ms, `FOR_EVER` for never. */
  | {
      readonly status: 'online';
      readonly blockedUntil?: number;
      /** The relay's result for the brand's token. */
      readonly identity?: IdentityOutcome;
    }
  /**
   * Several attempts failed, or the browser says that there is no network. It goes on trying. `never`: this
   * device has never met the relay, and what is known of the reason.
   */
  | { readonly status: 'offline'; readonly since: number; readonly never?: Unreached }
  /** It will not try again by itself: this build is too old, the relay is not the community's, or blocked. */
  | {
      readonly status: 'refused';
      readonly why: 'reload' | 'wrong-relay' | 'forbidden' | DeviceEnd;
    };

/**
 * What stands between a page and a relay that it never met. `origin`: the relay does not talk to pages of
 * this origin. `no-relay`: something else answers at its address. `no-socket`: it answers by HTTP, and
 * sockets do not come through. `unknown`: nothing answers that says more, perhaps only now.
 */
export type Unreached = 'origin' | 'no-relay' | 'no-socket' | 'unknown';

/**
 * Why this device forgot everything it held: its member removed it, the brand named another customer, or
 * the brand named nobody any more. What opens next starts as a new visitor.
 */
export type DeviceEnd = 'removed' | 'other-member' | 'signed-out';

/** Whether this device can store what is written. */
export type StorageState = 'ok' | 'failed' | 'full';

/** A device of this member. */
export interface MemberDevice {
  readonly device: DeviceKey;
  /** What it calls itself, such as "Chrome, Android"; may be empty. */
  readonly label: string;
  /** ms since the epoch. */
  readonly since: number;
}

/**
 * A code that lets another device in, once, until it expires. Empty: the member has all the devices
 * allowed.
 */
export interface LinkCode {
  readonly code: string;
  readonly expires: number;
}

/** Who this device is. */
export interface Me {
  readonly device: DeviceKey;
  readonly member: MemberId;
  /**
   * The member's verified role certificate; null for a visitor. It may have expired: compare with `now()`.
   */
  readonly grant: SignedGrant | null;
}

/** An entry of this device that the relay has not answered for good. */
export interface OutboxItem {
  readonly entry: Entry;
  /**
   * `waiting`: not answered yet. `later`: not taken now, sent again at `retryAt`. `refused`,
   * `claimed`: final, kept for the screen until dismissed. `held`: the relay keeps it for review.
   */
  readonly state:
    | { readonly type: 'waiting' }
    | { readonly type: 'later'; readonly retryAt: number; readonly why?: LaterWhy }
    | Extract<Outcome, { type: 'held' | 'refused' | 'claimed' }>;
}

/** What a device holds of a room. */
export interface RoomState {
  /**
   * `loading`: not read from this device yet. `local`: what this device holds, maybe not all.
   * `synced`: the relay's digest agrees. `refused`: may not be read. `unknown`: the relay has no such room (yet).
   */
  readonly status: 'loading' | 'local' | 'synced' | 'refused' | 'unknown';
  /** Live rows in order of seq, decoded. A new array when anything changed. */
  readonly rows: readonly Row[];
  /** Entries of others that reached this device before the relay numbered them; verified. */
  readonly overlay: readonly Entry[];
  /** Members who are typing now (conversation rooms). */
  readonly typing: readonly MemberId[];
  /** Highest seq each side has read; -1 for none. */
  readonly read: { readonly asker: number; readonly desk: number };
  /** Whether the asker is connected (told to the desk only); null when unknown. */
  readonly asker: { readonly here: boolean; readonly seen: number } | null;
  /**
   * What the brand's page tells about the asker (only the desk hears it); null for nothing. Only in
   * memory.
   */
  readonly attributes?: string | null;
}

/** A room that somebody watches. Opening the same room twice shares one replica. */
export interface RoomHandle {
  readonly name: RoomName;
  readonly state: Readable<RoomState>;
  /** Tells the others on this room's channel. Repeat every 3 s while it stays true. */
  typing(typing: boolean): void;
  /**
   * Tells how far this member has read. It only ever grows. The device stores it and tells it when it can.
   */
  read(seq: number): void;
  /** Idempotent. The replica leaves memory once nobody watches it; what it holds stays on the device. */
  close(): void;
}

/** A conversation that this device or its member asked. */
export interface AskedConversation {
  readonly id: ConversationId;
  readonly space: SpaceId;
  readonly askedAt: number;
}

export interface Question {
  readonly space: SpaceId;
  readonly text: string;
  readonly page: Page;
  readonly lang: string;
}

/** A decision about this member's words, or about them, as this device keeps it. */
export interface KeptDecision extends Decision {
  /** When this device was told, by the relay's clock, ms. */
  readonly at: number;
  /** Whether the person has seen it. */
  readonly seen: boolean;
  /** The one appeal, and whether the relay has it; null: none was made here. */
  readonly appeal: { readonly text: string; readonly received: boolean } | null;
}

/** What was decided about this member's words, on this device. */
export interface Decisions {
  /** Oldest first. */
  readonly all: Readable<readonly KeptDecision[]>;
  /** The person has seen these: the relay need not tell again. */
  seen(references: readonly DecisionId[]): Promise<void>;
  /** Asks for another look, once. It is kept, and sent until the relay has it. Rejects with a StorageError. */
  appeal(reference: DecisionId, text: string): Promise<void>;
}

export interface Sync {
  readonly community: Fingerprint;
  readonly me: Readable<Me>;
  readonly link: Readable<LinkState>;
  readonly storage: Readable<StorageState>;
  /** Entries without a final answer, of every tab of this browser, oldest first. */
  readonly outbox: Readable<readonly OutboxItem[]>;
  readonly asked: Readable<readonly AskedConversation[]>;
  /** Verified grants that this device knows, including its own. */
  readonly grants: Readable<ReadonlyMap<DeviceKey, SignedGrant>>;
  /** This device's time corrected by the relay's, ms. */
  now(): number;
  openRoom(name: RoomName): RoomHandle;
  /**
   * Asks a new question: makes the conversation, signs, and resolves once IndexedDB has committed the
   * entry together with the removal of the draft `draftKey`. Rejects with a StorageError if it cannot.
   */
  ask(question: Question, draftKey?: string): Promise<ConversationId>;
  /** Writes entries into a conversation, all or none, as `ask` does. */
  write(
    conversation: ConversationId,
    contents: readonly Content[],
    draftKey?: string,
  ): Promise<readonly Entry[]>;
  /** What was decided about this member's words. Rejects while its code cannot be fetched. */
  decisions(): Promise<Decisions>;
  /** Removes a refused, claimed or unsent entry from the outbox. False if the relay may have it by now. */
  dismiss(id: EntryId): Promise<boolean>;
  /** Sends at once what waits, and dials now if there is no link. */
  retry(): void;
  /** Text being written, by key. It is stored on this device and shared by its tabs. */
  readDraft(key: string): Promise<string>;
  /** Resolves once stored. Empty text removes it. */
  writeDraft(key: string, text: string): Promise<void>;
  /** Small values of this device only (language, sound, last view); JSON. */
  readSetting<T>(key: string): Promise<T | undefined>;
  writeSetting(key: string, value: unknown): Promise<void>;
  /**
   * Takes the brand's token for this visitor (JWT). The next hello carries it. null: nobody is signed in;
   * if a customer was, this device forgets everything it holds of them.
   */
  identify(token: string | null): Promise<void>;
  /** What the page tells helpers about this visitor. It stays in memory and is told on every contact. */
  tellAttributes(attributes: Readonly<Record<string, string>>): void;
  /** The devices of this member, as the relay last told; empty if the member never linked another. */
  readonly devices: Readable<readonly MemberDevice[]>;
  /** A code with which another device joins this member. `label`: what this one calls itself. Rejects when offline. */
  linkCode(label: string): Promise<LinkCode>;
  /** Joins the member whose device shows this code. Rejects when offline. */
  joinByCode(code: string, label: string): Promise<LinkOutcome>;
  /** Cuts a device of this member off. Rejects when offline. */
  removeDevice(device: DeviceKey): Promise<void>;
  /**
   * Deletes everything that Comptoir keeps in this browser for this community, in every tab. Then sync is
   * disposed.
   */
  erase(): Promise<void>;
  /** Idempotent. Closes socket, channels and listeners; keeps what is stored. */
  dispose(): void;
}

/** What the desk needs besides it. */
export interface DeskSync extends Sync {
  /** Rooms whose replica is stored on this device, with when each last changed (ms). */
  keptRooms(): Promise<readonly { readonly name: RoomName; readonly changedAt: number }[]>;
  /** What this device holds of one of them, read without asking the relay. */
  readKept(name: RoomName): Promise<readonly Row[]>;
  /** The member's private records, on all devices (canned replies); newest wins. Keys as in MemberKey. */
  readonly privateRecords: Readable<ReadonlyMap<string, string>>;
  writePrivate(key: string, value: string): Promise<void>;
  /** Whether this helper takes questions: the same on all their devices, each tells the relay on every contact. */
  readonly available: Readable<boolean>;
  setAvailable(available: boolean): Promise<void>;
  /** Takes the grant of a redeemed invitation: verifies and stores it, and starts a new hello with it. */
  adoptGrant(grant: Uint8Array, communityKey: Uint8Array): Promise<void>;
  /** Signs the redeem request of an invitation with this device's key. */
  signRedeem(code: string, name: string): Promise<string>;
  /** Signs the opening of a session at `host` with this device's key. */
  signSession(host: string, nonce: string): Promise<string>;
}
