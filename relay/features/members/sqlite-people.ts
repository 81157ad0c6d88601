/** Members, devices, merges and read positions in SQLite; runs in the worker. */
import type { DatabaseSync } from 'node:sqlite';
import { Role, answersAtDesk, parseRole } from '../../../shared/grant/roles.ts';
import type { ConversationId, DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import type {
  InvitationRefusal,
  MemberStorage,
  MergeRequest,
  Redemption,
  StoredMember,
} from './people-storage.ts';
import type { Member, MemberDevice, Merge } from '../../core/ports/people.ts';
import type { ReadMark, ReadStorage } from '../reading/read-storage.ts';
import type { SqliteInvitations } from '../invitations/sqlite-invitations.ts';
import { type Sync, inTransaction, rowsOf } from '../../storage/sqlite/sqlite-tools.ts';

type Change = Parameters<MemberStorage['setMember']>[1];

export class SqlitePeople implements Sync<MemberStorage>, Sync<ReadStorage> {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #invitations: SqliteInvitations;

  constructor(db: DatabaseSync, invitations: SqliteInvitations) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#invitations = invitations;
  }

  membersByDevice(devices: readonly DeviceKey[]): ReadonlyMap<DeviceKey, Member | 'removed'> {
    const members = new Map<DeviceKey, Member | 'removed'>();
    for (const device of devices) {
      const found = this.#sql.memberOfDevice.get(device);
      if (found) members.set(device, found['removed'] === null ? readMember(found) : 'removed');
    }
    return members;
  }

  member(id: MemberId): StoredMember | undefined {
    const found = this.#sql.member.get(id);
    return found && readStoredMember(found);
  }

  members(all: boolean): readonly StoredMember[] {
    return this.#sql.members.all(all ? Role.visitor : Role.helper).map(readStoredMember);
  }

  devicesOf(member: MemberId): readonly MemberDevice[] {
    return rowsOf<MemberDevice>(this.#sql.devicesOf.all(member)).map((device) => ({ ...device }));
  }

  removeDevice(member: MemberId, device: DeviceKey, now: number): boolean {
    return this.#sql.removeDevice.run(now, device, member).changes > 0;
  }

  setMember(id: MemberId, { role, spaces, topics, now }: Change): void {
    const lists = [JSON.stringify(spaces), JSON.stringify(topics)] as const;
    this.#sql.changeMember.run(role, ...lists, now, id);
  }

  merge({ from, to, devices, customer, now }: MergeRequest): void {
    inTransaction(this.#db, () => {
      this.#sql.addMember.run(to, Role.visitor, '', '[]');
      if (customer) this.#sql.nameCustomer.run(to);
      this.#giveAll({ from, to });
      for (const { device, label } of devices) this.#sql.setDevice.run(device, to, label, now);
      return true;
    });
  }

  #giveAll({ from, to }: Merge): void {
    this.#sql.moveDevices.run(to, from);
    this.#sql.moveBlocks.run(to, from);
    this.#sql.moveSightings.run(to, from);
    this.#sql.addMerge.run(from, to);
  }

  pendingMerges(): readonly Merge[] {
    return rowsOf<Merge>(this.#sql.pendingMerges.all()).map((merge) => ({ ...merge }));
  }

  mergeDone(from: MemberId): void {
    this.#sql.mergeDone.run(from);
  }

  redeem(attempt: Redemption): Member | InvitationRefusal {
    let result: Member | InvitationRefusal = 'unknown';
    inTransaction(this.#db, () => {
      const invitation = this.#invitations.use(attempt.hash, attempt.member, attempt.now);
      if (typeof invitation === 'string') {
        result = invitation;
        return false;
      }
      const { role, spaces, topics } = invitation;
      const { device, label, name, now } = attempt;
      const id = invitation.member ?? attempt.member;
      // A place that was taken away is not come back to.
      if (invitation.member !== null && !answersAtDesk(this.member(id)?.role ?? Role.visitor)) {
        result = 'unknown';
        return false;
      }
      if (invitation.member === null) {
        const lists = [JSON.stringify(spaces), JSON.stringify(topics)] as const;
        this.#sql.putMember.run(id, role, name, ...lists, now);
      } else {
        this.#sql.renameMember.run(name, id);
        if (attempt.brings && id !== attempt.member)
          this.#giveAll({ from: attempt.member, to: id });
      }
      this.#sql.setDevice.run(device, id, label, now);
      result = readMember(this.#sql.member.get(id) ?? {});
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

const readMember = (found: Found): Member => ({
  id: found['id'] as MemberId,
  role: parseRole(Number(found['role'])),
  name: String(found['name']),
  spaces: JSON.parse(String(found['spaces'])) as SpaceId[],
});

const readStoredMember = (found: Found): StoredMember => ({
  ...readMember(found),
  since: Number(found['since']),
  topics: JSON.parse(String(found['topics'])) as string[],
  customer: found['customer'] === 1,
});

function prepare(db: DatabaseSync) {
  return {
    memberOfDevice: db.prepare(
      `SELECT member.id, role, name, spaces, removed FROM device
       JOIN member ON member.id = device.member WHERE device.key = ?`,
    ),
    member: db.prepare('SELECT * FROM member WHERE id = ?'),
    members: db.prepare('SELECT * FROM member WHERE role >= ? ORDER BY name, id'),
    devicesOf: db.prepare(
      `SELECT key AS device, label, since FROM device
       WHERE member = ? AND removed IS NULL ORDER BY since, key`,
    ),
    addMember: db.prepare(
      'INSERT OR IGNORE INTO member (id, role, name, spaces) VALUES (?, ?, ?, ?)',
    ),
    nameCustomer: db.prepare('UPDATE member SET customer = 1 WHERE id = ?'),
    putMember: db.prepare(
      `INSERT INTO member (id, role, name, spaces, topics, since) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET role = excluded.role, name = excluded.name,
         spaces = excluded.spaces, topics = excluded.topics,
         since = CASE since WHEN 0 THEN excluded.since ELSE since END`,
    ),
    renameMember: db.prepare('UPDATE member SET name = ? WHERE id = ?'),
    changeMember: db.prepare(
      `UPDATE member SET role = ?, spaces = ?, topics = ?,
         since = CASE since WHEN 0 THEN ? ELSE since END WHERE id = ?`,
    ),
    setDevice: db.prepare(
      `INSERT INTO device (key, member, label, since) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET member = excluded.member,
         label = CASE excluded.label WHEN '' THEN label ELSE excluded.label END`,
    ),
    removeDevice: db.prepare(
      'UPDATE device SET removed = ? WHERE key = ? AND member = ? AND removed IS NULL',
    ),
    moveDevices: db.prepare('UPDATE device SET member = ? WHERE member = ?'),
    moveBlocks: db.prepare(
      `UPDATE block SET value = ?1, shown = ?1 WHERE subject = 'member' AND value = ?2`,
    ),
    moveSightings: db.prepare('UPDATE address SET member = ? WHERE member = ?'),
    addMerge: db.prepare(
      `INSERT INTO merge (from_member, to_member, done) VALUES (?, ?, 0)
       ON CONFLICT DO UPDATE SET to_member = excluded.to_member, done = 0`,
    ),
    pendingMerges: db.prepare(
      'SELECT from_member AS "from", to_member AS "to" FROM merge WHERE done = 0',
    ),
    mergeDone: db.prepare('UPDATE merge SET done = 1 WHERE from_member = ?'),
    markRead: db.prepare(
      `INSERT INTO read_mark (conversation, member, side, seq) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)`,
    ),
    readPositions: db.prepare(
      'SELECT side, max(seq) AS seq FROM read_mark WHERE conversation = ? GROUP BY side',
    ),
  };
}
