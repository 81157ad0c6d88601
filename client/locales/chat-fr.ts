/** The widget's words, in French. */
import { agoText, listText, promised } from './format.ts';

const lang = 'fr';

export const chatFr = {
  lang: lang as string,
  title: 'Comptoir',
  chat: 'Discussion',
  close: 'Fermer',
  back: 'Retour',
  more: 'Réglages',
  talks: 'Mes conversations',
  talksHow: 'Lisibles aussi sans réseau',
  talksEmpty: 'Rien ici pour l’instant',
  talksEmptyHow: 'Vos questions et leurs réponses resteront sur cet appareil, même sans réseau.',
  talksCount: (count: number): string =>
    count > 1 ? `Mes ${count} conversations` : 'Ma conversation',
  unread: (count: number): string => (count > 1 ? `${count} messages non lus` : '1 message non lu'),
  newQuestion: 'Poser une question',
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
  // A conversation
  add: 'Ajouter un détail',
  reply: 'Répondre',
  replyAnyway: 'Écrire quand même',
  replyEarly: 'Vous pouvez déjà écrire',
  sent: (at: number, now: number): string => `envoyée ${agoText(lang, at, now)}`,
  keptHere: 'gardée sur cet appareil',
  presenceUnknown: 'présence inconnue',
  someHere: (names: readonly string[]): string =>
    names.length > 1 ? `${listText(lang, names)} sont ici` : `${names[0] ?? ''} est ici`,
  here: 'ici',
  allHere: 'ici en ce moment',
  closed: 'conversation close',
  opening: 'Ouverture',
  calling: (names: readonly string[]): string => `On prévient ${listText(lang, names)}`,
  callingAll: 'On prévient le comptoir',
  callingHow: 'Continuez votre visite, la réponse vous suit de page en page.',
  taken: (name: string): string => `${name} prépare sa réponse`,
  nobody: 'Personne au comptoir en ce moment',
  nobodyHow: (promise: string): string =>
    `Votre question est gardée\u00a0: ${promised('on vous répond ici', promise)}`,
  kept: 'Votre question est gardée ici',
  keptHow: 'Elle partira d’elle-même dès que le comptoir sera joignable.',
  closedHow: 'Cette conversation est close. Écrire la rouvre.',
  full: 'Cette conversation a pris tout ce qu’elle pouvait.',
  fullHow: 'Ce que vous écrivez maintenant ouvrira une nouvelle question.',
  // The list
  mine: (text: string): string => `Vous\u00a0: ${text}`,
  toSend: 'À envoyer',
  waiting: 'En attente d’une réponse',
  done: 'Close',
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
