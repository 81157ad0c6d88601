/** The words of the widget's later screens, in English. */
import { agoText, listText, promised } from './format.ts';
import type { LaterWords } from './later-fr.ts';

const lang = 'en';

export const laterEn: LaterWords = {
  // A conversation
  add: 'Add a detail',
  reply: 'Reply',
  replyAnyway: 'Write all the same',
  sent: (at, now) => `sent ${agoText(lang, at, now)}`,
  keptHere: 'kept on this device',
  presenceUnknown: 'presence unknown',
  someHere: (names) =>
    names.length > 1 ? `${listText(lang, names)} are here` : `${names[0] ?? ''} is here`,
  here: 'here',
  allHere: 'here right now',
  closed: 'conversation closed',
  calling: (names) => `We are calling ${listText(lang, names)}`,
  callingAll: 'We are calling the counter',
  callingHow: 'Go on with your visit, the answer follows you from page to page.',
  taken: (name) => `${name} is preparing an answer`,
  nobody: 'Nobody at the counter right now',
  nobodyHow: (promise) => `Your question is kept: ${promised('we answer here', promise)}`,
  kept: 'Your question is kept here',
  keptHow: 'It will leave by itself as soon as the counter can be reached.',
  closedHow: 'This conversation is closed. Writing reopens it.',
  full: 'This conversation took all it could.',
  fullHow: 'What you write now will open a new question.',
  // After this device forgot what it held
  ended: {
    removed: 'This device is not linked any more.',
    'other-member': 'Somebody else is signed in to this site.',
    'signed-out': 'You are signed out of this site.',
  },
  endedHow: 'What was kept here is gone.',
  understood: 'Got it',
  // The list
  talksHow: 'Readable without network too',
  talksEmpty: 'Nothing here yet',
  talksEmptyHow: 'Your questions and their answers will stay on this device, even with no network.',
  newQuestion: 'Ask a question',
  mine: (text) => `You: ${text}`,
  toSend: 'To be sent',
  waiting: 'Waiting for an answer',
  done: 'Closed',
  // What the page says of the visitor
  told: 'What the site says about you',
  toldShort: (names) => `The site also tells the counter: ${listText(lang, names)}.`,
  toldHow: 'Only the people of the counter who answer you see it. None of it is kept.',
  // Questions of others
  questions: 'Questions waiting for an answer',
  noQuestions: 'No other question for now.',
  beforeCut: 'As they were before the cut.',
  moreQuestions: (count) => (count > 1 ? `Show the ${count} others` : 'Show the other one'),
  asked: (at, now) => `asked ${agoText(lang, at, now)}`,
  answerersCount: (count) => {
    if (count === 0) return 'no answer yet';
    return count > 1 ? `${count} people answered` : '1 person answered';
  },
  // The invitation
  invitation: 'Can you help?',
  putAway: 'Put this invitation away',
  // A public conversation
  publicHere: 'Visible to everyone here',
  answerHere: 'Write your answer',
  answerRead: 'Everyone here will read your answer.',
  closedGuest: 'This conversation is closed.',
  shut: 'Only the counter answers here from now on.',
  draftKept: 'Your text stays on this device.',
  notHere: 'This question is not on this device yet. It will show when the network is back.',
};
