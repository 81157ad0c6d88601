/**
 * Where rooms are kept: the port that adapters implement (the contract suite runs on each). The room layer
 * decides what a change is; storage makes a batch of changes durable, all or none.
 */
import type { EntryId, MemberId } from '../../../shared/ids.ts';
import type { Digest } from '../../../shared/protocol/digest.ts';
import type { RefusalCode } from '../../../shared/protocol/outcome.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { OpsOf, Write } from './port.ts';

/** Erased rows: how many from which seq on. */
export interface Run {
  readonly start: number;
  readonly length: number;
}

/** What is known about a room without reading its rows. */
export interface RoomHead extends Digest {
  readonly generation: number;
  /** The seq of the next row. */
  readonly next: number;
}

/** The head of a room in which nothing was ever written. */
export const emptyHead = (): RoomHead => ({
  generation: 1,
  next: 0,
  rev: 0,
  count: 0,
  xor: new Uint8Array(16),
});

export interface StoredRow {
  readonly seq: number;
  /** The row's id in the digest. */
  readonly id: Uint8Array;
  /** The record's key; null for a row that carries an entry. */
  readonly key: string | null;
  /** As encoded by shared/conversation/row.ts. */
  readonly bytes: Uint8Array;
}

/** One room's part of a batch. */
export interface RoomChange {
  readonly room: RoomName;
  /** The head that this change was made on. It is committed only if that is still the head. */
  readonly base: RoomHead;
  /** The head after it. */
  readonly head: RoomHead;
  /** Contiguous from `base.next`. */
  readonly append: readonly StoredRow[];
  /** Live rows to remove, including those of this change. */
  readonly erase: readonly number[];
  /** Entries to refuse forever from now on. */
  readonly forget: readonly ErasedEntry[];
}

export interface ErasedEntry {
  readonly id: EntryId;
  /** Whose it was, so that a repeated `retract` is recognised as its author's. */
  readonly member: MemberId;
}

/** Forgets an entry that is in no room. */
export interface ForgottenEntry extends ErasedEntry {
  /** It stays refused as it was, and only its bytes go. @default it is erased, like one of a room */
  readonly staysRefused?: boolean;
}

/** What became of an entry that is in no room. */
export type OffRoomFate =
  | { readonly type: 'erased'; readonly member: MemberId }
  /** In the books. */
  | { readonly type: 'taken' }
  /** Nobody but its author knows it until somebody has read it. */
  | { readonly type: 'held'; readonly member: MemberId }
  /** It was in a room, and may come back. */
  | { readonly type: 'hidden'; readonly member: MemberId }
  /** For good, by somebody's decision. */
  | { readonly type: 'refused'; readonly code: RefusalCode };

/** What is known about an entry by its id. */
export type EntryFate =
  { readonly type: 'numbered'; readonly room: RoomName; readonly seq: number } | OffRoomFate;

/** A fate that may change. */
export type OpenFate = Extract<OffRoomFate, { readonly type: 'held' | 'hidden' | 'refused' }>;

/** What became of entries beside what was erased and what is in the books; `RoomStorage.fates` reads it. */
export interface FateStorage {
  /** @param fate null: it is numbered from now on, or nothing is known of it any more. What is erased stays so. */
  putFate(id: EntryId, fate: OpenFate | null): Promise<void>;
}

/** Part of a room: its head, and rows in one consistent view. */
export interface RoomRange {
  readonly head: RoomHead;
  /** Live rows in order, from `from` on, as many as fit. */
  readonly rows: readonly StoredRow[];
  /** `rows` has every live row from `from` on and before this seq. */
  readonly end: number;
  /** All erased runs of the room. */
  readonly erased: readonly Run[];
}

/**
 * Bytes of rows in a page that a reader is sent: few at first, so that nobody waits long for a short room; then
 * more, because a client looks at a whole room again with each. A line that takes less in 40 s is too slow.
 */
export const PAGE_BYTES = { first: 64 * 1024, later: 256 * 1024 };

/** A part of a room as Yjs update bytes. */
export interface RoomPage {
  readonly head: RoomHead;
  /** For a replica that holds every row before. The last page has all erased runs too. */
  readonly update: Uint8Array;
  /** It has every row before this seq. */
  readonly to: number;
  readonly isLast: boolean;
  /** Bytes of rows in it. */
  readonly read: number;
  /** Erased runs of the room. */
  readonly runs: number;
}

/** What becomes durable together: changes of rooms, and what features write because of them. */
export interface StorageBatch {
  readonly changes: readonly RoomChange[];
  readonly writes: readonly Write[];
  /** Entries in no room whose bytes go for good, also from a backup that is restored. @default none */
  readonly forget?: readonly ForgottenEntry[];
  /** Entries that leave their room and may come back, also from a backup that is restored. @default none */
  readonly hides?: readonly ErasedEntry[];
  /** Hidden entries that are in their room again. @default none */
  readonly unhides?: readonly EntryId[];
}

export interface RoomStorage {
  /**
   * Makes a batch durable, all or nothing. `conflict`: a room is no longer at its `base`; load and judge
   * again. Rejects if the disk refuses or a write fails.
   */
  commit(batch: StorageBatch): Promise<'committed' | 'conflict'>;
  head(room: RoomName): Promise<RoomHead>;
  /** @param maxBytes stop after about this many; at least one row comes. */
  range(room: RoomName, from: number, maxBytes: number): Promise<RoomRange>;
  /**
   * As `range`, encoded.
   * @param generation whose replica it is for.
   */
  page(room: RoomName, generation: number, from: number, maxBytes: number): Promise<RoomPage>;
  /** Fates of those ids that have one. */
  fates(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, EntryFate>>;
  /** Ids of entries with an `OffRoomFate` after this one, in order, as many as asked for. */
  fatedIds(after: string, most: number): Promise<readonly EntryId[]>;
  /** Names of the rooms that begin with this, such as `space/`. */
  rooms(prefix: string): Promise<readonly RoomName[]>;
  /**
   * Conversations from which the erased list removed entries again at open, after an older backup. What
   * was derived from them is stale.
   */
  reconciled(): Promise<readonly RoomName[]>;
  /** Resolves if a write would succeed. However often it is asked, it tries one at most every 5 s. */
  check(): Promise<void>;
}

export const roomOps = {
  commit: 'write',
  head: 'read',
  range: 'read',
  page: 'read',
  fates: 'read',
  fatedIds: 'read',
  rooms: 'read',
  reconciled: 'write',
  check: 'write',
} as const satisfies OpsOf<RoomStorage>;

export const fateOps = { putFate: 'write' } as const satisfies OpsOf<FateStorage>;
