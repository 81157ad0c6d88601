/** The words of the widget's settings, and of what is said beside them, in English. */
import type { SettingsWords } from './settings-fr.ts';
import { listText } from './format.ts';

const lang = 'en';

export const settingsEn: SettingsWords = {
  // Settings
  language: 'Language',
  languages: { auto: 'Auto', fr: 'Français', en: 'English' },
  sound: 'A sound when you are answered',
  closeConversation: 'Close this conversation',
  reopenConversation: 'Reopen this conversation',
  print: 'Print this conversation',
  printed: (day) => `printed on ${day}`,
  notSent: 'not sent yet',
  device: 'On this device',
  erase: 'Erase what is kept here',
  eraseHow:
    'Your conversations, drafts and settings leave this device. What was not sent yet is lost, and you will not be able to open these conversations again.',
  eraseSure: 'Erase everything',
  cancel: 'Keep',
  devices: 'My devices',
  noCharter: 'The charter will show here after the first connection to the counter.',
  // What the page says of the visitor
  attributes: 'What the site says about you',
  attributesShort: (names) => `The site also tells the counter: ${listText(lang, names)}.`,
  attributesHow: 'Only the people of the counter who answer you see it. None of it is kept.',
  // After this device forgot what it held
  ended: {
    removed: 'This device is not linked any more.',
    'other-member': 'Somebody else is signed in to this site.',
    'signed-out': 'You are signed out of this site.',
  },
  endedHow: 'What was kept here is gone.',
  understood: 'Got it',
};
