/** Where members and their devices are kept: the port that adapters implement. */
import type { Role } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import {
  type KeyedPage,
  type PageKey,
  type PageRequest,
  nameKey,
} from '../../../shared/api/route/page.ts';
import type { Member, MemberDevice, Merge } from '../../core/ports/people.ts';
import type { OpsOf } from '../../core/ports/port.ts';

/** A member with what the office shows. */
export interface StoredMember extends Member {
  /** When they first had a role, ms since the epoch; 0 for a visitor. */
  readonly since: number;
  readonly topics: readonly string[];
  /** Whether the brand's own sign-in names them. */
  readonly customer: boolean;
}

/** Two members who turned out to be one person, and how we know. */
export interface MergeRequest extends Merge {
  /** Devices that act for `to` from now on, besides those of `from`. */
  readonly devices: readonly { readonly device: DeviceKey; readonly label: string }[];
  /** Whether the brand's own sign-in names `to`. */
  readonly customer: boolean;
  readonly now: number;
}

export interface MemberStorage {
  /** The members of those devices that joined one; `removed` for devices that were cut off. */
  membersByDevice(
    devices: readonly DeviceKey[],
  ): Promise<ReadonlyMap<DeviceKey, Member | 'removed'>>;
  member(id: MemberId): Promise<StoredMember | undefined>;
  /** Members by name: the desk's, or all with a device or a role. */
  members(all: boolean, page: PageRequest<string>): Promise<KeyedPage<StoredMember, string>>;
  /** Devices that may act for a member, the first to join first. */
  devicesOf(member: MemberId): Promise<readonly MemberDevice[]>;
  /** Cuts off a device of that member forever. Returns whether it was one. */
  removeDevice(member: MemberId, device: DeviceKey, now: number): Promise<boolean>;
  setMember(
    id: MemberId,
    change: {
      readonly role: Role;
      readonly spaces: readonly SpaceId[];
      readonly topics: readonly string[];
      readonly now: number;
    },
  ): Promise<void>;
  /**
   * Gives everything that `from` has, devices and blocks, to `to`, who is made if new. It is pending until
   * `mergeDone`.
   */
  merge(request: MergeRequest): Promise<void>;
  pendingMerges(): Promise<readonly Merge[]>;
  mergeDone(from: MemberId): Promise<void>;
}

/** Where a member stands among others, by name. */
export const placeOfMember = ({ name, id }: StoredMember): PageKey<string> => ({
  by: nameKey(name),
  id,
});

export const memberOps = {
  membersByDevice: 'read',
  member: 'read',
  members: 'read',
  devicesOf: 'read',
  removeDevice: 'write',
  setMember: 'write',
  merge: 'write',
  pendingMerges: 'read',
  mergeDone: 'write',
} as const satisfies OpsOf<MemberStorage>;
