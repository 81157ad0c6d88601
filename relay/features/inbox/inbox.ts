/** Inbox records: a conversation as it waits, for the desk. Never the text of an erased entry. */
import type { ContentOf } from '../../../shared/entry/content.ts';
import { Limits } from '../../../shared/limits.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import { cutText } from '../../core/limits/cut-text.ts';
import type { InboxProjection } from '../../core/rooms/projection.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';

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

/**
 * First the closed, then the answered, which changed longest ago; then of those that wait the newest,
 * or a flood of questions would push out whoever waits longest; last what somebody has claimed. An
 * open one comes back with its next entry.
 */
function leavesFirst(a: InboxRecord, b: InboxRecord): number {
  return (
    rankOf(a) - rankOf(b) ||
    (rankOf(a) === Rank.waiting
      ? (b.waitingSince ?? 0) - (a.waitingSince ?? 0)
      : a.lastAt - b.lastAt)
  );
}

const Rank = { closed: 0, answered: 1, waiting: 2, claimed: 3 } as const;

function rankOf({ closed, claim, waitingSince }: InboxRecord): number {
  if (closed) return Rank.closed;
  if (claim) return Rank.claimed;
  return waitingSince === null ? Rank.answered : Rank.waiting;
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
