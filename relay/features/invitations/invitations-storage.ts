/** Where invitations are kept: the port that adapters implement. */
import type { KeyedPage, PageKey, PageRequest } from '../../../shared/api/route/page.ts';
import type { Role } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Member } from '../../core/ports/people.ts';
import type { OpsOf } from '../../core/ports/port.ts';

export interface StoredInvitation {
  readonly id: string;
  /** Hash of the code. The code itself is stored nowhere. */
  readonly hash: string;
  readonly role: Role;
  readonly spaces: readonly SpaceId[];
  readonly topics: readonly string[];
  readonly note: string;
  /** The member it brings back; null when it makes a new one. */
  readonly member: MemberId | null;
  /** The manager who made it; null if the command line did. */
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
  /** Whether everything that `member` has passes to the member who is brought back. */
  readonly brings: boolean;
  readonly name: string;
  readonly now: number;
}

export type InvitationRefusal = 'unknown' | 'used' | 'expired';

export interface InvitationStorage {
  addInvitation(invitation: Omit<StoredInvitation, 'usedBy' | 'revoked'>): Promise<void>;
  invitation(hash: string): Promise<StoredInvitation | undefined>;
  /** By its id. */
  invitationOf(id: string): Promise<StoredInvitation | undefined>;
  /** Newest first. */
  invitations(
    createdAfter: number,
    page: PageRequest<number>,
  ): Promise<KeyedPage<StoredInvitation, number>>;
  /** Gives an unused invitation another code and expiry; undefined if it was used or revoked. */
  renewInvitation(id: string, hash: string, expires: number): Promise<StoredInvitation | undefined>;
  /** Whether there was one to revoke. */
  revokeInvitation(id: string): Promise<boolean>;
  /** Revokes all unused invitations that a member made. */
  revokeInvitationsBy(member: MemberId): Promise<void>;
  /**
   * Uses up an invitation and makes the member, or lets the device act for the member it brings back, in
   * one step: of two at once, one gets `used`.
   */
  redeem(redemption: Redemption): Promise<Member | InvitationRefusal>;
}

/** Where an invitation stands among others, by when it was made. */
export const placeOfInvitation = ({ created, id }: StoredInvitation): PageKey<number> => ({
  by: created,
  id,
});

export const invitationOps = {
  addInvitation: 'write',
  invitation: 'read',
  invitationOf: 'read',
  invitations: 'read',
  renewInvitation: 'write',
  revokeInvitation: 'write',
  revokeInvitationsBy: 'write',
  redeem: 'write',
} as const satisfies OpsOf<InvitationStorage>;
