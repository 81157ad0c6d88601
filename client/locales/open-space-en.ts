/** The words of an open space, in English. */
import type { OpenSpaceWords } from './open-space-fr.ts';

export const openSpaceEn: OpenSpaceWords = {
  // Questions of others
  questions: 'Questions waiting for an answer',
  noQuestions: 'No other question for now.',
  beforeCut: 'As they were before the cut.',
  moreQuestions: (count) => (count > 1 ? `Show the ${count} others` : 'Show the other one'),
  answerersCount: (count) => {
    if (count === 0) return 'no answer yet';
    return count > 1 ? `${count} people answered` : '1 person answered';
  },
  // The invitation
  invitation: 'Can you help?',
  putAway: 'Hide this invitation',
};
