/** Blocks, and where devices were seen, in SQL. */
import { pageOfFound } from '../../../shared/api/route/page.ts';
import type { DeviceKey, MemberId } from '../../../shared/ids.ts';
import type { Merge } from '../../core/ports/people.ts';
import { type Operation, type SqlOf, all, compiled, raw, run, tables } from '../../sql/query.ts';
import { type BlockStorage, type StoredBlock, placeOfBlock } from './blocks-storage.ts';

interface BlockTables {
  readonly block: StoredBlock;
  readonly address: {
    readonly device: DeviceKey;
    readonly member: MemberId;
    readonly hash: string;
    readonly shown: string;
    readonly seen: number;
  };
}

const sql = tables<BlockTables>();

/** Many at once. */
const saw = compiled(
  sql
    .insertInto('address')
    .values({ device: '' as DeviceKey, member: '' as MemberId, hash: '', shown: '', seen: 0 })
    .onConflict((on) =>
      on.doUpdateSet({
        member: ({ ref }) => ref('excluded.member'),
        seen: raw<number>`max(address.seen, excluded.seen)`,
      }),
    ),
);

/** @param knownAs who a merged member is now. */
export const blockSql = (
  knownAs: (member: MemberId) => Operation<MemberId>,
): SqlOf<BlockStorage> => ({
  *addBlock(block) {
    const { subject, value } = block;
    const known = subject === 'member' ? yield* knownAs(value as MemberId) : null;
    const named = known === null ? {} : { value: known, shown: known };
    yield* run(sql.insertInto('block').values({ ...block, ...named }));
  },

  *blocks() {
    return yield* all(sql.selectFrom('block').selectAll().orderBy('created', 'desc').orderBy('id'));
  },

  *blocksAt(now, { after, most }) {
    const found = yield* all(
      sql
        .selectFrom('block')
        .selectAll()
        .where(({ eb, or }) => or([eb('expires', 'is', null), eb('expires', '>', now)]))
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('created', 'id'), '<', tuple(after!.by, after!.id)),
          ),
        )
        .orderBy('created', 'desc')
        .orderBy('id', 'desc')
        .limit(most + 1),
    );
    return pageOfFound(found, most, placeOfBlock);
  },

  *removeBlock(id) {
    return (yield* run(sql.deleteFrom('block').where('id', '=', id))) > 0;
  },

  *sawAddresses(sightings) {
    for (const { device, member, hash, shown, seen } of sightings) {
      yield* saw(device, yield* knownAs(member), hash, shown, seen);
    }
  },

  *sightingsOf(member) {
    return yield* all(
      sql
        .selectFrom('address')
        .selectAll()
        .where('member', '=', yield* knownAs(member))
        .orderBy('seen', 'desc')
        .orderBy('shown'),
    );
  },

  *membersSeen(hashes, since, most) {
    const found = yield* all(
      sql
        .selectFrom('address')
        .select('member')
        .distinct()
        .where('seen', '>=', since)
        .where('hash', 'in', [...hashes])
        .orderBy('member')
        .limit(most),
    );
    return found.map(({ member }) => member);
  },

  *forgetSightings(before, now) {
    yield* run(sql.updateTable('address').set({ seen: now }).where('seen', '>', now));
    yield* run(sql.deleteFrom('address').where('seen', '<', before));
    yield* run(sql.deleteFrom('block').where('expires', '<', before));
  },
});

/** Blocks and sightings of a merged member pass to the other one. */
export function* moveBlocks({ from, to }: Merge): Operation<void> {
  yield* run(
    sql
      .updateTable('block')
      .set({ value: to, shown: to })
      .where('subject', '=', 'member')
      .where('value', '=', from),
  );
  yield* run(sql.updateTable('address').set({ member: to }).where('member', '=', from));
}
