/** Inbox records: a conversation as it waits, for the desk. Never the text of an erased entry. */
import type { ContentOf } from '../../shared/entry/content.ts';
import { Limits } from '../../shared/protocol/limits.ts';
import type { InboxRecord } from '../../shared/protocol/records.ts';
import { cutText } from '../rooms/cut-text.ts';
import type { InboxProjection } from '../rooms/projection.ts';
import type { ConversationRoom } from '../rooms/room.ts';

const QUESTION_LENGTH = 200;
const LAST_LENGTH = 120;

export const inboxProjection: InboxProjection = {
  recordOf(room) {
    const record = inboxRecordOf(room);
    return record && JSON.stringify(record);
  },
  overflow(inbox, incoming) {
    if (inbox.records.has(incoming)) return [];
    const surplus = inbox.records.size + 1 - Limits.inboxRecords;
    if (surplus <= 0) return [];
    return [...inbox.records]
      .map(([key, { value }]) => ({ key, record: JSON.parse(value) as InboxRecord }))
      .toSorted((a, b) => leavesFirst(a.record, b.record))
      .slice(0, surplus)
      .map(({ key }) => key);
  },
};

/** The closed before the open, then those that changed longest ago. An open one comes back with its next entry. */
function leavesFirst(a: InboxRecord, b: InboxRecord): number {
  return Number(b.closed) - Number(a.closed) || a.lastAt - b.lastAt;
}

function inboxRecordOf({ id, state }: ConversationRoom): InboxRecord | null {
  if (!state.ask) return null;
  const content: ContentOf<'ask'> = state.ask.content;
  return {
    conversation: id,
    text: cutText(content.text, QUESTION_LENGTH),
    page: content.page,
    lang: content.lang,
    asker: state.ask.member,
    askedAt: state.ask.time,
    claim: state.claim && { member: state.claim.member, at: state.claim.at },
    waitingSince: state.waitingSince,
    lastAt: state.lastAt,
    last: { text: cutText(state.last.text, LAST_LENGTH), member: state.last.member },
    closed: state.closed,
    ...(state.isPublic ? { public: true } : {}),
  };
}
