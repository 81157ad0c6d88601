/** The widget's words, in English. */
import type { ChatWords } from './chat-fr.ts';
import { promised } from './format.ts';

const lang = 'en';

export const chatEn: ChatWords = {
  lang,
  title: 'Comptoir',
  chat: 'Chat',
  close: 'Close',
  back: 'Back',
  more: 'Settings',
  talks: 'My conversations',
  talksCount: (count) => (count === 1 ? 'My conversation' : `My ${count} conversations`),
  unread: (count) => (count === 1 ? '1 unread message' : `${count} unread messages`),
  answered: (name) => `${name} answered you`,
  somebody: 'Somebody',
  hide: 'Hide this preview',
  counter: 'At the counter',
  asleep: 'The counter sleeps, your question does not.',
  asleepHow: (promise) => `Ask now: ${promised('we answer here', promise)}`,
  often: 'Often asked',
  ask: 'Write your question',
  fine: 'No account needed.',
  fineOpen: 'No account needed. Your question will be visible to everyone here.',
  charter: 'How we help each other',
  replyEarly: 'You can write already',
  opening: 'Opening',
  language: 'Language',
  languages: { auto: 'Auto', fr: 'Français', en: 'English' },
  sound: 'A sound when you are answered',
  endTalk: 'Close this conversation',
  reopenTalk: 'Reopen this conversation',
  device: 'On this device',
  erase: 'Erase what is kept here',
  eraseHow:
    'Your conversations, drafts and settings leave this device. What was not sent yet is lost, and you will not be able to open these conversations again.',
  eraseSure: 'Erase everything',
  cancel: 'Keep',
  noCharter: 'The charter will show here once the counter was reached.',
};
