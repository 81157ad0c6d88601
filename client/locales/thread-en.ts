/** The words of a conversation's messages, in English. */
import { dayText } from './day-text.ts';
import { listText } from './format.ts';
import type { LaterWhy } from '../../shared/protocol/outcome.ts';
import type { ThreadWords } from './thread-fr.ts';

const lang = 'en';

/** By number: too much, the relay’s fault, after its question, from this network, not said. */
const laterWhy: Readonly<Record<LaterWhy, string>> = [
  'Too many messages in a row',
  'The counter could not store it',
  'To be sent after your question',
  'Too many messages from this network',
  'Not taken yet',
];

export const threadEn: ThreadWords = {
  day: (at, now) => dayText(lang, at, now),
  messages: 'Messages',
  says: (name) => `${name}: `,
  earlier: 'Earlier messages',
  newer: 'Later messages',
  newMessages: 'New messages',
  newCount: (count) => (count === 1 ? '1 new message' : `${count} new messages`),
  toEnd: 'Go to the last message',
  typing: (names) => `${listText(lang, names)} ${names.length > 1 ? 'are' : 'is'} writing`,
  unreadable: 'Reload the page to see this message.',
  noAccess: 'This conversation cannot be read from this device.',
  kept: 'Kept on this device',
  received: 'Received',
  read: 'Read',
  later: (inMs: number, why?: LaterWhy): string =>
    `${laterWhy[why ?? 0] ?? laterWhy[4]}, sent again in ${Math.max(1, Math.ceil(inMs / 1_000))} s`,
  held: 'Checked before it shows: only you can see it',
  refused: {
    forbidden: 'Not published: you cannot write here.',
    full: 'Not published: this conversation is full.',
    blocked: 'Not published: this device can no longer write here.',
    removed: 'Not published: this device is not linked any more.',
    erased: 'Not published: this message was erased.',
    'unknown-space': 'Not published: there is no such counter.',
    'unknown-conversation': 'Not published: this conversation is gone.',
    'too-long': 'Not published: this message is too long.',
    'not-plain': 'Not published: this message has invisible characters.',
    moderated: 'Not published: some words, a link or a number have no place here.',
    malformed: 'Not published: this message is damaged.',
    'bad-key': 'Not published: this device’s key is not accepted.',
    'bad-signature': 'Not published: this message’s signature is not right.',
    'unknown-kind': 'Not published: the counter does not know this action yet.',
    'unknown-version': 'Not published: the counter is older than this page.',
  },
  refusedElse: 'Not published. Reload the page to learn why.',
  edit: 'Edit',
  withdraw: 'Withdraw',
  withdrawSure: 'Withdraw?',
  actions: 'Actions for this message',
  quote: 'Reply',
  copy: 'Copy text',
  copied: 'Text copied',
  notCopied: 'This page does not allow copying.',
  answers: 'In reply to',
  toQuoted: 'Go to this message',
  quoting: 'You are replying to',
  quoteDrop: 'Do not reply to this message',
  gone: {
    withdrawn: 'Message withdrawn',
    hidden: 'Message hidden',
    absent: 'Message not available',
  },
  notes: {
    claimed: (name, mine) => (mine ? 'You took this conversation' : `${name} is on it`),
    claimedHere: 'Taken on this device, the others do not know yet',
    released: (name, mine) =>
      mine ? 'You handed this conversation over' : `${name} handed it over`,
    lapsed: (name, mine) =>
      mine ? 'You were out of reach: the conversation waits again' : `${name} is no longer there`,
    closed: (name, mine) =>
      mine ? 'You closed the conversation' : `${name} closed the conversation`,
    reopened: (name, mine) =>
      mine ? 'You reopened the conversation' : `${name} reopened the conversation`,
    retracted: (name, mine) => (mine ? 'You withdrew a message' : `${name} withdrew a message`),
    contested: (name, mine) =>
      mine ? 'Somebody else had already taken this conversation' : `${name} took it too`,
  },
};
