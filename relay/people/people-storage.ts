/** Where members, their devices and invitations are kept: the port that adapters implement. */
import type { Role } from '../../shared/grant/roles.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../shared/ids.ts';
import type { Member } from '../rooms/people.ts';

export interface StoredInvitation {
  readonly role: Role;
  readonly spaces: readonly SpaceId[];
  /** ms since the epoch; not valid from then on. */
  readonly expires: number;
  readonly used: boolean;
}

export interface Redemption {
  /** Hash of the code: the code itself is kept nowhere. */
  readonly hash: string;
  readonly device: DeviceKey;
  readonly member: MemberId;
  readonly name: string;
  readonly now: number;
}

export interface PeopleStorage {
  /** Members of those devices that have joined one. */
  membersByDevice(devices: readonly DeviceKey[]): Promise<ReadonlyMap<DeviceKey, Member>>;
  /** Lets a device act for a member, who is made a visitor if new. */
  joinDevice(device: DeviceKey, member: MemberId): Promise<void>;
  addInvitation(hash: string, invitation: Omit<StoredInvitation, 'used'>): Promise<void>;
  invitation(hash: string): Promise<StoredInvitation | undefined>;
  /** Uses an invitation up and makes the member, in one step: of two at once, one gets `used`. */
  redeem(redemption: Redemption): Promise<Member | 'unknown' | 'used' | 'expired'>;
}
