/** Invitations as whoever makes, sends and uses them knows them: the port that `members` implements. */
import type { Role } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { IssuedGrant, Member, Merge } from '../../core/ports/people.ts';
import type { InvitationRefusal, StoredInvitation } from './invitations-storage.ts';

/** What a device sends to use an invitation up; it has signed it. */
export interface RedeemAttempt {
  readonly code: string;
  readonly name: string;
  readonly device: DeviceKey;
}

export interface Joined {
  readonly type: 'joined';
  readonly member: Member;
  readonly grant: IssuedGrant;
  /** Who the device was so far, when it came back to a member. */
  readonly merge: Merge | null;
  /** Whose device it was, when they stay somebody else. */
  readonly left: MemberId | null;
  /** Who the device was. */
  readonly before: Member;
}

export type Redeemed = Joined | { readonly type: InvitationRefusal | 'removed' | 'blocked' };

/** What a new invitation is for. */
export interface InvitationDraft {
  readonly role: Role;
  readonly spaces?: readonly SpaceId[];
  readonly topics?: readonly string[];
  readonly note?: string;
  /** Brings this member back instead of making a new one. */
  readonly member?: MemberId | null | undefined;
  /** The manager whose word it is; null for the command line's. */
  readonly madeBy?: MemberId | null;
  readonly days?: number;
}

/** An invitation whose code is told now and never again. */
export interface NewInvitation {
  readonly id: string;
  readonly code: string;
  readonly expires: number;
}

export interface Invitations {
  invite(draft: InvitationDraft): Promise<NewInvitation>;
  /** Another link for an invitation that nobody has used; the one before is void. */
  resend(id: string): Promise<NewInvitation | undefined>;
  /** Whether there was one to revoke. */
  revokeInvitation(id: string): Promise<boolean>;
  /** Newest first, those of the last 90 days. */
  invitations(): Promise<readonly StoredInvitation[]>;
  /** By its code; undefined for none, and for one that was revoked. */
  invitation(code: string): Promise<StoredInvitation | undefined>;
  /** Uses an invitation up. The device keeps its history, whoever it becomes. */
  redeem(attempt: RedeemAttempt): Promise<Redeemed>;
}

/** What is handed out. The code is in the fragment: no server sees it, no log keeps it. */
export const invitationLink = (url: string, { code }: NewInvitation): string =>
  `${url}/desk/#invite=${code}`;
