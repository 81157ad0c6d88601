/**
 * What stores need of sync: the port that client/sync implements with IndexedDB, y-websocket and
 * the shared socket. Everything here works with no network; only `link` tells the difference.
 */
import type { Row } from '../../shared/conversation/row.ts';
import type { Content } from '../../shared/entry/content.ts';
import type { Page } from '../../shared/entry/schema/field.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { SignedGrant } from '../../shared/grant/grant.ts';
import type {
  ConversationId,
  DeviceKey,
  EntryId,
  Fingerprint,
  MemberId,
  SpaceId,
} from '../../shared/ids.ts';
import type { IdentityOutcome, LinkOutcome } from '../../shared/protocol/control.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
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
      /** What the relay made of the brand's token. */
      readonly identity?: IdentityOutcome;
    }
  /** Several attempts failed, or the browser says there is no network. It goes on trying. */
  | { readonly status: 'offline'; readonly since: number }
  /** It will not try again by itself: this build is too old, the relay is not the community's, or blocked. */
  | {
      readonly status: 'refused';
      readonly why: 'reload' | 'wrong-relay' | 'forbidden' | DeviceEnd;
    };

/**
 * Why this device forgot all it held: its member removed it, the brand named another customer, or
 * nobody any more. What opens next starts as a new visitor.
 */
export type DeviceEnd = 'removed' | 'other-member' | 'signed-out';

/** Whether this device can keep what is written. */
export type StorageState = 'ok' | 'failed' | 'full';

/** A device of this member. */
export interface MemberDevice {
  readonly device: DeviceKey;
  /** What it calls itself, such as "Chrome, Android"; may be empty. */
  readonly label: string;
  /** ms since the epoch. */
  readonly since: number;
}

/** A code that lets another device in, once, until it expires. Empty: the member has all they may. */
export interface LinkCode {
  readonly code: string;
  readonly expires: number;
}

/** Who this device is. */
export interface Me {
  readonly device: DeviceKey;
  readonly member: MemberId;
  /** The member's role certificate, verified; null for a visitor. May have expired: compare with `now()`. */
  readonly grant: SignedGrant | null;
}

/** An entry of this device that the relay has not settled. */
export interface OutboxItem {
  readonly entry: Entry;
  /**
   * `waiting`: not answered yet. `later`: over a limit, sent again at `retryAt`. `refused`,
   * `claimed`: final, kept for the screen until dismissed. `held`: the relay keeps it for review.
   */
  readonly state:
    | { readonly type: 'waiting' }
    | { readonly type: 'later'; readonly retryAt: number }
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
  /** Members who are writing now (conversation rooms). */
  readonly typing: readonly MemberId[];
  /** Highest seq each side has read; -1 for none. */
  readonly read: { readonly asker: number; readonly desk: number };
  /** Whether the asker is connected (told to the desk only); null when unknown. */
  readonly asker: { readonly here: boolean; readonly seen: number } | null;
  /** What the brand's page tells of the asker (told to the desk only); null for nothing. In memory alone. */
  readonly attributes?: string | null;
}

/** A room that somebody watches. Opening the same room twice shares one replica. */
export interface RoomHandle {
  readonly name: RoomName;
  readonly state: Readable<RoomState>;
  /** Tells the others on this room's channel; repeat every 3 s while true holds. */
  typing(typing: boolean): void;
  /** Tells how far this member has read; only ever grows; kept on the device and told when it can be. */
  read(seq: number): void;
  /** Idempotent. The replica leaves memory when nobody watches; what it holds stays on the device. */
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

export interface Sync {
  readonly community: Fingerprint;
  readonly me: Readable<Me>;
  readonly link: Readable<LinkState>;
  readonly storage: Readable<StorageState>;
  /** Unsettled entries, oldest first; of every tab of this browser. */
  readonly outbox: Readable<readonly OutboxItem[]>;
  readonly asked: Readable<readonly AskedConversation[]>;
  /** Verified grants that this device knows, its own included. */
  readonly grants: Readable<ReadonlyMap<DeviceKey, SignedGrant>>;
  /** This device's time corrected by the relay's, ms. */
  now(): number;
  openRoom(name: RoomName): RoomHandle;
  /**
   * Asks a new question: makes the conversation, signs, and resolves once IndexedDB has committed
   * the entry together with the removal of the draft `draftKey`. Rejects with StorageError if it cannot.
   */
  ask(question: Question, draftKey?: string): Promise<ConversationId>;
  /** Writes entries into a conversation, all or none, as `ask` does. */
  write(
    conversation: ConversationId,
    contents: readonly Content[],
    draftKey?: string,
  ): Promise<readonly Entry[]>;
  /** Takes a refused, claimed or still unsent entry out of the outbox. False if the relay may have it by now. */
  dismiss(id: EntryId): Promise<boolean>;
  /** Sends at once what waits, and dials now if there is no link. */
  retry(): void;
  /** Text being written, by key; kept on this device, shared by its tabs. */
  readDraft(key: string): Promise<string>;
  /** Resolves once kept. Empty text removes it. */
  writeDraft(key: string, text: string): Promise<void>;
  /** Small values of this device only (language, sound, last view); JSON. */
  readSetting<T>(key: string): Promise<T | undefined>;
  writeSetting(key: string, value: unknown): Promise<void>;
  /**
   * Gives the brand's token for this visitor (JWT); carried by the next hello. null: nobody is signed
   * in; if a customer was, this device forgets all it holds of them.
   */
  identify(token: string | null): Promise<void>;
  /** What the page tells helpers of this visitor; kept in memory, told on every contact. */
  tellAttributes(attributes: Readonly<Record<string, string>>): void;
  /** The devices of this member, as the relay last told; empty for one that never linked another. */
  readonly devices: Readable<readonly MemberDevice[]>;
  /** A code with which another device joins this member. `label`: what this one calls itself. Rejects when offline. */
  linkCode(label: string): Promise<LinkCode>;
  /** Joins the member whose device shows this code. Rejects when offline. */
  joinByCode(code: string, label: string): Promise<LinkOutcome>;
  /** Cuts a device of this member off. Rejects when offline. */
  removeDevice(device: DeviceKey): Promise<void>;
  /** Deletes everything Comptoir keeps in this browser for this community, in every tab; then it is disposed. */
  erase(): Promise<void>;
  /** Idempotent. Closes socket, channels, listeners; keeps what is stored. */
  dispose(): void;
}

/** What the desk needs beside it. */
export interface DeskSync extends Sync {
  /** Rooms whose replica is kept on this device, with when each last changed (ms). */
  keptRooms(): Promise<readonly { readonly name: RoomName; readonly changedAt: number }[]>;
  /** The member's private records, on all devices (canned replies); newest wins. Keys as in MemberKey. */
  readonly privateRecords: Readable<ReadonlyMap<string, string>>;
  writePrivate(key: string, value: string): Promise<void>;
  /** Whether this helper takes questions; told to the relay on every contact. */
  setAvailable(available: boolean): Promise<void>;
  /** Takes the grant of a redeemed invitation: verified, kept, used from the next hello (which it starts). */
  adoptGrant(grant: Uint8Array, communityKey: Uint8Array): Promise<void>;
  /** Signs the redeem request of an invitation with this device's key. */
  signRedeem(code: string, name: string): Promise<string>;
  /** Signs the opening of a session at `host` with this device's key. */
  signSession(host: string, nonce: string): Promise<string>;
}
