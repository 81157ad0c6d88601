/** The widget's words, in French. */
import { promised } from './format.ts';

const lang = 'fr';

export const chatFr = {
  lang: lang as string,
  title: 'Comptoir',
  chat: 'Discussion',
  close: 'Fermer',
  back: 'Retour',
  more: 'Réglages',
  talks: 'Mes conversations',
  talksCount: (count: number): string =>
    count > 1 ? `Mes ${count} conversations` : 'Ma conversation',
  unread: (count: number): string => (count > 1 ? `${count} messages non lus` : '1 message non lu'),
  // The preview
  answered: (name: string): string => `${name} vous a répondu`,
  somebody: 'On',
  hide: 'Masquer cet aperçu',
  // Welcome
  counter: 'Au comptoir',
  asleep: 'Le comptoir dort, votre question non.',
  asleepHow: (promise: string): string =>
    `Posez-la maintenant\u00a0: ${promised('on vous répond ici', promise)}`,
  often: 'On demande souvent',
  ask: 'Écrivez votre question',
  fine: 'Sans inscription.',
  fineOpen: 'Sans inscription. Votre question sera visible de tous ici.',
  charter: 'Charte d’entraide',
  // A conversation that is being opened
  replyEarly: 'Vous pouvez déjà écrire',
  opening: 'Ouverture',
  // Settings
  language: 'Langue',
  languages: { auto: 'Auto', fr: 'Français', en: 'English' },
  sound: 'Un son quand on vous répond',
  endTalk: 'Clore cette conversation',
  reopenTalk: 'Rouvrir cette conversation',
  device: 'Sur cet appareil',
  erase: 'Effacer ce qui est gardé ici',
  eraseHow:
    'Vos conversations, brouillons et réglages quittent cet appareil. Ce qui n’a pas encore été envoyé est perdu, et vous ne pourrez plus rouvrir ces conversations.',
  eraseSure: 'Tout effacer',
  cancel: 'Garder',
  noCharter: 'La charte s’affichera ici dès que le comptoir aura été joint une fois.',
};

export type ChatWords = typeof chatFr;
