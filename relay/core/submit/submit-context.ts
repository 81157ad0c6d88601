/** What a work on the submit path knows of the path, and who offers it what. */
import type { SpaceMode } from '../../../shared/space-mode.ts';
import type { ConversationId, DeviceKey, EntryId, SpaceId } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import type { ReadAllowance } from '../limits/read-allowance.ts';
import type { Holdings } from '../held/holding.ts';
import type { Authority } from '../ports/authority.ts';
import type { Platform } from '../ports/platform.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import type { EntryFates } from './entry-fates.ts';
import type { KnownMembers } from './known-members.ts';
import type { SubmitPolicy } from './submit-policy.ts';

export interface Answer {
  readonly id: EntryId;
  readonly outcome: Outcome;
}

/** Not now. */
export type Later = Extract<Outcome, { readonly type: 'later' }>;

/** Where entries come from: charged before any signature is checked. */
export interface Source {
  /** The device at the other end. */
  readonly connection: DeviceKey;
  readonly address: string;
}

export interface SubmitContext {
  readonly options: {
    readonly authority: Authority;
    readonly reads: ReadAllowance<ConversationRoom>;
    readonly platform: Platform;
    readonly modeOf: (space: SpaceId) => SpaceMode | undefined;
  };
  /** Asked about each entry, in this order. */
  readonly policies: readonly SubmitPolicy[];
  readonly fates: EntryFates;
  readonly members: KnownMembers;
  /** What waits to be read. */
  readonly holdings: Holdings;
  /** Charges an author, who is proved, for an entry. */
  chargeAuthor(author: DeviceKey, bytes: Uint8Array): Later | null;
  /** Charges a question to its author and to where it comes from. */
  chargeAsk(source: Source, author: DeviceKey): Later | null;
  /** Whether its question was put off: what follows it waits too. */
  isPostponed(id: ConversationId): boolean;
  postpone(id: ConversationId, source: Source): void;
  settled(id: ConversationId): void;
}
