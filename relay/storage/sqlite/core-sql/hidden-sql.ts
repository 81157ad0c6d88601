/** Rows that are hidden, in SQL. */
import type { HiddenEntry, HiddenStorage } from '../../../core/hidden/hidden-storage.ts';
import { type SqlOf, first, run, tables } from '../../../sql/query.ts';

const sql = tables<{ readonly hidden_entry: HiddenEntry }>();

export const hiddenSql: SqlOf<HiddenStorage> = {
  *putHidden(entry) {
    yield* run(sql.replaceInto('hidden_entry').values(entry));
  },

  *dropHidden(id) {
    yield* run(sql.deleteFrom('hidden_entry').where('id', '=', id));
  },

  *hiddenEntry(id) {
    const found = yield* first(sql.selectFrom('hidden_entry').selectAll().where('id', '=', id));
    return found && { ...found };
  },
};
