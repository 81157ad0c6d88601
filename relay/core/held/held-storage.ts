/**
 * The bytes of entries that are in no room and may come into one: held before anybody read them, or
 * refused and kept a while for an appeal. The port that adapters implement.
 */
import type { KeyedPage, PageKey, PageRequest } from '../../../shared/api/route/page.ts';
import type { ConversationId, DeviceKey, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Decider } from '../ports/decisions.ts';
import type { OpsOf } from '../ports/port.ts';

/** `held`: it waits to be read. `refused`: its bytes are there until nobody can appeal any more. */
export type HeldState = 'held' | 'refused';

/** An entry without its bytes. */
export interface HeldMark {
  readonly id: EntryId;
  readonly conversation: ConversationId;
  readonly space: SpaceId;
  readonly member: MemberId;
  readonly device: DeviceKey;
  /** The kind's number. */
  readonly kind: number;
  /** How many bytes it has. */
  readonly size: number;
  /** Which rule held it; `question` waits only for its question. */
  readonly rule: string;
  /** When it came, ms. Of two in one conversation the later one has more. */
  readonly since: number;
}

export interface NewHeld extends HeldMark {
  readonly state: HeldState;
  /** What its author is told: the kind of the rule. */
  readonly code: string;
  /** As its author signed it. */
  readonly bytes: Uint8Array;
}

export interface HeldEntry extends NewHeld {
  /** Who looks at it, so that nobody else decides meanwhile; null: nobody. */
  readonly lockedBy: Decider | null;
  readonly lockedUntil: number;
  /** Raised by each change. */
  readonly version: number;
  /** When its bytes go, ms; 0: not by themselves. */
  readonly until: number;
}

export interface HeldStorage {
  putHeld(entry: NewHeld): Promise<void>;
  /** Its bytes go; nothing is remembered of it here. */
  dropHeld(id: EntryId): Promise<void>;
  /** From now on it is one that was refused, until then. */
  refuseHeld(id: EntryId, until: number): Promise<void>;
  /** @param by null: nobody looks at it any more */
  lockHeld(id: EntryId, by: Decider | null, until: number): Promise<void>;
  heldEntry(id: EntryId): Promise<HeldEntry | undefined>;
  /** Those that wait, by id, after this one. */
  heldMarks(after: string, most: number): Promise<readonly HeldMark[]>;
  /** Those that wait, the oldest first. @param spaces none: everywhere */
  heldIn(
    spaces: readonly SpaceId[],
    page: PageRequest<number>,
  ): Promise<KeyedPage<HeldEntry, number>>;
  /** All that wait in a conversation, as they came. */
  heldWith(conversation: ConversationId): Promise<readonly HeldEntry[]>;
  /** Those whose bytes go by now. */
  heldUntil(now: number, most: number): Promise<readonly HeldMark[]>;
}

/** Where a held entry stands among others, by when it came. */
export const placeOfHeld = ({ since, id }: HeldMark): PageKey<number> => ({ by: since, id });

export const heldOps = {
  putHeld: 'write',
  dropHeld: 'write',
  refuseHeld: 'write',
  lockHeld: 'write',
  heldEntry: 'read',
  heldMarks: 'read',
  heldIn: 'read',
  heldWith: 'read',
  heldUntil: 'read',
} as const satisfies OpsOf<HeldStorage>;
