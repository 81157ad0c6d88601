/** Notices of what is unlawful in SQL. */
import { pageOfFound } from '../../../shared/api/route/page.ts';
import { type Operation, type SqlOf, all, first, raw, run, tables } from '../../sql/query.ts';
import {
  type NewNotice,
  type NoticeRoom,
  type NoticeStorage,
  type StoredNotice,
  placeOfNotice,
} from './notices-storage.ts';

interface NoticeRow extends NewNotice {
  readonly upheld: number | null;
  readonly decided_by: string | null;
  readonly decided_at: number | null;
  readonly reason: string;
}

const sql = tables<{ readonly notice: NoticeRow }>();
const waiting = sql.selectFrom('notice').where('decided_at', 'is', null);

/** How many of the network with the most gave way until there is room for it; null: there is none. */
function* makeRoom({ source, bytes }: NewNotice, room: NoticeRoom): Operation<number | null> {
  for (let gone = 0; ; gone++) {
    const [used] = yield* all(
      waiting.select([
        raw<number>`count(*)`.as('count'),
        raw<number>`coalesce(sum(bytes), 0)`.as('bytes'),
      ]),
    );
    if (!used || (used.count < room.most && used.bytes + bytes <= room.mostBytes)) return gone;
    const counted = waiting.select(['source', raw<number>`count(*)`.as('count')]).groupBy('source');
    const most = yield* first(counted.orderBy('count', 'desc').orderBy('source').limit(1));
    const own = yield* first(counted.where('source', '=', source));
    if (!most || most.source === source || most.count <= (own?.count ?? 0) + 1) return null;
    const newest = yield* first(
      waiting
        .select('reference')
        .where('source', '=', most.source)
        .orderBy('at', 'desc')
        .orderBy('reference', 'desc')
        .limit(1),
    );
    if (!newest) return null;
    yield* run(sql.deleteFrom('notice').where('reference', '=', newest.reference));
  }
}

export const noticeSql: SqlOf<NoticeStorage> = {
  *putNotice(notice, room) {
    const gone = yield* makeRoom(notice, room);
    if (gone === null) return null;
    const undecided = { upheld: null, decided_by: null, decided_at: null, reason: '' };
    yield* run(sql.insertInto('notice').values({ ...notice, ...undecided }));
    return gone;
  },

  *notices(waits, { after, most }) {
    const found = yield* all(
      sql
        .selectFrom('notice')
        .selectAll()
        .where('decided_at', waits ? 'is' : 'is not', null)
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('at', 'reference'), '>', tuple(after!.by, after!.id)),
          ),
        )
        .orderBy('at')
        .orderBy('reference')
        .limit(most + 1),
    );
    return pageOfFound(found.map(storedOf), most, placeOfNotice);
  },

  *notice(reference) {
    const found = yield* first(
      sql.selectFrom('notice').selectAll().where('reference', '=', reference),
    );
    return found && storedOf(found);
  },

  *decideNotice(reference, { upheld, by, at, reason }) {
    const decided = yield* run(
      sql
        .updateTable('notice')
        .set({ upheld: upheld ? 1 : 0, decided_by: by, decided_at: at, reason })
        .where('reference', '=', reference)
        .where('decided_at', 'is', null),
    );
    return decided > 0;
  },

  *forgetNotices(before) {
    yield* run(sql.deleteFrom('notice').where('decided_at', '<', before));
  },
};

const storedOf = ({
  source: _source,
  bytes: _bytes,
  upheld,
  decided_by: by,
  decided_at: at,
  reason,
  ...notice
}: NoticeRow): StoredNotice => ({
  ...notice,
  decision: at === null ? null : { upheld: upheld === 1, by: by ?? '', at, reason },
});
