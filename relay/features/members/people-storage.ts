/** Where members, their devices, invitations and blocks are kept: the port that adapters implement. */
import type { Role } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Member, MemberDevice, Merge } from '../../core/ports/people.ts';

/** A member with what the office shows. */
export interface StoredMember extends Member {
  /** When they first had a role, ms since the epoch; 0 for a visitor. */
  readonly since: number;
  readonly topics: readonly string[];
  /** Whether the brand's own sign-in names them. */
  readonly customer: boolean;
}

export interface StoredInvitation {
  readonly id: string;
  /** Hash of the code: the code itself is kept nowhere. */
  readonly hash: string;
  readonly role: Role;
  readonly spaces: readonly SpaceId[];
  readonly topics: readonly string[];
  readonly note: string;
  /** The member it brings back; null when it makes a new one. */
  readonly member: MemberId | null;
  /** The manager whose word it is; null for the command line's. */
  readonly madeBy: MemberId | null;
  readonly created: number;
  /** ms since the epoch; not valid from then on. */
  readonly expires: number;
  readonly usedBy: MemberId | null;
  readonly revoked: boolean;
}

export interface Redemption {
  readonly hash: string;
  readonly device: DeviceKey;
  readonly label: string;
  /** Who it is when the invitation brings nobody back. */
  readonly member: MemberId;
  /** Whether all that `member` has comes along to the one who is brought back. */
  readonly brings: boolean;
  readonly name: string;
  readonly now: number;
}

export type InvitationRefusal = 'unknown' | 'used' | 'expired';

/** Two members who turned out to be one person, and how that is known. */
export interface MergeRequest extends Merge {
  /** Devices that act for `to` from now on, beside those of `from`. */
  readonly devices: readonly { readonly device: DeviceKey; readonly label: string }[];
  /** Whether the brand's own sign-in names `to`. */
  readonly customer: boolean;
  readonly now: number;
}

export interface StoredBlock {
  readonly id: string;
  readonly subject: 'member' | 'device' | 'address';
  /** A member, a device, or the keyed hash of a network. */
  readonly value: string;
  /** What a manager sees of it; of an address only how wide: `IPv4 /24`. */
  readonly shown: string;
  readonly reason: string;
  readonly created: number;
  /** null: until it is lifted. */
  readonly expires: number | null;
}

/** That a device was seen at a network, which is known by its keyed hash alone. */
export interface Sighting {
  readonly device: DeviceKey;
  readonly member: MemberId;
  readonly hash: string;
  /** How wide: `IPv4 /32`. */
  readonly shown: string;
  readonly seen: number;
}

export interface MemberStorage {
  /** Members of those devices that have joined one; `removed` for those that were cut off. */
  membersByDevice(
    devices: readonly DeviceKey[],
  ): Promise<ReadonlyMap<DeviceKey, Member | 'removed'>>;
  member(id: MemberId): Promise<StoredMember | undefined>;
  /** By name: the desk's, or all that have a device or a role. */
  members(all: boolean): Promise<readonly StoredMember[]>;
  /** Those that may act for a member, the first to join first. */
  devicesOf(member: MemberId): Promise<readonly MemberDevice[]>;
  /** Cuts a device of that member off for ever. Whether it was one. */
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
  /** Gives all that `from` has, devices and blocks, to `to`, who is made if new; pending until `mergeDone`. */
  merge(request: MergeRequest): Promise<void>;
  pendingMerges(): Promise<readonly Merge[]>;
  mergeDone(from: MemberId): Promise<void>;
  /**
   * Uses an invitation up and makes the member, or lets the device act for the member it brings back,
   * in one step: of two at once, one gets `used`.
   */
  redeem(redemption: Redemption): Promise<Member | InvitationRefusal>;
}

export interface InvitationStorage {
  addInvitation(invitation: Omit<StoredInvitation, 'usedBy' | 'revoked'>): Promise<void>;
  invitation(hash: string): Promise<StoredInvitation | undefined>;
  /** Newest first. */
  invitations(createdAfter: number): Promise<readonly StoredInvitation[]>;
  /** Gives an unused invitation another code and expiry; undefined for one that was used or revoked. */
  renewInvitation(id: string, hash: string, expires: number): Promise<StoredInvitation | undefined>;
  /** Whether there was one to revoke. */
  revokeInvitation(id: string): Promise<boolean>;
  /** Revokes all that a member made and nobody has used. */
  revokeInvitationsBy(member: MemberId): Promise<void>;
}

export interface BlockStorage {
  addBlock(block: StoredBlock): Promise<void>;
  blocks(): Promise<readonly StoredBlock[]>;
  /** Whether there was one to lift. */
  removeBlock(id: string): Promise<boolean>;

  sawAddresses(sightings: readonly Sighting[]): Promise<void>;
  /** Where a member was seen, newest first. */
  sightingsOf(member: MemberId): Promise<readonly Sighting[]>;
  /** Forgets sightings and blocks from before. */
  forgetSightings(before: number): Promise<void>;
}

export interface PeopleStorage extends MemberStorage, InvitationStorage, BlockStorage {}
