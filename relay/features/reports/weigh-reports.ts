/**
 * Which reports hide a message by themselves. Keys are free, so a report counts only if its author has been there
 * for a while and has written something that others read, and those who agree must not be one person in one place.
 */
import {
  type Role,
  Role as Roles,
  answersAtDesk,
  hidesAtOnce,
} from '../../../shared/grant/roles.ts';
import { HideCause } from '../../../shared/entry/hide-cause.ts';
import type { MemberId } from '../../../shared/ids.ts';

/** A report, and what is known of whoever made it. */
export interface WeighedReport {
  readonly member: MemberId;
  /** Their role in the space now. */
  readonly role: Role;
  /** When the relay took it, ms. */
  readonly at: number;
  /** When they first wrote something that was numbered, ms; undefined: never. */
  readonly wroteSince: number | undefined;
  /** Keyed hashes of the networks where they were seen lately. */
  readonly networks: ReadonlySet<string>;
}

export interface WeighedCase {
  readonly reports: readonly WeighedReport[];
  /** The role of whoever wrote the message, as it was judged. */
  readonly authorRole: Role;
  /** When somebody decided that it may be seen, ms; 0: never. */
  readonly keptAt: number;
  /** So many different members hide it; 0: reports never do. */
  readonly enough: number;
  /** What a machine has hidden in the space within the hour, and whoever hides at once. */
  readonly hiddenLately: (by: MemberId | 'machine') => number;
}

/** How long somebody must have been there. */
export const DAY_MS = 86_400_000;
/** What reports hide by themselves in a space within an hour; beyond that somebody looks. */
export const MOST_AUTOMATIC = 5;
/** What one guardian hides at once in a space within an hour. */
export const MOST_BY_GUARDIAN = 20;

export type Weight =
  | { readonly hides: false }
  | { readonly hides: true; readonly by: MemberId | 'machine'; readonly cause: HideCause };

export function weigh(one: WeighedCase): Weight {
  const { reports, keptAt, hiddenLately } = one;
  const trusted = reports.find(({ role, at }) => hidesAtOnce(role) && at > keptAt);
  if (trusted) {
    const { member: by, role } = trusted;
    const isManager = role === Roles.manager;
    if (isManager || hiddenLately(by) < MOST_BY_GUARDIAN)
      return { hides: true, by, cause: isManager ? HideCause.manager : HideCause.guardian };
  }
  return hidesByNumber(one)
    ? { hides: true, by: 'machine', cause: HideCause.reports }
    : { hides: false };
}

/** Never words of the brand's own people, and never again what somebody has looked at. */
function hidesByNumber({
  reports,
  authorRole,
  keptAt,
  enough,
  hiddenLately,
}: WeighedCase): boolean {
  const isStaff = answersAtDesk(authorRole) && authorRole >= Roles.staff;
  if (enough === 0 || isStaff || keptAt > 0) return false;
  const counted = reports.filter(
    ({ at, wroteSince }) => wroteSince !== undefined && at - wroteSince >= DAY_MS,
  );
  if (counted.length < enough || shareNetwork(counted)) return false;
  return hiddenLately('machine') < MOST_AUTOMATIC;
}

/** Whether there is a network in which all of them were seen, or nobody knows where one of them was. */
function shareNetwork(reports: readonly WeighedReport[]): boolean {
  const [first, ...others] = reports;
  if (!first || reports.some(({ networks }) => networks.size === 0)) return true;
  return [...first.networks].some((network) =>
    others.every(({ networks }) => networks.has(network)),
  );
}
