/** Rights in the office in SQL. */
import type { OfficeRight } from '../../../shared/api/route/office-right.ts';
import type { MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Merge } from '../../core/ports/people.ts';
import { type Operation, type SqlOf, all, first, run, tables } from '../../sql/query.ts';
import { type RightStorage, type StoredRight, spacesOfBoth } from './rights-storage.ts';

interface RightRow {
  readonly member: MemberId;
  readonly right: OfficeRight;
  readonly spaces: string;
}

const sql = tables<{ readonly office_right: RightRow }>();

function* put({ member, right, spaces }: StoredRight): Operation<void> {
  const held = { spaces: JSON.stringify(spaces) };
  yield* run(
    sql
      .insertInto('office_right')
      .values({ member, right, ...held })
      .onConflict((on) => on.columns(['member', 'right']).doUpdateSet(held)),
  );
}

/** @param knownAs who a merged member is now. */
export const rightSql = (
  knownAs: (member: MemberId) => Operation<MemberId>,
): SqlOf<RightStorage> => ({
  *rights() {
    const found = yield* all(
      sql.selectFrom('office_right').selectAll().orderBy('member').orderBy('right'),
    );
    return found.map(readRight);
  },

  *putRight(right) {
    yield* put({ ...right, member: yield* knownAs(right.member) });
  },

  *dropRight(member, right) {
    const dropped = yield* run(
      sql.deleteFrom('office_right').where('member', '=', member).where('right', '=', right),
    );
    return dropped > 0;
  },

  *dropRightsOf(member) {
    yield* run(sql.deleteFrom('office_right').where('member', '=', member));
  },
});

/** What a merged member held is the other one's now. */
export function* moveRights({ from, to }: Merge): Operation<void> {
  const held = sql.selectFrom('office_right').selectAll();
  for (const row of yield* all(held.where('member', '=', from))) {
    const moved = readRight(row);
    const theirs = yield* first(held.where('member', '=', to).where('right', '=', row.right));
    const spaces = theirs ? spacesOfBoth(moved.spaces, readRight(theirs).spaces) : moved.spaces;
    yield* put({ ...moved, member: to, spaces });
  }
  yield* run(sql.deleteFrom('office_right').where('member', '=', from));
}

const readRight = ({ spaces, ...found }: RightRow): StoredRight => ({
  ...found,
  spaces: JSON.parse(spaces) as SpaceId[],
});
