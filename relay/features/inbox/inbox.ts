/** Inbox records: a conversation as it waits, for the desk. Never the text of an erased entry. */
import { Limits } from '../../../shared/limits.ts';
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import { cutText } from '../../../shared/cut-text.ts';
import type { ConversationRoom, KeyedRoom } from '../../core/rooms/room.ts';

const QUESTION_LENGTH = 200;
const LAST_LENGTH = 120;

/** Keys that must leave so that `incoming` fits. */
export function overflowOfInbox(inbox: KeyedRoom, incoming: string): string[] {
  if (inbox.records.has(incoming)) return [];
  const surplus = inbox.records.size + 1 - Limits.inboxRecords;
  if (surplus <= 0) return [];
  return [...inbox.records]
    .map(([key, { value }]) => ({ key, record: JSON.parse(value) as InboxRecord }))
    .toSorted((a, b) => leavesFirst(a.record, b.record))
    .slice(0, surplus)
    .map(({ key }) => key);
}

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

/** The conversation's inbox record; null while it has no question. */
export function inboxRecordOf({ id, state }: ConversationRoom): InboxRecord | null {
  const { ask, claim } = state;
  if (!ask) return null;
  return {
    conversation: id,
    text: cutText(ask.text, QUESTION_LENGTH),
    page: ask.page,
    lang: ask.lang,
    asker: ask.member,
    askedAt: ask.time,
    claim: claim && { member: claim.member, at: claim.at },
    waitingSince: state.waitingSince,
    lastAt: state.lastAt,
    last: { text: cutText(state.last.text, LAST_LENGTH), member: state.last.member },
    closed: state.closed,
    ...(state.isPublic ? { public: true } : {}),
  };
}
