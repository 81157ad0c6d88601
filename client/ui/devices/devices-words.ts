/** The words of the devices' screen. They come with it, not with the first opening. */
import type { LinkOutcome } from '../../../shared/protocol/control.ts';

/** Why there is no code, or no linking by one. */
export type LinkProblem = Exclude<LinkOutcome, 'linked'> | 'missing' | 'failed' | 'none-left';

const fr = {
  title: 'Mes appareils',
  alone: 'Seul cet appareil est relié. Reliez-en un autre pour y retrouver vos conversations.',
  own: 'cet appareil',
  unnamed: 'Appareil',
  since: (date: string): string => `relié le ${date}`,
  offline: 'Il faut être en ligne pour relier ou retirer un appareil.',
  add: 'Relier un autre appareil',
  have: 'J’ai un code',
  already: 'Déjà au comptoir sur un autre appareil\u202f? Ses réglages vous donnent un code.',
  // Letting another in
  showHow:
    'Sur l’autre appareil, scannez ce code avec l’appareil photo, ou ouvrez la même page et choisissez «\u00a0J’ai un code\u00a0» parmi les appareils.',
  qr: 'Code à scanner avec l’appareil photo',
  code: 'Le code',
  lasts: (minutes: number): string =>
    minutes > 1
      ? `Valable encore ${minutes} minutes, une seule fois.`
      : 'Valable encore une minute, une seule fois.',
  over: 'Ce code a expiré.',
  another: 'Un autre code',
  // Joining
  joinTitle: 'Relier cet appareil\u202f?',
  joinHow:
    'Vos conversations seront les mêmes sur les deux appareils, celles d’ici comprises. Ne reliez que vos propres appareils.',
  joinSent:
    'Ce code est venu avec l’adresse de la page. Si quelqu’un d’autre vous l’a envoyée, annulez\u00a0: cette personne lirait vos conversations et écrirait en votre nom.',
  joinCode: 'Code affiché sur l’autre appareil',
  join: 'Relier',
  joining: 'Un instant',
  cancel: 'Annuler',
  back: 'Retour',
  done: {
    own: 'C’est relié. Vos conversations arrivent.',
    other: 'L’autre appareil est relié.',
  },
  problems: {
    missing: 'Saisissez les 10 caractères du code.',
    failed: 'Le comptoir n’a pas répondu. Réessayez.',
    'none-left': 'Vous avez relié autant d’appareils que possible. Retirez-en un d’abord.',
    unknown: 'Ce code n’existe pas, a déjà servi ou a expiré. Demandez-en un autre.',
    later: 'Trop d’essais. Attendez quelques minutes.',
    full: 'Autant d’appareils que possible sont déjà reliés.',
    other: 'Cet appareil appartient déjà à quelqu’un d’autre.',
  } satisfies Record<LinkProblem, string>,
  // Removing
  remove: (name: string): string => `Retirer ${name}`,
  removeShort: 'Retirer',
  removeSure: 'Cet appareil n’aura plus accès à rien et oubliera ce qu’il gardait.',
  keep: 'Garder',
};

export type DevicesWords = typeof fr;

const en: DevicesWords = {
  title: 'My devices',
  alone: 'Only this device is linked. Link another to find your conversations there.',
  own: 'this device',
  unnamed: 'Device',
  since: (date) => `linked ${date}`,
  offline: 'You need to be online to link or remove a device.',
  add: 'Link another device',
  have: 'I have a code',
  already: 'Already at the counter on another device? Its settings give you a code.',
  showHow:
    'On the other device, scan this code with the camera, or open the same page and choose “I have a code” among the devices.',
  qr: 'Code to scan with the camera',
  code: 'The code',
  lasts: (minutes) =>
    minutes > 1 ? `Valid for ${minutes} more minutes, once.` : 'Valid for one more minute, once.',
  over: 'This code has expired.',
  another: 'Another code',
  joinTitle: 'Link this device?',
  joinHow:
    'Your conversations will be the same on both devices, including those from here. Link your own devices only.',
  joinSent:
    'This code came with the page’s address. If somebody else sent it to you, cancel: they would read your conversations and write in your name.',
  joinCode: 'Code shown on the other device',
  join: 'Link',
  joining: 'One moment',
  cancel: 'Cancel',
  back: 'Back',
  done: {
    own: 'Linked. Your conversations are on their way.',
    other: 'The other device is linked.',
  },
  problems: {
    missing: 'Type the 10 characters of the code.',
    failed: 'No answer. Try again.',
    'none-left': 'You have linked as many devices as possible. Remove one first.',
    unknown: 'There is no such code, or it was used or has expired. Ask for another.',
    later: 'Too many tries. Wait a few minutes.',
    full: 'As many devices as possible are linked already.',
    other: 'This device belongs to somebody else already.',
  },
  remove: (name) => `Remove ${name}`,
  removeShort: 'Remove',
  removeSure: 'This device will have access to nothing and forget what it kept.',
  keep: 'Keep',
};

export const devicesWords = (tag: string): DevicesWords =>
  tag.toLowerCase().startsWith('fr') ? fr : en;
