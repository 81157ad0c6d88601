/** Read positions in SQL. */
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import { type SqlOf, all, raw, run, tables } from '../../sql/query.ts';
import type { ReadStorage } from './reading-storage.ts';

interface ReadingTables {
  readonly read_mark: {
    readonly conversation: ConversationId;
    readonly member: MemberId;
    readonly side: Side;
    readonly seq: number;
  };
}

const sql = tables<ReadingTables>();

export const readingSql: SqlOf<ReadStorage> = {
  *markRead(marks) {
    for (const { conversation, member, side, seq } of marks) {
      yield* run(
        sql
          .insertInto('read_mark')
          .values({ conversation, member, side, seq })
          .onConflict((on) => on.doUpdateSet({ seq: raw<number>`max(seq, excluded.seq)` })),
      );
    }
  },

  *readPositions(conversation) {
    const positions = { asker: -1, desk: -1 };
    const found = yield* all(
      sql
        .selectFrom('read_mark')
        .select(['side', ({ fn }) => fn.max('seq').as('seq')])
        .where('conversation', '=', conversation)
        .groupBy('side'),
    );
    for (const { side, seq } of found) positions[side] = seq;
    return positions;
  },
};
