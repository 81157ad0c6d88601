/** Who is who: what rooms ask the members feature. */
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Role } from '../../../shared/grant/roles.ts';
import type { IdentityOutcome } from '../../../shared/protocol/control.ts';

/** A member as the relay knows them. */
export interface Member {
  readonly id: MemberId;
  readonly role: Role;
  /** Shown name; empty for a visitor who gave none. */
  readonly name: string;
  /** Spaces the role holds in; empty means every space. */
  readonly spaces: readonly SpaceId[];
}

/** A device that may act for a member. */
export interface MemberDevice {
  readonly device: DeviceKey;
  readonly label: string;
  /** ms since the epoch. */
  readonly since: number;
}

/** Two members who turned out to be one person. */
export interface Merge {
  readonly from: MemberId;
  readonly to: MemberId;
}

/** Who comes in. */
export type Greeting =
  | {
      readonly type: 'member';
      readonly member: Member;
      readonly identity: IdentityOutcome;
    }
  /** The member cut the device off. */
  | { readonly type: 'removed' }
  /** The brand names another customer than the one this device belongs to. */
  | { readonly type: 'other-member' };

/** Who acts, and from where. */
export interface Actor {
  readonly member: MemberId;
  readonly device: DeviceKey;
  /** The client's address. */
  readonly address: string;
  /** What the member may do, where it is known. */
  readonly role?: Role;
}

export interface People {
  /** The members that devices act for. A device that has not joined anybody is a visitor of its own. */
  membersOf(devices: readonly DeviceKey[]): Promise<ReadonlyMap<DeviceKey, Member | 'removed'>>;
  /** The member at hello; `token` is the brand's statement of who it is, or empty. */
  greet(device: DeviceKey, token: string): Promise<Greeting>;
  /** A grant for a member of the desk on this device; null for a visitor. */
  grantFor(device: DeviceKey, member: Member): Promise<IssuedGrant | null>;
  /** When they may write again, ms since the epoch; 0 if now, `FOR_EVER` if never. */
  blockedUntil(actor: Actor): number;
}

/** A signed grant and when it ends. */
export interface IssuedGrant {
  readonly bytes: Uint8Array;
  readonly expires: number;
}
