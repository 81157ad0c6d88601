/** Inbox records: a waiting conversation, for the desk. They never hold the text of an erased entry. */
import type { InboxRecord } from '../../../shared/protocol/records.ts';
import { cutText } from '../../../shared/text/cut-text.ts';
import type { Standing } from '../../core/listing/ranked-list.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';

const QUESTION_LENGTH = 200;
const LAST_LENGTH = 120;

/**
 * Who stays in sight, and who is first in line for a place. First claimed conversations. Then those that
 * wait, the longest first: otherwise a flood of questions would push them out. Then the answered and last
 * the closed, each by latest change.
 */
export function standingInInbox(value: string): Standing {
  const record = JSON.parse(value) as InboxRecord;
  const rank = rankOf(record);
  return { rank, at: rank === Rank.waiting ? -(record.waitingSince ?? 0) : record.lastAt };
}

/** A closed conversation that found no place comes back with its next entry. */
export const waitsForInbox = ({ rank }: Standing): boolean => rank !== Rank.closed;

const Rank = { closed: 0, answered: 1, waiting: 2, claimed: 3 } as const;

function rankOf({ closed, claim, waitingSince }: InboxRecord): number {
  if (closed) return Rank.closed;
  if (claim) return Rank.claimed;
  return waitingSince === null ? Rank.answered : Rank.waiting;
}

/** The conversation's inbox record; null while there is no question. */
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
    askerAt: state.askerAt,
    last: { text: cutText(state.last.text, LAST_LENGTH), member: state.last.member },
    closed: state.closed,
    ...(state.isPublic ? { public: true } : {}),
  };
}
