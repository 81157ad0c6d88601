/** What is known of messages that were reported or hidden: the port that adapters implement. */
import type { KeyedPage, PageKey, PageRequest } from '../../../shared/api/route/page.ts';
import type { ConversationId, EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Decider } from '../../core/ports/decisions.ts';
import type { OpsOf } from '../../core/ports/port.ts';

/** `open`: reported, and still seen. `kept`: somebody decided that it may be seen. `gone`: withdrawn or erased. */
export type CaseState = 'open' | 'hidden' | 'kept' | 'gone';

/** One message that was reported or hidden. */
export interface ReportCase {
  readonly target: EntryId;
  readonly conversation: ConversationId;
  readonly space: SpaceId;
  /** Whose words they are. */
  readonly author: MemberId;
  readonly state: CaseState;
  /** Whether the brand's people have still to look at it. */
  readonly waits: boolean;
  /** How many people reported it. */
  readonly reports: number;
  /** A `HideCause`; 0: it was never hidden. */
  readonly cause: number;
  /** Who hid it or showed it again; empty: nobody yet. */
  readonly by: Decider | '';
  /** When it was hidden or shown again, ms; 0: never. */
  readonly decided: number;
  /** When it was first reported or hidden, ms. */
  readonly since: number;
  /** Raised by each change. */
  readonly version: number;
}

export interface ReportStorage {
  /** Puts it instead of the one of the same message. */
  putCase(one: ReportCase): Promise<void>;
  /** There is nothing left to decide about a message that is gone, if anybody still had to look at it. */
  endCase(target: EntryId): Promise<void>;
  reportCase(target: EntryId): Promise<ReportCase | undefined>;
  /** Those that wait, the oldest first. @param spaces none: everywhere */
  waitingCases(
    spaces: readonly SpaceId[],
    page: PageRequest<number>,
  ): Promise<KeyedPage<ReportCase, number>>;
  /** Messages that are hidden, the last to be hidden by that member. */
  casesHiddenBy(by: MemberId, most: number): Promise<readonly ReportCase[]>;
  /** How many messages somebody, or a machine, hid in a space since then. */
  hidesSince(by: Decider, space: SpaceId, since: number): Promise<number>;
  /** A message was hidden: counted for `hidesSince`. */
  countHide(by: Decider, space: SpaceId, at: number): Promise<void>;
  /** Forgets what was counted before. */
  forgetHides(before: number): Promise<void>;
  /** A member wrote something that was numbered: the first time counts. */
  wroteFirst(member: MemberId, at: number): Promise<void>;
  /** When they first wrote something. Those who never did are left out. */
  firstWrote(members: readonly MemberId[]): Promise<ReadonlyMap<MemberId, number>>;
}

/** Where a case stands among others. */
export const placeOfCase = ({ since, target }: ReportCase): PageKey<number> => ({
  by: since,
  id: target,
});

export const reportOps = {
  putCase: 'write',
  endCase: 'write',
  reportCase: 'read',
  waitingCases: 'read',
  casesHiddenBy: 'read',
  hidesSince: 'read',
  countHide: 'write',
  forgetHides: 'write',
  wroteFirst: 'write',
  firstWrote: 'read',
} as const satisfies OpsOf<ReportStorage>;
