/** Members, devices, invitations and read positions in SQLite; runs in the worker. */
import type { DatabaseSync } from 'node:sqlite';
import { Role, parseRole } from '../../shared/grant/roles.ts';
import type { ConversationId, DeviceKey, MemberId, SpaceId } from '../../shared/ids.ts';
import type { Side } from '../../shared/protocol/channel.ts';
import type { PeopleStorage, Redemption, StoredInvitation } from '../people/people-storage.ts';
import type { Member } from '../rooms/people.ts';
import type { ReadMark, ReadStorage } from '../rooms/read-storage.ts';
import { type Sync, inTransaction, rowsOf } from './sqlite-tools.ts';

export class SqlitePeople implements Sync<PeopleStorage>, Sync<ReadStorage> {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = prepare(db);
  }

  membersByDevice(devices: readonly DeviceKey[]): ReadonlyMap<DeviceKey, Member> {
    const members = new Map<DeviceKey, Member>();
    for (const device of devices) {
      const found = this.#sql.memberOfDevice.get(device);
      if (found) members.set(device, readMember(found));
    }
    return members;
  }

  joinDevice(device: DeviceKey, member: MemberId): void {
    inTransaction(this.#db, () => {
      this.#sql.addMember.run(member, Role.visitor, '', '[]');
      this.#sql.setDevice.run(device, member);
      return true;
    });
  }

  addInvitation(hash: string, { role, spaces, expires }: Omit<StoredInvitation, 'used'>): void {
    this.#sql.addInvitation.run(hash, role, JSON.stringify(spaces), expires);
  }

  invitation(hash: string): StoredInvitation | undefined {
    const found = this.#sql.invitation.get(hash);
    return found && readInvitation(found);
  }

  redeem({ hash, device, member, name, now }: Redemption): Member | 'unknown' | 'used' | 'expired' {
    let result: Member | 'unknown' | 'used' | 'expired' = 'unknown';
    inTransaction(this.#db, () => {
      const invitation = this.invitation(hash);
      if (!invitation) return false;
      if (invitation.used || invitation.expires <= now) {
        result = invitation.used ? 'used' : 'expired';
        return false;
      }
      this.#sql.useInvitation.run(member, hash);
      this.#sql.putMember.run(member, invitation.role, name, JSON.stringify(invitation.spaces));
      this.#sql.setDevice.run(device, member);
      result = { id: member, role: invitation.role, name, spaces: invitation.spaces };
      return true;
    });
    return result;
  }

  markRead(marks: readonly ReadMark[]): void {
    inTransaction(this.#db, () => {
      for (const { conversation, member, side, seq } of marks) {
        this.#sql.markRead.run(conversation, member, side, seq);
      }
      return true;
    });
  }

  readPositions(conversation: ConversationId): Record<Side, number> {
    const positions = { asker: -1, desk: -1 };
    const found = rowsOf<{ side: Side; seq: number }>(this.#sql.readPositions.all(conversation));
    for (const { side, seq } of found) positions[side] = seq;
    return positions;
  }
}

type Found = Record<string, unknown>;

const readSpaces = (found: Found): SpaceId[] => JSON.parse(String(found['spaces'])) as SpaceId[];

const readMember = (found: Found): Member => ({
  id: found['id'] as MemberId,
  role: parseRole(Number(found['role'])),
  name: String(found['name']),
  spaces: readSpaces(found),
});

const readInvitation = (found: Found): StoredInvitation => ({
  role: parseRole(Number(found['role'])),
  spaces: readSpaces(found),
  expires: Number(found['expires']),
  used: found['used_by'] !== null,
});

function prepare(db: DatabaseSync) {
  return {
    memberOfDevice: db.prepare(
      `SELECT member.id, role, name, spaces FROM device JOIN member ON member.id = device.member
       WHERE device.key = ?`,
    ),
    addMember: db.prepare(
      'INSERT OR IGNORE INTO member (id, role, name, spaces) VALUES (?, ?, ?, ?)',
    ),
    putMember: db.prepare(
      `INSERT INTO member (id, role, name, spaces) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET role = excluded.role, name = excluded.name, spaces = excluded.spaces`,
    ),
    setDevice: db.prepare('INSERT OR REPLACE INTO device (key, member) VALUES (?, ?)'),
    addInvitation: db.prepare(
      `INSERT INTO invitation (id, hash, role, spaces, topics, note, created, expires)
       VALUES (?1, ?1, ?2, ?3, '[]', '', 0, ?4)`,
    ),
    invitation: db.prepare('SELECT role, spaces, expires, used_by FROM invitation WHERE hash = ?'),
    useInvitation: db.prepare('UPDATE invitation SET used_by = ? WHERE hash = ?'),
    markRead: db.prepare(
      `INSERT INTO read_mark (conversation, member, side, seq) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)`,
    ),
    readPositions: db.prepare(
      'SELECT side, max(seq) AS seq FROM read_mark WHERE conversation = ? GROUP BY side',
    ),
  };
}
