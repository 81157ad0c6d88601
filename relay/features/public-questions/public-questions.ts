/** Records of public questions: what an open space asks everyone present. Never for a closed conversation. */
import type { QuestionRecord } from '../../../shared/protocol/records.ts';
import { cutText } from '../../../shared/text/cut-text.ts';
import type { Standing } from '../../core/listing/ranked-list.ts';
import type { ConversationRoom } from '../../core/rooms/room.ts';

const QUESTION_LENGTH = 200;

/**
 * Who stays in sight, and who is first in line for a place. First whoever waits longest: otherwise a flood
 * of questions would push them out. Then the answered, by latest change.
 */
export function standingOfQuestion(value: string, changed: number): Standing {
  const { waitingSince } = JSON.parse(value) as QuestionRecord;
  return waitingSince === null ? { rank: 0, at: changed } : { rank: 1, at: -waitingSince };
}

/** The conversation's record among an open space's questions; null if it is not listed. */
export function questionRecordOf({ id, state }: ConversationRoom): QuestionRecord | null {
  const { ask } = state;
  if (!ask || !state.isPublic || state.closed || state.hiddenBy(ask.id)) return null;
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
