/** Entries that are in no room and may come into one, in SQL. */
import { pageOfFound } from '../../../../shared/api/route/page.ts';
import type { ConversationId, EntryId, MemberId } from '../../../../shared/ids.ts';
import {
  type HeldEntry,
  type HeldMark,
  type HeldStorage,
  type NewHeld,
  placeOfHeld,
} from '../../../core/held/held-storage.ts';
import type { Merge } from '../../../core/ports/people.ts';
import { type Operation, type SqlOf, all, first, raw, run, tables } from '../../../sql/query.ts';

interface HeldRow extends NewHeld {
  readonly locked_by: string;
  readonly locked_until: number;
  readonly version: number;
  readonly until: number;
}

const sql = tables<{ readonly held: HeldRow }>();
const MARK = [
  'id',
  'conversation',
  'space',
  'member',
  'device',
  'kind',
  'size',
  'rule',
  'since',
] as const;
/** As the index says it. */
const waits = raw<boolean>`state = 'held'`;
const raised = raw<number>`version + 1`;

/** @param knownAs who a merged member is now. */
export const heldSql = (
  knownAs: (member: MemberId) => Operation<MemberId>,
): SqlOf<HeldStorage> => ({
  *putHeld(entry) {
    const member = yield* knownAs(entry.member);
    const open = { locked_by: '', locked_until: 0, version: 0, until: 0 };
    yield* run(
      sql
        .insertInto('held')
        .values({ ...entry, member, ...open })
        .onConflict((on) => on.doNothing()),
    );
  },

  *dropHeld(id) {
    yield* run(sql.deleteFrom('held').where('id', '=', id));
  },

  *refuseHeld(id, until) {
    yield* run(
      sql
        .updateTable('held')
        .set({ state: 'refused', until, locked_by: '', locked_until: 0, version: raised })
        .where('id', '=', id),
    );
  },

  *lockHeld(id, by, until) {
    yield* run(
      sql
        .updateTable('held')
        .set({ locked_by: by ?? '', locked_until: until, version: raised })
        .where('id', '=', id),
    );
  },

  *heldEntry(id) {
    const found = yield* first(sql.selectFrom('held').selectAll().where('id', '=', id));
    return found && entryOf(found);
  },

  *heldMarks(after, most) {
    return yield* all<HeldMark>(
      sql
        .selectFrom('held')
        .select(MARK)
        .where(waits)
        .where('id', '>', after as EntryId)
        .orderBy('id')
        .limit(most),
    );
  },

  *heldIn(spaces, { after, most }) {
    const found = yield* all(
      sql
        .selectFrom('held')
        .selectAll()
        .where(waits)
        .$if(spaces.length > 0, (query) => query.where('space', 'in', [...spaces]))
        .$if(after !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('since', 'id'), '>', tuple(after!.by, after!.id as EntryId)),
          ),
        )
        .orderBy('since')
        .orderBy('id')
        .limit(most + 1),
    );
    return pageOfFound(found.map(entryOf), most, placeOfHeld);
  },

  *heldWith(conversation: ConversationId) {
    const found = yield* all(
      sql
        .selectFrom('held')
        .selectAll()
        .where(waits)
        .where('conversation', '=', conversation)
        .orderBy('since')
        .orderBy('id'),
    );
    return found.map(entryOf);
  },

  *heldUntil(now, most) {
    return yield* all<HeldMark>(
      sql
        .selectFrom('held')
        .select(MARK)
        .where('until', '>', 0)
        .where('until', '<=', now)
        .orderBy('until')
        .limit(most),
    );
  },
});

/** What a merged member wrote passes to the other one. */
export function* moveHeld({ from, to }: Merge): Operation<void> {
  yield* run(sql.updateTable('held').set({ member: to }).where('member', '=', from));
}

const entryOf = ({ locked_by: by, locked_until: lockedUntil, ...entry }: HeldRow): HeldEntry => ({
  ...entry,
  lockedBy: by === '' ? null : (by as HeldEntry['lockedBy']),
  lockedUntil,
});
