/** The widget's words, in French. */
import { listText } from './format.ts';

const lang = 'fr';

export const chatFr = {
  lang: lang as string,
  title: 'Comptoir',
  chat: 'Discussion',
  close: 'Fermer',
  back: 'Retour',
  more: 'Réglages',
  conversations: 'Mes conversations',
  conversationsCount: (count: number): string =>
    count > 1 ? `Mes ${count}\u00a0conversations` : 'Ma conversation',
  unread: (count: number): string =>
    count > 1 ? `${count}\u00a0messages non lus` : '1\u00a0message non lu',
  // A conversation that goes on, by the launcher
  waits: 'pas encore de réponse',
  withThem: (names: readonly string[]): string =>
    names.length > 0 ? `avec ${listText(lang, names)}` : 'conversation en cours',
  keptHere: 'gardée sur cet appareil',
  // The preview
  answered: (name: string): string => `${name} vous a répondu`,
  somebody: 'On',
  hide: 'Masquer cet aperçu',
  // Welcome
  counter: 'Au comptoir',
  asleep: 'Le comptoir dort, votre question non.',
  asleepHow: 'Posez-la maintenant\u00a0: on vous répond ici.',
  often: 'On demande souvent',
  oftenHow: 'Choisissez-en une\u00a0: elle s’écrit en bas.',
  ask: 'Écrivez votre question',
  fine: 'Sans inscription.',
  fineOpen: 'Sans inscription. Votre question sera visible de tous ici.',
  charter: 'Charte d’entraide',
  // A conversation that is being opened
  replyEarly: 'Vous pouvez déjà écrire',
  opening: 'Ouverture',
  // Where it cannot open
  unsupported: 'Ce navigateur ne peut pas ouvrir la discussion.',
  storageClosed: 'Ce navigateur ne garde rien ici\u00a0: la discussion ne peut pas s’ouvrir.',
};

export type ChatWords = typeof chatFr;
