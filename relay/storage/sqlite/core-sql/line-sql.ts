/** Lines of lists in SQL. */
import { type SqlOf, compiled, tables } from '../../../sql/query.ts';
import type { LineStorage } from '../../../core/listing/line-storage.ts';

interface LineTables {
  readonly waiting: {
    readonly list: string;
    readonly key: string;
    readonly rank: number;
    readonly at: number;
    readonly turn: number;
    readonly value: string;
  };
}

const sql = tables<LineTables>();

/** With each entry in a conversation that waits. */
const put = compiled(
  sql
    .insertInto('waiting')
    .values({ list: '', key: '', rank: 0, at: 0, turn: 0, value: '' })
    .onConflict((on) =>
      on.doUpdateSet(({ ref }) => ({
        rank: ref('excluded.rank'),
        at: ref('excluded.at'),
        turn: ref('excluded.turn'),
        value: ref('excluded.value'),
      })),
    ),
);

const first = compiled(
  sql
    .selectFrom('waiting')
    .select(['key', 'rank', 'at', 'turn', 'value'])
    .where('list', '=', '')
    .orderBy('rank', 'desc')
    .orderBy('at', 'desc')
    .orderBy('turn')
    .orderBy('key', 'desc')
    .limit(1),
);

const remove = compiled(sql.deleteFrom('waiting').where('list', '=', '').where('key', '=', ''));

export const lineSql: SqlOf<LineStorage> = {
  *firstInLine(list, most) {
    return yield* first(list, most);
  },

  *wait(list, { key, rank, at, turn, value }) {
    yield* put(list, key, rank, at, turn, value);
  },

  *waitNoMore(list, key) {
    yield* remove(list, key);
  },
};
