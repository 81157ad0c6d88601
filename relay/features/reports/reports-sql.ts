/** Reported and hidden messages in SQL. */
import { pageOfFound } from '../../../shared/api/route/page.ts';
import type { EntryId, MemberId, SpaceId } from '../../../shared/ids.ts';
import type { Merge } from '../../core/ports/people.ts';
import { type Operation, type SqlOf, all, first, raw, run, tables } from '../../sql/query.ts';
import { type ReportCase, type ReportStorage, placeOfCase } from './reports-storage.ts';

interface CaseRow extends Omit<ReportCase, 'waits'> {
  readonly waits: number;
}

const sql = tables<{
  readonly report_case: CaseRow;
  readonly hide_count: { readonly by: string; readonly space: SpaceId; readonly at: number };
  readonly first_wrote: { readonly member: MemberId; readonly at: number };
}>();
/** As the index says it. */
const waiting = raw<boolean>`waits = 1`;
const raised = raw<number>`version + 1`;

export const reportSql: SqlOf<ReportStorage> = {
  *putCase(one) {
    yield* run(sql.replaceInto('report_case').values({ ...one, waits: Number(one.waits) }));
  },

  *endCase(target) {
    const gone = { state: 'gone', waits: 0, version: raised } as const;
    yield* run(
      sql.updateTable('report_case').set(gone).where('target', '=', target).where(waiting),
    );
  },

  *reportCase(target) {
    const found = yield* first(
      sql.selectFrom('report_case').selectAll().where('target', '=', target),
    );
    return found && caseOf(found);
  },

  *waitingCases(spaces, { after, most }) {
    const found = yield* all(
      sql
        .selectFrom('report_case')
        .selectAll()
        .where(waiting)
        .$if(spaces.length > 0, (query) => query.where('space', 'in', [...spaces]))
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('since', 'target'), '>', tuple(after!.by, after!.id as EntryId)),
          ),
        )
        .orderBy('since')
        .orderBy('target')
        .limit(most + 1),
    );
    return pageOfFound(found.map(caseOf), most, placeOfCase);
  },

  *casesHiddenBy(by, most) {
    const query = sql.selectFrom('report_case').selectAll().where('state', '=', 'hidden');
    const theirs = query.where('by', '=', by).orderBy('decided', 'desc').orderBy('target');
    return (yield* all(theirs.limit(most))).map(caseOf);
  },

  *hidesSince(by, space, since) {
    const query = sql
      .selectFrom('hide_count')
      .select(({ fn }) => fn.countAll<number>().as('count'));
    const found = yield* first(
      query.where('by', '=', by).where('space', '=', space).where('at', '>', since),
    );
    return found?.count ?? 0;
  },

  *countHide(by, space, at) {
    yield* run(sql.insertInto('hide_count').values({ by, space, at }));
  },

  *forgetHides(before) {
    yield* run(sql.deleteFrom('hide_count').where('at', '<', before));
  },

  *wroteFirst(member, at) {
    yield* run(
      sql
        .insertInto('first_wrote')
        .values({ member, at })
        .onConflict((on) => on.doNothing()),
    );
  },

  *firstWrote(members) {
    if (members.length === 0) return new Map();
    const query = sql.selectFrom('first_wrote').selectAll();
    const found = yield* all(query.where('member', 'in', [...members]));
    return new Map(found.map(({ member, at }) => [member, at]));
  },
};

/** What a merged member wrote and decided is the other's. */
export function* moveReports({ from, to }: Merge): Operation<void> {
  yield* run(sql.updateTable('report_case').set({ author: to }).where('author', '=', from));
  const found = yield* first(sql.selectFrom('first_wrote').select('at').where('member', '=', from));
  if (!found) return;
  const at = raw<number>`min(first_wrote.at, excluded.at)`;
  yield* run(
    sql
      .insertInto('first_wrote')
      .values({ member: to, at: found.at })
      .onConflict((on) => on.column('member').doUpdateSet({ at })),
  );
}

const caseOf = (row: CaseRow): ReportCase => ({ ...row, waits: row.waits === 1 });
