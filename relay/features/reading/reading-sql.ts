/** Read positions in SQL. */
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import { type SqlOf, compiled, raw, tables } from '../../sql/query.ts';
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
const nowhere = '' as ConversationId;

const mark = compiled(
  sql
    .insertInto('read_mark')
    .values({ conversation: nowhere, member: '' as MemberId, side: 'desk', seq: 0 })
    .onConflict((on) => on.doUpdateSet({ seq: raw<number>`max(seq, excluded.seq)` })),
);

/** Whoever opens a conversation asks. */
const positionsOf = compiled(
  sql
    .selectFrom('read_mark')
    .select(['side', ({ fn }) => fn.max('seq').as('seq')])
    .where('conversation', '=', nowhere)
    .groupBy('side'),
);

export const readingSql: SqlOf<ReadStorage> = {
  *markRead(marks) {
    for (const { conversation, member, side, seq } of marks)
      yield* mark(conversation, member, side, seq);
  },

  *readPositions(conversation) {
    const positions = { asker: -1, desk: -1 };
    const found = yield* positionsOf(conversation);
    for (const { side, seq } of found) positions[side] = seq;
    return positions;
  },
};
