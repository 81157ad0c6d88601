/** Invitations in SQLite; runs in the worker. */
import type { DatabaseSync } from 'node:sqlite';
import { parseRole } from '../../../shared/grant/roles.ts';
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import type {
  InvitationRefusal,
  InvitationStorage,
  StoredInvitation,
} from '../members/people-storage.ts';
import type { Sync } from '../../storage/sqlite/sqlite-tools.ts';

export class SqliteInvitations implements Sync<InvitationStorage> {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#sql = prepare(db);
  }

  addInvitation(invitation: Omit<StoredInvitation, 'usedBy' | 'revoked'>): void {
    const { id, hash, role, spaces, topics, note, member, madeBy, created, expires } = invitation;
    const lists = [JSON.stringify(spaces), JSON.stringify(topics)] as const;
    this.#sql.add.run(id, hash, role, ...lists, note, member, madeBy, created, expires);
  }

  invitation(hash: string): StoredInvitation | undefined {
    const found = this.#sql.find.get(hash);
    return found && readInvitation(found);
  }

  invitations(createdAfter: number): readonly StoredInvitation[] {
    return this.#sql.list.all(createdAfter).map(readInvitation);
  }

  renewInvitation(id: string, hash: string, expires: number): StoredInvitation | undefined {
    if (this.#sql.renew.run(hash, expires, id).changes === 0) return undefined;
    return this.invitation(hash);
  }

  revokeInvitation(id: string): boolean {
    return this.#sql.revoke.run(id).changes > 0;
  }

  revokeInvitationsBy(member: MemberId): void {
    this.#sql.revokeBy.run(member);
  }

  /** Uses it up, inside the caller's transaction. */
  use(hash: string, by: MemberId, now: number): StoredInvitation | InvitationRefusal {
    const invitation = this.invitation(hash);
    if (!invitation || invitation.revoked) return 'unknown';
    if (invitation.usedBy !== null) return 'used';
    if (invitation.expires <= now) return 'expired';
    this.#sql.use.run(invitation.member ?? by, hash);
    return invitation;
  }
}

const readInvitation = (found: Record<string, unknown>): StoredInvitation => ({
  id: String(found['id']),
  hash: String(found['hash']),
  role: parseRole(Number(found['role'])),
  spaces: JSON.parse(String(found['spaces'])) as SpaceId[],
  topics: JSON.parse(String(found['topics'])) as string[],
  note: String(found['note']),
  member: found['member'] as MemberId | null,
  madeBy: found['made_by'] as MemberId | null,
  created: Number(found['created']),
  expires: Number(found['expires']),
  usedBy: found['used_by'] as MemberId | null,
  revoked: found['revoked'] === 1,
});

function prepare(db: DatabaseSync) {
  return {
    add: db.prepare(
      `INSERT INTO invitation
         (id, hash, role, spaces, topics, note, member, made_by, created, expires)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    find: db.prepare('SELECT * FROM invitation WHERE hash = ?'),
    list: db.prepare('SELECT * FROM invitation WHERE created > ? ORDER BY created DESC, id'),
    renew: db.prepare(
      `UPDATE invitation SET hash = ?, expires = ?
       WHERE id = ? AND used_by IS NULL AND revoked = 0`,
    ),
    revoke: db.prepare(
      'UPDATE invitation SET revoked = 1 WHERE id = ? AND used_by IS NULL AND revoked = 0',
    ),
    revokeBy: db.prepare('UPDATE invitation SET revoked = 1 WHERE made_by = ? AND used_by IS NULL'),
    use: db.prepare('UPDATE invitation SET used_by = ? WHERE hash = ?'),
  };
}
