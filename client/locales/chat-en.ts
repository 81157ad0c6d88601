/** The widget's words, in English. */
import { listText } from './format.ts';
import type { ChatWords } from './chat-fr.ts';

const lang = 'en';

export const chatEn: ChatWords = {
  lang,
  title: 'Comptoir',
  chat: 'Chat',
  close: 'Close',
  back: 'Back',
  more: 'Settings',
  conversations: 'My conversations',
  conversationsCount: (count) => (count === 1 ? 'My conversation' : `My ${count} conversations`),
  unread: (count) => (count === 1 ? '1 unread message' : `${count} unread messages`),
  waits: 'no answer yet',
  withThem: (names) =>
    names.length > 0 ? `with ${listText(lang, names)}` : 'conversation going on',
  keptHere: 'kept on this device',
  answered: (name) => `${name} answered you`,
  somebody: 'Somebody',
  hide: 'Hide this preview',
  counter: 'At the counter',
  asleep: 'The counter sleeps, your question does not.',
  asleepHow: 'Ask now: we answer here.',
  often: 'Often asked',
  oftenHow: 'Pick one: it goes into the box.',
  ask: 'Write your question',
  fine: 'No account needed.',
  fineOpen: 'No account needed. Your question will be visible to everyone here.',
  charter: 'How we help each other',
  replyEarly: 'You can already write',
  opening: 'Opening',
  unsupported: 'This browser cannot open the chat.',
  storageClosed: 'This browser keeps nothing: the chat cannot open.',
};
