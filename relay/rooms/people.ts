/** Who is who: what rooms ask of relay/people. */
import type { DeviceKey, MemberId, SpaceId } from '../../shared/ids.ts';
import type { Role } from '../../shared/grant/roles.ts';

/** A member as the relay knows them. */
export interface Member {
  readonly id: MemberId;
  readonly role: Role;
  /** Shown name; empty for a visitor who gave none. */
  readonly name: string;
  /** Spaces the role holds in; empty means every space. */
  readonly spaces: readonly SpaceId[];
}

export interface People {
  /** The members that devices act for; a device that joined nobody is a visitor of its own. */
  membersOf(devices: readonly DeviceKey[]): Promise<ReadonlyMap<DeviceKey, Member>>;
  /** The member at hello; `token` is the brand's word for who it is, or empty. */
  greet(device: DeviceKey, token: string): Promise<Member>;
  /** A grant for a member of the desk on this device; null for a visitor. */
  grantFor(device: DeviceKey, member: Member): IssuedGrant | null;
}

/** A signed grant and when it ends. */
export interface IssuedGrant {
  readonly bytes: Uint8Array;
  readonly expires: number;
}
