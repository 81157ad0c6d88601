/** Where decisions and appeals are kept: the port that adapters implement. */
import type { KeyedPage, PageKey, PageRequest } from '../../../shared/api/route/page.ts';
import type { DecisionId, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Decider, MadeDecision } from '../../core/ports/decisions.ts';
import type { OpsOf } from '../../core/ports/port.ts';

export interface StoredDecision extends MadeDecision {
  /** Whether the author's devices have shown it. */
  readonly seen: boolean;
  /** What its author asks to be looked at again; null: nothing. */
  readonly appeal: Appeal | null;
}

export interface Appeal {
  readonly text: string;
  readonly at: number;
  /** Who decided it; null: it waits. */
  readonly by: Decider | null;
}

export interface AppealRequest {
  readonly reference: DecisionId;
  /** Whose it must be. */
  readonly member: MemberId;
  readonly text: string;
  readonly at: number;
}

/** Decisions that are kept of a member. The oldest go, but for those with an appeal that waits. */
export const MOST_OF_MEMBER = 200;

export interface DecisionStorage {
  /** One of the same reference is left as it is. */
  addDecision(decision: MadeDecision): Promise<void>;
  /** Those that a member has not seen, the oldest first. */
  unseenDecisions(member: MemberId, most: number): Promise<readonly StoredDecision[]>;
  /** A member has seen these, as far as they are theirs. */
  decisionsSeen(member: MemberId, references: readonly DecisionId[]): Promise<void>;
  decision(reference: DecisionId): Promise<StoredDecision | undefined>;
  /** All about an entry, the oldest first. */
  decisionsAbout(id: EntryId): Promise<readonly StoredDecision[]>;
  /** Whether it was the first, to a decision of that member. */
  appealDecision(request: AppealRequest): Promise<boolean>;
  /** Appeals that wait, the oldest first. @param spaces none: everywhere */
  openAppeals(
    spaces: readonly SpaceId[],
    page: PageRequest<number>,
  ): Promise<KeyedPage<StoredDecision, number>>;
  /** An appeal was decided. */
  closeAppeal(reference: DecisionId, by: Decider): Promise<void>;
  /** Forgets decisions from before, but for those with an appeal that waits. */
  forgetDecisions(before: number): Promise<void>;
}

/** Where an appeal stands among others, by when it came. */
export const placeOfAppeal = ({ appeal, reference }: StoredDecision): PageKey<number> => ({
  by: appeal?.at ?? 0,
  id: reference,
});

export const decisionOps = {
  addDecision: 'write',
  unseenDecisions: 'read',
  decisionsSeen: 'write',
  decision: 'read',
  decisionsAbout: 'read',
  appealDecision: 'write',
  openAppeals: 'read',
  closeAppeal: 'write',
  forgetDecisions: 'write',
} as const satisfies OpsOf<DecisionStorage>;
