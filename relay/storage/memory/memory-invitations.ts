/** Invitations in memory. */
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import { Role, answersAtDesk } from '../../../shared/grant/roles.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Member } from '../../core/ports/people.ts';
import type { Sync } from '../../core/ports/port.ts';
import {
  type InvitationRefusal,
  type InvitationStorage,
  type Redemption,
  type StoredInvitation,
  placeOfInvitation,
} from '../../features/invitations/invitations-storage.ts';
import type { MemoryMembers } from './memory-members.ts';
import { pageOf } from './tables/page-of.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryInvitations implements Sync<InvitationStorage> {
  readonly #members: MemoryMembers;
  readonly #invitations: Table<string, StoredInvitation>;

  constructor(tables: Tables, members: MemoryMembers) {
    this.#members = members;
    this.#invitations = tables.make();
  }

  addInvitation(invitation: Omit<StoredInvitation, 'usedBy' | 'revoked'>): void {
    if (this.#invitations.get(invitation.id) || this.invitation(invitation.hash))
      throw new Error('there is such an invitation');
    this.#invitations.set(invitation.id, { ...invitation, usedBy: null, revoked: false });
  }

  invitationOf(id: string): StoredInvitation | undefined {
    return this.#invitations.get(id);
  }

  invitation(hash: string): StoredInvitation | undefined {
    return this.#invitations.values().find((invitation) => invitation.hash === hash);
  }

  invitations(
    createdAfter: number,
    page: PageRequest<number>,
  ): KeyedPage<StoredInvitation, number> {
    const listed = this.#invitations.values().filter(({ created }) => created > createdAfter);
    return pageOf(listed, page, placeOfInvitation, 'descending');
  }

  renewInvitation(id: string, hash: string, expires: number): StoredInvitation | undefined {
    const invitation = this.#invitations.get(id);
    if (!invitation || invitation.usedBy !== null || invitation.revoked) return undefined;
    const renewed = { ...invitation, hash, expires };
    this.#invitations.set(id, renewed);
    return renewed;
  }

  revokeInvitation(id: string): boolean {
    const invitation = this.#invitations.get(id);
    if (!invitation || invitation.usedBy !== null || invitation.revoked) return false;
    this.#invitations.set(id, { ...invitation, revoked: true });
    return true;
  }

  revokeInvitationsBy(member: MemberId): void {
    for (const { id, madeBy } of this.#invitations.values())
      if (madeBy === member) this.revokeInvitation(id);
  }

  redeem({
    hash,
    device,
    label,
    member: self,
    brings,
    name,
    now,
  }: Redemption): Member | InvitationRefusal {
    const members = this.#members;
    const invitation = this.invitation(hash);
    if (!invitation || invitation.revoked) return 'unknown';
    if (invitation.usedBy !== null) return 'used';
    if (invitation.expires <= now) return 'expired';
    const { member, role, spaces, topics } = invitation;
    const id = member ?? self;
    if (member === null) members.join({ id, role, name, spaces, topics, since: now });
    else {
      if (!answersAtDesk(members.member(id)?.role ?? Role.visitor)) return 'unknown';
      members.describe(id, { name });
      if (brings && id !== self) members.giveAll({ from: self, to: id });
    }
    members.setDevice(device, id, label, now);
    this.#invitations.set(invitation.id, { ...invitation, usedBy: id });
    const joined = members.member(id);
    if (!joined) throw new Error('a member who joined is not there');
    return { id, role: joined.role, name: joined.name, spaces: joined.spaces };
  }
}
