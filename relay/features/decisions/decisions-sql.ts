/** Decisions and appeals in SQL. */
import { pageOfFound } from '../../../shared/api/route/page.ts';
import type { DecisionId, MemberId } from '../../../shared/ids.ts';
import type { Decider } from '../../core/ports/decisions.ts';
import type { Merge } from '../../core/ports/people.ts';
import { type Operation, type SqlOf, all, compiled, first, run, tables } from '../../sql/query.ts';
import {
  type DecisionStorage,
  MOST_OF_MEMBER,
  type StoredDecision,
  placeOfAppeal,
} from './decisions-storage.ts';

interface DecisionRow extends Omit<StoredDecision, 'seen' | 'appeal'> {
  readonly seen: number;
  readonly appeal: string | null;
  readonly appeal_at: number | null;
  readonly appeal_by: Decider | null;
}

const sql = tables<{ readonly decision: DecisionRow }>();

/** Every device that connects asks: for a member, not seen, so many. */
const unseen = compiled(
  sql
    .selectFrom('decision')
    .selectAll()
    .where('member', '=', '' as MemberId)
    .where('seen', '=', 0)
    .orderBy('at')
    .orderBy('reference')
    .limit(1),
);

/** @param knownAs who a merged member is now. */
export const decisionSql = (
  knownAs: (member: MemberId) => Operation<MemberId>,
): SqlOf<DecisionStorage> => ({
  *addDecision(decision) {
    const member = yield* knownAs(decision.member);
    const waiting = { seen: 0, appeal: null, appeal_at: null, appeal_by: null };
    yield* run(
      sql
        .insertInto('decision')
        .values({ ...decision, member, ...waiting })
        .onConflict((on) => on.doNothing()),
    );
    yield* run(
      sql.deleteFrom('decision').where('reference', 'in', (query) =>
        query
          .selectFrom('decision')
          .select('reference')
          .where('member', '=', member)
          .where(({ eb, or }) => or([eb('appeal', 'is', null), eb('appeal_by', 'is not', null)]))
          .orderBy('at', 'desc')
          .orderBy('reference', 'desc')
          .limit(1_000)
          .offset(MOST_OF_MEMBER),
      ),
    );
  },

  *unseenDecisions(member, most) {
    return (yield* unseen(member, 0, most)).map(storedOf);
  },

  *decisionsSeen(member, references) {
    yield* run(
      sql
        .updateTable('decision')
        .set({ seen: 1 })
        .where('member', '=', member)
        .where('reference', 'in', [...references]),
    );
  },

  *decision(reference) {
    const found = yield* first(
      sql.selectFrom('decision').selectAll().where('reference', '=', reference),
    );
    return found && storedOf(found);
  },

  *decisionsAbout(id) {
    const found = yield* all(
      sql
        .selectFrom('decision')
        .selectAll()
        .where('id', '=', id)
        .orderBy('at')
        .orderBy('reference'),
    );
    return found.map(storedOf);
  },

  *appealDecision({ reference, member, text, at }) {
    const taken = yield* run(
      sql
        .updateTable('decision')
        .set({ appeal: text, appeal_at: at })
        .where('reference', '=', reference)
        .where('member', '=', member)
        .where('appeal', 'is', null),
    );
    return taken > 0;
  },

  *openAppeals(spaces, { after, most }) {
    const found = yield* all(
      sql
        .selectFrom('decision')
        .selectAll()
        .where('appeal', 'is not', null)
        .where('appeal_by', 'is', null)
        .$if(spaces.length > 0, (query) => query.where('space', 'in', [...spaces]))
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(
              refTuple('appeal_at', 'reference'),
              '>',
              tuple(after!.by as number | null, after!.id as DecisionId),
            ),
          ),
        )
        .orderBy('appeal_at')
        .orderBy('reference')
        .limit(most + 1),
    );
    return pageOfFound(found.map(storedOf), most, placeOfAppeal);
  },

  *closeAppeal(reference, by) {
    yield* run(
      sql.updateTable('decision').set({ appeal_by: by }).where('reference', '=', reference),
    );
  },

  *forgetDecisions(before) {
    yield* run(
      sql
        .deleteFrom('decision')
        .where('at', '<', before)
        .where(({ eb, or }) => or([eb('appeal', 'is', null), eb('appeal_by', 'is not', null)])),
    );
  },
});

/** What was decided about a merged member passes to the other one. */
export function* moveDecisions({ from, to }: Merge): Operation<void> {
  yield* run(sql.updateTable('decision').set({ member: to }).where('member', '=', from));
}

const storedOf = ({
  seen,
  appeal,
  appeal_at: at,
  appeal_by: by,
  ...decision
}: DecisionRow): StoredDecision => ({
  ...decision,
  seen: seen === 1,
  appeal: appeal === null ? null : { text: appeal, at: at ?? 0, by },
});
