/** What screens show of decisions about somebody's own words, and of reports. */
import type { DecisionId, EntryId } from '../../../shared/ids.ts';
import type { DecisionWhat } from '../../../shared/protocol/decision-messages.ts';

/**
 * The one appeal. `none`: there is nothing to appeal against. `open`: it may be made. `kept`: on this device,
 * until the relay has it. `received`: the relay has it. `granted`, `upheld`: what came of it.
 */
export type AppealState = 'none' | 'open' | 'kept' | 'received' | 'granted' | 'upheld';

/** A decision about somebody's own words, or about them. */
export interface DecisionView {
  /** What an appeal names. */
  readonly reference: DecisionId;
  /** All that has been seen once this is. */
  readonly references: readonly DecisionId[];
  /** The entry; null: the person. */
  readonly id: EntryId | null;
  readonly what: DecisionWhat | 'unknown';
  /** The kind of the rule, or the charter's article. */
  readonly code: string;
  /** What a person wrote about it; may be empty. */
  readonly reason: string;
  /** When it ends, ms since the epoch; 0: it has no end. */
  readonly until: number;
  readonly automatic: boolean;
  readonly appeal: AppealState;
  /** Whether it is news: it was not seen before this visit. */
  readonly fresh: boolean;
  /** Whether the person has seen it. */
  readonly seen: boolean;
}

/**
 * Where a report is. `kept`: on this device. `taken`: the relay has it. `upheld`, `rejected`: what came of it.
 * `refused`: the relay did not take it.
 */
export interface ReportView {
  readonly state: 'kept' | 'taken' | 'upheld' | 'rejected' | 'refused';
  /** Whether it certainly never left, so that it can be taken back. */
  readonly undoable: boolean;
}

/** What one conversation is shown with; the same value until something changes. */
export interface ModerationView {
  /** By entry. */
  readonly decisions: ReadonlyMap<string, DecisionView>;
  /** Those whose words show nowhere, oldest first. */
  readonly notices: readonly DecisionView[];
  /** By the message that they are about. */
  readonly reports: ReadonlyMap<string, ReportView>;
  /** Whether a report of this member's hides at once. */
  readonly hides: boolean;
}

/** What a person reports. */
export interface Reporting {
  readonly target: EntryId;
  /** A `ReportReason`. */
  readonly reason: number;
  /** A note; may be empty. */
  readonly text: string;
}

/** What a person can do about decisions and other people's words. */
export interface ModerationActs {
  /** Refused messages whose text is in the composer again, in this visit. */
  readonly givenBack: Set<string>;
  /** They have seen these decisions. `listed`: in the list, where they stay for this visit. */
  seen(references: readonly DecisionId[], listed?: boolean): void;
  /** Does not show one in the list any more. */
  dismiss(reference: DecisionId): void;
  /** Resolves once the device has stored it, or `storage` says why not. */
  appeal(reference: DecisionId, text: string): Promise<void>;
  /** Takes a report back that never left. */
  takeBack(target: EntryId): Promise<void>;
}
