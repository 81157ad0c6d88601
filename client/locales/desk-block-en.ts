/** The desk's dialog that blocks somebody, in English. */
import type { DeskWords } from './desk-words.ts';
import { momentText } from './format.ts';

export const deskBlockEn: DeskWords['block'] = {
  open: 'Block…',
  title: (name) => `Block ${name}`,
  intro: 'A blocked person can still read, but no longer write.',
  whom: 'Whom',
  choices: {
    member: { name: 'This person', hint: 'On all their devices.' },
    device: { name: 'This device only', hint: 'The one their last message came from.' },
    network: { name: 'Their whole network' },
  },
  touches: ({ networks, others, spared }) => {
    if (networks === 0) return 'No address of theirs is remembered.';
    const people =
      others === null
        ? 'It is not known how many people write from there.'
        : others === 0
          ? 'Nobody else wrote from there this week.'
          : others === 1
            ? '1 other person wrote from there this week, and would be blocked too.'
            : `${others} other people wrote from there this week, and would be blocked too.`;
    return spared === 0 ? people : `${people} Helpers on that network can go on.`;
  },
  touchesUnknown: 'It is not known who else writes from there.',
  counting: 'Counting who else writes from there',
  howLong: 'For how long',
  lengths: ['1 hour', '24 hours', '7 days', 'Until lifted'],
  reason: 'Reason, to remember it by',
  confirm: 'Block',
  cancel: 'Cancel',
  close: 'Close',
  done: {
    member: 'Person blocked: their messages no longer get through.',
    device: 'Device blocked: its messages no longer get through.',
    network: 'Network blocked: its messages no longer get through.',
  },
  held: (count) => (count === 1 ? 'One block holds' : `${count} blocks hold`),
  subjects: {
    member: (who) => `Person ${who}`,
    device: (which) => `Device ${which}`,
    address: (width) => `Network ${width}`,
  },
  until: (at) => `until ${momentText('en', at)}`,
  forGood: 'until lifted',
  lift: 'Unblock',
  lifted: 'Block lifted.',
  liftThis: (what) => `Unblock: ${what}`,
  problems: {
    offline: 'You need to be online for this.',
    forbidden: 'Only managers of all spaces can block.',
    'not-found': 'No address of theirs is remembered.',
    'no-session': 'This browser is not recognised any more. Reload the page.',
    'too-many': 'Too many changes at once. Try again in a minute.',
    unavailable: 'It did not work. Try again in a moment.',
    'bad-request': 'The reason has invisible characters.',
  },
  problemElse: 'It did not work. Reload the page to learn why.',
};
