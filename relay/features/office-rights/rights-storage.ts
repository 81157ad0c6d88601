/** Where rights in the office are kept: the port that adapters implement. */
import type { HeldRight, OfficeRight } from '../../../shared/api/route/office-right.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { OpsOf } from '../../core/ports/port.ts';

export interface StoredRight extends HeldRight {
  readonly member: MemberId;
}

export interface RightStorage {
  /** All of them, by member and right. */
  rights(): Promise<readonly StoredRight[]>;
  /** Gives a right, or says anew where it holds. To whoever the member is by now. */
  putRight(right: StoredRight): Promise<void>;
  /** Whether they held it. */
  dropRight(member: MemberId, right: OfficeRight): Promise<boolean>;
  /** Takes all that a member holds. */
  dropRightsOf(member: MemberId): Promise<void>;
}

export const rightOps = {
  rights: 'read',
  putRight: 'write',
  dropRight: 'write',
  dropRightsOf: 'write',
} as const satisfies OpsOf<RightStorage>;

/** Where a right holds that two held who turned out to be one person: everywhere if either's did. */
export const spacesOfBoth = (
  one: HeldRight['spaces'],
  other: HeldRight['spaces'],
): HeldRight['spaces'] =>
  one.length === 0 || other.length === 0 ? [] : [...new Set([...one, ...other])].toSorted();
