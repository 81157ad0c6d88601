/** Who asked each conversation, in SQL. Compiled once: whoever opens a conversation asks. */
import type { ConversationId } from '../../../../shared/ids.ts';
import { type SqlOf, compiled, tables } from '../../../sql/query.ts';
import type { Asked, AskedStorage } from '../../../core/ports/asked-storage.ts';

interface AskedTables {
  readonly asked: Asked & { readonly conversation: ConversationId };
}

const sql = tables<AskedTables>();

const of = compiled(
  sql
    .selectFrom('asked')
    .select(['space', 'mode', 'device', 'member'])
    .where('conversation', '=', '' as ConversationId),
);

const put = compiled(
  sql
    .replaceInto('asked')
    .columns(['conversation', 'space', 'mode', 'device', 'member'])
    .values({ conversation: '', space: '', mode: 0, device: '', member: '' } as never),
);

export const askedSql: SqlOf<AskedStorage> = {
  *asked(conversation) {
    const [found] = yield* of(conversation);
    return found && { ...found };
  },

  *putAsked(conversation, { space, mode, device, member }) {
    yield* put(conversation, space, mode, device, member);
  },
};
