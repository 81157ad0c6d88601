/** The words of the visitor's conversations, in English. */
import { agoText, listText } from './format.ts';
import type { ConversationWords } from './conversation-fr.ts';

const lang = 'en';

export const conversationEn: ConversationWords = {
  // A conversation
  add: 'Add a detail',
  reply: 'Reply',
  replyAnyway: 'Write all the same',
  sent: (at, now) => `sent ${agoText(lang, at, now)}`,
  presenceUnknown: 'presence unknown',
  someHere: (names) =>
    names.length > 1 ? `${listText(lang, names)} are here` : `${names[0] ?? ''} is here`,
  here: 'here',
  allHere: 'here right now',
  closed: 'conversation closed',
  calling: (names) => `We are calling ${listText(lang, names)}`,
  callingAll: 'We are calling the counter',
  callingHow: 'Go on with your visit, the answer follows you from page to page.',
  claimed: (name) => `${name} is preparing an answer`,
  nobody: 'Nobody at the counter right now',
  nobodyHow: 'Go on with your visit: we answer here.',
  kept: 'You can leave this page',
  keptHow: 'Your question will be sent on your next visit if need be.',
  closedHow: 'This conversation is closed. Write to reopen it.',
  full: 'This conversation is full.',
  fullHow: 'What you write now will open a new question.',
  // The list
  conversationsHow: 'Readable without a network too',
  conversationsEmpty: 'Nothing here yet',
  conversationsEmptyHow:
    'Your questions and their answers will stay on this device, even with no network.',
  newQuestion: 'Ask a question',
  mine: (text) => `You: ${text}`,
  theirs: (name, text) => `${name}: ${text}`,
  toSend: 'To be sent',
  waiting: 'Waiting for an answer',
  done: 'Closed',
  // A public conversation
  publicHere: 'Visible to everyone here',
  answerHere: 'Write your answer',
  answerRead: 'Everyone here will read your answer.',
  closedGuest: 'This conversation is closed.',
  shut: 'Only the counter answers here from now on.',
  draftKept: 'Your text stays on this device.',
  notHere: 'This question is not on this device yet. It will show when the network is back.',
};
