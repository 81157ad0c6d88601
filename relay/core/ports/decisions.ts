/** What is decided about somebody's words, or about a member. */
import type {
  ConversationId,
  DecisionId,
  EntryId,
  MemberId,
  SpaceId,
} from '../../../shared/ids.ts';
import type { DecisionWhat } from '../../../shared/protocol/decision-messages.ts';

/** What a feature decides. */
export interface Deciding {
  /** The entry; null: the member. */
  readonly id: EntryId | null;
  /** Where it is; null for a decision about a member. */
  readonly conversation: ConversationId | null;
  readonly space: SpaceId | null;
  /** Its author, or the member it is about: they alone are told. */
  readonly member: MemberId;
  readonly what: DecisionWhat;
  /** For the author: the kind of the rule and never the rule, or the charter's article. At most 40 units. */
  readonly code: string;
  /** For the author, in a person's words. At most 500 units. @default none */
  readonly reason?: string;
  /** Which rule, for the office alone. @default none */
  readonly rule?: string;
  /** ms since the epoch. @default it has no end */
  readonly until?: number;
  /** Whose decision it is: a member of the desk, the command line, or a machine. */
  readonly by: Decider;
  /** Names it, for a decision that must not be made twice. @default a random one */
  readonly reference?: DecisionId;
}

/** `machine`: the filter, or a count of reports. */
export type Decider = MemberId | 'command-line' | 'machine';

export interface MadeDecision extends Required<Deciding> {
  /** ms since the epoch. */
  readonly at: number;
}

/** Whether no other member manages the whole community. */
export type IsLastManager = (member: MemberId) => Promise<boolean>;

/** Whether somebody else can decide, so that nobody need be their own judge. Whoever has the machine is no author. */
export const canAnother = async (by: Decider, isLastManager: IsLastManager): Promise<boolean> =>
  by !== 'command-line' && by !== 'machine' && !(await isLastManager(by));
