/** What deserves a sound or a notification. It compares the inbox with its previous state. */
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import type { DeskState } from './desk-state.ts';

type Ring = NonNullable<DeskState['bell']>;

interface BellContext {
  readonly me: MemberId;
  readonly available: boolean;
  /** The conversation on the screen, if the screen can be seen. */
  readonly watched: ConversationId | null;
}

/** Remembers the inbox from call to call. The first call only records it. */
export function createBell(): (
  records: readonly InboxRecord[],
  context: BellContext,
) => Ring | null {
  let known: ReadonlyMap<ConversationId, InboxRecord> | undefined;
  return (records, context) => {
    const before = known;
    known = new Map(records.map((record) => [record.conversation, record]));
    if (!before) return null;
    let newest: { readonly record: InboxRecord; readonly what: Ring['what'] } | null = null;
    for (const record of records) {
      const what = worth(record, before.get(record.conversation), context);
      if (what && (!newest || record.lastAt > newest.record.lastAt)) newest = { record, what };
    }
    if (!newest) return null;
    const { record, what } = newest;
    const id = `${record.conversation}/${record.lastAt}/${what}`;
    return { id, what, conversation: record.conversation, text: record.last.text };
  };
}

function worth(
  record: InboxRecord,
  before: InboxRecord | undefined,
  { me, available, watched }: BellContext,
): Ring['what'] | null {
  if (record === before || record.closed || record.waitingSince === null) return null;
  if (record.claim === null) {
    // New, or released by somebody else while the visitor waits.
    const letGo = before?.claim && before.claim.member !== me;
    return available && (!before || before.closed || letGo) ? 'question' : null;
  }
  // By the words, not the time: a claim moves the time too.
  const { text, member } = record.last;
  const spoke =
    member === record.asker && (before?.last.text !== text || before.last.member !== member);
  const mine = record.claim.member === me;
  return mine && spoke && record.conversation !== watched ? 'message' : null;
}
