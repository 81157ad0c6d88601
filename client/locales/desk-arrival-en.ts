/** How one comes to the desk, in English. */
import type { DeskWords } from './desk-words.ts';

export const deskArrivalEn: DeskWords['arrival'] = {
  loading: 'Opening what is kept here',
  invitedTitle: 'Welcome behind the counter',
  invitedAs: (role, by) =>
    by
      ? `${by} invites you to answer visitors as ${role}.`
      : `You are invited to answer visitors as ${role}.`,
  backTitle: (name) => `Welcome back, ${name}`,
  backAs: (role) =>
    `This link makes this device yours: you answer as ${role} again, with your conversations and ready replies.`,
  expires: (when) => `The invitation is valid until ${when}, for one person.`,
  checking: 'Checking the invitation',
  name: 'Your name',
  nameHint: 'Visitors will see this name. A first name will do.',
  nameMissing: 'Choose a name to continue.',
  join: 'Come in',
  joining: 'Letting you in',
  kept: 'A key is made in this browser and never leaves it: it signs your answers.',
  again: 'Try again',
  unsupportedTitle: 'This browser will not do',
  unsupported:
    'The desk signs each answer with a key that this browser cannot make. A recent Firefox, Chrome, Edge or Safari will do.',
  storageTitle: 'This browser keeps nothing',
  storage:
    'The desk keeps your answers on the device before it sends them. Open it outside private browsing, with a little room left.',
  outsideTitle: 'You need an invitation',
  endedTitle: 'Your place behind the counter has ended',
  ended:
    'Thank you for your answers. What this desk kept of conversations is erased from this device. If this is a mistake, see the person who runs the community.',
  outside:
    'The desk opens with a single-use link. Ask the person who runs the community for one, then open it in this browser.',
  problems: {
    used: {
      title: 'This invitation has been used',
      text: 'A link opens once. If that was you on another device, ask for a second one.',
    },
    expired: {
      title: 'This invitation has expired',
      text: 'Ask the person who invited you for a new link.',
    },
    unknown: {
      title: 'There is no such invitation',
      text: 'The link may be cut short: copy all of it, or ask for another.',
    },
    blocked: {
      title: 'This device is blocked for now',
      text: 'The invitation stays valid: it opens once the block is lifted. See the person who runs the community.',
    },
    offline: {
      title: 'No network just now',
      text: 'The invitation stays valid. Try again once you are back: nothing is lost.',
    },
    away: {
      title: 'The counter cannot be reached',
      text: 'The invitation stays valid. Try again in a while: nothing is lost.',
    },
    later: {
      title: 'Too many tries from this network',
      text: 'The invitation stays valid. Wait a minute, then try again.',
    },
    busy: {
      title: 'The counter could not answer',
      text: 'It runs, but lacks something. The invitation stays valid: try again in a while.',
    },
    moderated: { title: 'This name has no place here', text: 'Take another one.' },
  },
};
