/** Words that the widget and the desk share, in English. */
import type { CommonWords } from './common-fr.ts';
import { agoText, listText, momentText, shortDateText, timeText } from './format.ts';

const lang = 'en';

export const commonEn: CommonWords = {
  lang,
  roles: {
    visitor: 'Visitor',
    helper: 'Helper',
    guardian: 'Helper',
    staff: 'Shop',
    expert: 'Expert',
    manager: 'Shop',
    relay: 'Comptoir',
  },
  you: 'You',
  nameless: 'Somebody',
  here: 'here',
  unknown: 'unknown',
  seen: (at, now) => `seen ${agoText(lang, at, now)}`,
  time: (at) => timeText(lang, at),
  shortDate: (at, now) => shortDateText(lang, at, now),
  asked: (at, now) => `asked ${agoText(lang, at, now)}`,
  list: (names) => listText(lang, names),
  loading: 'Loading',
  send: 'Send',
  noFiles: 'Files are not taken here. Describe what they show.',
  left: (count) =>
    count >= 0
      ? `${count} character${count === 1 ? '' : 's'} left`
      : `${(-count).toLocaleString(lang)} character${count === -1 ? '' : 's'} too many`,
  offline: 'No network.',
  offlineHow: 'Keep writing: it is all kept here and will leave once you are back.',
  away: 'The counter cannot be reached.',
  awayHow: 'Keep writing: it is all kept here and will leave once it is back.',
  awayNever: 'The counter has never answered here yet.',
  noWay: 'The counter cannot be reached from this page.',
  waiting: (count) =>
    count === 1 ? '1\u00a0message will leave later.' : `${count}\u00a0messages will leave later.`,
  reload: 'A newer version is ready.',
  reloadHow: 'Reload the page: nothing is lost.',
  blocked: (until) =>
    until === null
      ? 'You cannot write here any more.'
      : `You cannot write here until ${momentText('en', until)}.`,
  blockedHow: 'What is here stays, your draft included.',
  refusedLink: 'This counter does not accept this device.',
  refusedLinkHow: 'What is here can still be read.',
  storageFull: 'This device is full.',
  storageFailed: 'This device keeps nothing.',
  storageHow: 'Your text stays in the box.',
  retry: 'Try again',
};
