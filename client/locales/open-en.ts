/** The widget's words for an open space, in English: they come with the later screens. */
import { agoText } from './format.ts';
import type { OpenWords } from './open-fr.ts';

const lang = 'en';

export const openEn: OpenWords = {
  lang,
  // Questions of others
  questions: 'Questions waiting for an answer',
  none: 'No other question for now.',
  before: 'As they were before the cut.',
  more: (count) => (count > 1 ? `Show the ${count} others` : 'Show the other one'),
  asked: (at, now) => `asked ${agoText(lang, at, now)}`,
  answerers: (count) => {
    if (count === 0) return 'no answer yet';
    return count > 1 ? `${count} people answered` : '1 person answered';
  },
  // The invitation
  invitation: 'Can you help?',
  putAway: 'Put this invitation away',
  // A public conversation
  public: 'Visible to everyone here',
  answer: 'Write your answer',
  answerRead: 'Everyone here will read your answer.',
  closed: 'This conversation is closed.',
  shut: 'Only the counter answers here from now on.',
  draftKept: 'Your text stays on this device.',
  notHere: 'This question is not on this device yet. It will show when the network is back.',
};
