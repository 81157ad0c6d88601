/** Members, their devices and their merges in SQL. */
import { nameKey, pageOfFound } from '../../../shared/api/route/page.ts';
import { Role, parseRole } from '../../../shared/grant/roles.ts';
import type { DeviceKey, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Member, Merge } from '../../core/ports/people.ts';
import {
  type Operation,
  type SqlOf,
  all,
  compiled,
  first,
  raw,
  run,
  tables,
} from '../../sql/query.ts';
import { type MemberStorage, type StoredMember, placeOfMember } from './members-storage.ts';

interface MemberRow {
  readonly id: MemberId;
  readonly role: number;
  readonly name: string;
  /** The name as members are sorted by it. */
  readonly name_key: string;
  readonly spaces: string;
  readonly topics: string;
  readonly since: number;
  readonly customer: number;
}

interface MemberTables {
  readonly member: MemberRow;
  readonly device: {
    readonly key: DeviceKey;
    readonly member: MemberId;
    readonly label: string;
    readonly since: number;
    readonly removed: number | null;
  };
  readonly merge: {
    readonly from_member: MemberId;
    readonly to_member: MemberId;
    readonly done: number;
  };
}

/** Features whose own rows move when a member becomes another. */
export interface Movers {
  moved(merge: Merge): Operation<void>;
}

/** What other features' operations need from members, inside their own transaction. */
export interface MembersInSql {
  member(id: MemberId): Operation<StoredMember | undefined>;
  /** Makes a member, or gives an existing one this role. */
  join(member: Omit<StoredMember, 'customer'>): Operation<void>;
  describe(
    id: MemberId,
    fields: { readonly name: string; readonly topics?: readonly string[] },
  ): Operation<void>;
  /** Lets a device act for a member. */
  setDevice(device: DeviceKey, member: MemberId, label: string, now: number): Operation<void>;
  giveAll(merge: Merge): Operation<void>;
  /** Who a merged member is now: an old name still reaches them. */
  knownAs(id: MemberId): Operation<MemberId>;
}

const sql = tables<MemberTables>();

const nobody: Omit<MemberRow, 'id'> = {
  role: Role.visitor,
  name: '',
  name_key: '',
  spaces: '[]',
  topics: '[]',
  since: 0,
  customer: 0,
};

/** Every entry asks this, so it is compiled once. */
const memberOfDevice = compiled<
  Pick<MemberRow, 'id' | 'role' | 'name' | 'spaces'> & { readonly removed: number | null }
>(
  sql
    .selectFrom('device')
    .innerJoin('member', 'member.id', 'device.member')
    .select(['member.id', 'role', 'name', 'spaces', 'removed'])
    .where('device.key', '=', '' as DeviceKey),
);

const anyone = '' as MemberId;
const deviceOf = compiled(sql.selectFrom('device').select('key').where('member', '=', anyone));
const mergeOf = compiled(
  sql.selectFrom('merge').select('to_member').where('from_member', '=', anyone),
);

const named = (name: string) => ({ name, name_key: nameKey(name) });

/** As the index says it that holds only the desk's. */
const answersThere = raw<boolean>`role >= ${raw.lit(Role.helper)}`;

/** Keeps the first time. */
const sinceOr = (now: number) => raw<number>`CASE since WHEN 0 THEN ${now} ELSE since END`;

export function membersInSql({ moved }: Movers): MembersInSql {
  return {
    *member(id) {
      const found = yield* first(sql.selectFrom('member').selectAll().where('id', '=', id));
      return found && readStoredMember(found);
    },

    *join({ id, role, name, spaces, topics, since }) {
      const lists = { spaces: JSON.stringify(spaces), topics: JSON.stringify(topics) };
      const place = { role, ...named(name), ...lists };
      yield* run(
        sql
          .insertInto('member')
          .values({ ...nobody, id, ...place, since })
          .onConflict((on) => on.column('id').doUpdateSet({ ...place, since: sinceOr(since) })),
      );
    },

    *describe(id, { name, topics }) {
      const fields = topics ? { topics: JSON.stringify(topics) } : {};
      yield* run(
        sql
          .updateTable('member')
          .set({ ...named(name), ...fields })
          .where('id', '=', id),
      );
    },

    *setDevice(key, member, label, now) {
      yield* run(
        sql
          .insertInto('device')
          .values({ key, member, label, since: now, removed: null })
          .onConflict((on) =>
            on.column('key').doUpdateSet(label === '' ? { member } : { member, label }),
          ),
      );
    },

    *giveAll({ from, to }) {
      yield* run(sql.updateTable('device').set({ member: to }).where('member', '=', from));
      yield* moved({ from, to });
      const merge = { to_member: to, done: 0 };
      yield* run(
        sql
          .insertInto('merge')
          .values({ from_member: from, ...merge })
          .onConflict((on) => on.column('from_member').doUpdateSet(merge)),
      );
    },

    *knownAs(id) {
      let known = id;
      // Whoever has a device is who they are. A merge back and forth must not go on forever.
      for (let steps = 0; steps < 100; steps++) {
        if ((yield* deviceOf(known)).length > 0) return known;
        const [merge] = yield* mergeOf(known);
        if (!merge) return known;
        known = merge.to_member;
      }
      return known;
    },
  };
}

export const memberSql = (inSql: MembersInSql): SqlOf<MemberStorage> => ({
  *membersByDevice(devices) {
    const members = new Map<DeviceKey, Member | 'removed'>();
    for (const device of devices) {
      const [found] = yield* memberOfDevice(device);
      if (found) members.set(device, found.removed === null ? readMember(found) : 'removed');
    }
    return members;
  },

  member: inSql.member,

  *members(everyone, { after, most }) {
    const found = yield* all(
      sql
        .selectFrom('member')
        .selectAll()
        .$if(!everyone, (query) => query.where(answersThere))
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('name_key', 'id'), '>', tuple(after!.by, after!.id as MemberId)),
          ),
        )
        .orderBy('name_key')
        .orderBy('id')
        .limit(most + 1),
    );
    return pageOfFound(found.map(readStoredMember), most, placeOfMember);
  },

  *devicesOf(member) {
    return yield* all(
      sql
        .selectFrom('device')
        .select(['key as device', 'label', 'since'])
        .where('member', '=', member)
        .where('removed', 'is', null)
        .orderBy('since')
        .orderBy('key'),
    );
  },

  *removeDevice(member, device, now) {
    const removed = yield* run(
      sql
        .updateTable('device')
        .set({ removed: now })
        .where('key', '=', device)
        .where('member', '=', member)
        .where('removed', 'is', null),
    );
    return removed > 0;
  },

  *setMember(id, { role, spaces, topics, now }) {
    const lists = { spaces: JSON.stringify(spaces), topics: JSON.stringify(topics) };
    yield* run(
      sql
        .updateTable('member')
        .set({ role, ...lists, since: sinceOr(now) })
        .where('id', '=', id),
    );
  },

  *merge({ from, to, devices, customer, now }) {
    yield* run(
      sql
        .insertInto('member')
        .values({ ...nobody, id: to })
        .onConflict((on) => on.doNothing()),
    );
    if (customer) yield* run(sql.updateTable('member').set({ customer: 1 }).where('id', '=', to));
    yield* inSql.giveAll({ from, to });
    for (const { device, label } of devices) yield* inSql.setDevice(device, to, label, now);
  },

  *pendingMerges() {
    return yield* all(
      sql
        .selectFrom('merge')
        .select(['from_member as from', 'to_member as to'])
        .where('done', '=', 0),
    );
  },

  *mergeDone(from) {
    yield* run(sql.updateTable('merge').set({ done: 1 }).where('from_member', '=', from));
  },
});

const readMember = ({
  id,
  role,
  name,
  spaces,
}: Pick<MemberRow, 'id' | 'role' | 'name' | 'spaces'>): Member => ({
  id,
  role: parseRole(role),
  name,
  spaces: JSON.parse(spaces) as SpaceId[],
});

const readStoredMember = (found: MemberRow): StoredMember => ({
  ...readMember(found),
  since: found.since,
  topics: JSON.parse(found.topics) as string[],
  customer: found.customer === 1,
});
