/** Invitations in SQL. */
import { pageOfFound } from '../../../shared/api/route/page.ts';
import { Role, answersAtDesk, parseRole } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Member, Merge } from '../../core/ports/people.ts';
import { type Operation, type SqlOf, all, first, run, tables } from '../../sql/query.ts';
import {
  type InvitationRefusal,
  type InvitationStorage,
  type Redemption,
  type StoredInvitation,
  placeOfInvitation,
} from './invitations-storage.ts';

/** What taking up a place needs of members, inside the same transaction. */
export interface PlacesInSql {
  member(id: MemberId): Operation<Member | undefined>;
  /** Makes a member, or gives an existing one this role. */
  join(
    member: Member & { readonly topics: readonly string[]; readonly since: number },
  ): Operation<void>;
  describe(id: MemberId, fields: { readonly name: string }): Operation<void>;
  /** Lets a device act for a member. */
  setDevice(device: DeviceKey, member: MemberId, label: string, now: number): Operation<void>;
  giveAll(merge: Merge): Operation<void>;
}

interface InvitationTables {
  readonly invitation: {
    readonly id: string;
    readonly hash: string;
    readonly role: number;
    readonly spaces: string;
    readonly topics: string;
    readonly note: string;
    readonly member: MemberId | null;
    readonly made_by: MemberId | null;
    readonly created: number;
    readonly expires: number;
    readonly used_by: MemberId | null;
    readonly revoked: number;
  };
}

const sql = tables<InvitationTables>();

function* find(hash: string): Operation<StoredInvitation | undefined> {
  const found = yield* first(sql.selectFrom('invitation').selectAll().where('hash', '=', hash));
  return found && readInvitation(found);
}

export const invitationSql = (members: PlacesInSql): SqlOf<InvitationStorage> => ({
  *addInvitation({ spaces, topics, madeBy, ...invitation }) {
    yield* run(
      sql.insertInto('invitation').values({
        ...invitation,
        spaces: JSON.stringify(spaces),
        topics: JSON.stringify(topics),
        made_by: madeBy,
        used_by: null,
        revoked: 0,
      }),
    );
  },

  invitation: find,

  *invitationOf(id) {
    const found = yield* first(sql.selectFrom('invitation').selectAll().where('id', '=', id));
    return found && readInvitation(found);
  },

  *invitations(createdAfter, { after, most }) {
    const found = yield* all(
      sql
        .selectFrom('invitation')
        .selectAll()
        .where('created', '>', createdAfter)
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('created', 'id'), '<', tuple(after!.by, after!.id)),
          ),
        )
        .orderBy('created', 'desc')
        .orderBy('id', 'desc')
        .limit(most + 1),
    );
    return pageOfFound(found.map(readInvitation), most, placeOfInvitation);
  },

  *renewInvitation(id, hash, expires) {
    const renewed = yield* run(
      sql
        .updateTable('invitation')
        .set({ hash, expires })
        .where('id', '=', id)
        .where('used_by', 'is', null)
        .where('revoked', '=', 0),
    );
    return renewed > 0 ? yield* find(hash) : undefined;
  },

  *revokeInvitation(id) {
    const revoked = yield* run(
      sql
        .updateTable('invitation')
        .set({ revoked: 1 })
        .where('id', '=', id)
        .where('used_by', 'is', null)
        .where('revoked', '=', 0),
    );
    return revoked > 0;
  },

  *revokeInvitationsBy(member) {
    yield* run(
      sql
        .updateTable('invitation')
        .set({ revoked: 1 })
        .where('made_by', '=', member)
        .where('used_by', 'is', null),
    );
  },

  *redeem(attempt) {
    const invitation = yield* find(attempt.hash);
    const refusal = refusalOf(invitation, attempt.now);
    if (!invitation || refusal) return refusal ?? 'unknown';
    return yield* takeUp(members, invitation, attempt);
  },
});

function refusalOf(
  invitation: StoredInvitation | undefined,
  now: number,
): InvitationRefusal | undefined {
  if (!invitation || invitation.revoked) return 'unknown';
  if (invitation.usedBy !== null) return 'used';
  return invitation.expires <= now ? 'expired' : undefined;
}

function* takeUp(
  members: PlacesInSql,
  { hash, member, role, spaces, topics }: StoredInvitation,
  { device, label, name, now, brings, member: self }: Redemption,
): Operation<Member | InvitationRefusal> {
  const id = member ?? self;
  if (member === null) {
    yield* members.join({ id, role, name, spaces, topics, since: now });
  } else {
    const comesBackAs = (yield* members.member(id))?.role ?? Role.visitor;
    // Nobody comes back to a role that was taken away.
    if (!answersAtDesk(comesBackAs)) return 'unknown';
    yield* members.describe(id, { name });
    if (brings && id !== self) yield* members.giveAll({ from: self, to: id });
  }
  yield* members.setDevice(device, id, label, now);
  yield* run(sql.updateTable('invitation').set({ used_by: id }).where('hash', '=', hash));
  const joined = yield* members.member(id);
  if (!joined) throw new Error('a member who joined is not there');
  return { id, role: joined.role, name: joined.name, spaces: joined.spaces };
}

const readInvitation = ({
  made_by: madeBy,
  used_by: usedBy,
  ...found
}: InvitationTables['invitation']): StoredInvitation => ({
  ...found,
  role: parseRole(found.role),
  spaces: JSON.parse(found.spaces) as SpaceId[],
  topics: JSON.parse(found.topics) as string[],
  madeBy,
  usedBy,
  revoked: found.revoked === 1,
});
