/** Records of public questions: what an open space asks of everyone present. Never of a closed conversation. */
import type { ConversationId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import { type QuestionRecord, questionKey } from '../../../shared/protocol/records.ts';
import { cutText } from '../../../shared/cut-text.ts';
import type { ConversationRoom, KeyedRoom } from '../../core/rooms/room.ts';

const QUESTION_LENGTH = 200;

/** Keys that must leave the space's room so that `incoming` fits. */
export function overflowOfQuestions(space: KeyedRoom, incoming: ConversationId): string[] {
  if (space.records.has(questionKey(incoming))) return [];
  const listed = [...space.records].filter(([key]) => key.startsWith(questionKey('')));
  const surplus = listed.length + 1 - Limits.publicQuestions;
  if (surplus <= 0) return [];
  return listed
    .map(([key, { seq, value }]) => {
      const { waitingSince } = JSON.parse(value) as QuestionRecord;
      return { key, seq, waitingSince };
    })
    .toSorted(leavesFirst)
    .slice(0, surplus)
    .map(({ key }) => key);
}

interface Listed {
  /** A new value is a new row: the lowest changed longest ago. */
  readonly seq: number;
  readonly waitingSince: number | null;
}

/**
 * First the answered, which changed longest ago; then the newest, or a flood of questions would push
 * out whoever waits longest.
 */
function leavesFirst(a: Listed, b: Listed): number {
  if (a.waitingSince === null) return b.waitingSince === null ? a.seq - b.seq : -1;
  if (b.waitingSince === null) return 1;
  return b.waitingSince - a.waitingSince || b.seq - a.seq;
}

/** The conversation's record among an open space's questions; null when it is not to be listed. */
export function questionRecordOf({ id, state }: ConversationRoom): QuestionRecord | null {
  const { ask } = state;
  if (!ask || !state.isPublic || state.closed) return null;
  return {
    conversation: id,
    text: cutText(ask.text, QUESTION_LENGTH),
    lang: ask.lang,
    asker: ask.member,
    askedAt: ask.time,
    waitingSince: state.waitingSince,
    answerers: state.answererCount,
  };
}
