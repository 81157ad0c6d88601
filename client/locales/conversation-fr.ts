/** The words of the visitor's conversations, in French. */
import { agoText, listText } from './format.ts';

const lang = 'fr';

export const conversationFr = {
  // A conversation
  add: 'Ajouter un détail',
  reply: 'Répondre',
  replyAnyway: 'Écrire quand même',
  sent: (at: number, now: number): string => `envoyée ${agoText(lang, at, now)}`,
  presenceUnknown: 'présence inconnue',
  someHere: (names: readonly string[]): string =>
    names.length > 1 ? `${listText(lang, names)} sont ici` : `${names[0] ?? ''} est ici`,
  here: 'ici',
  allHere: 'ici en ce moment',
  closed: 'conversation terminée',
  calling: (names: readonly string[]): string => `On prévient ${listText(lang, names)}`,
  callingAll: 'On prévient le comptoir',
  callingHow: 'Continuez votre visite, la réponse vous suit de page en page.',
  claimed: (name: string): string => `${name} prépare sa réponse`,
  nobody: 'Personne au comptoir en ce moment',
  nobodyHow: 'Continuez votre visite\u00a0: on vous répond ici.',
  kept: 'Vous pouvez quitter cette page',
  keptHow: 'Votre question partira à votre prochaine visite, s’il le faut.',
  closedHow: 'Cette conversation est terminée. Écrivez pour la rouvrir.',
  full: 'Cette conversation est pleine.',
  fullHow: 'Ce que vous écrivez maintenant ouvrira une nouvelle question.',
  // The list
  conversationsHow: 'Elles se lisent aussi sans réseau',
  conversationsEmpty: 'Rien ici pour l’instant',
  conversationsEmptyHow:
    'Vos questions et leurs réponses resteront sur cet appareil, même sans réseau.',
  newQuestion: 'Poser une question',
  mine: (text: string): string => `Vous\u00a0: ${text}`,
  theirs: (name: string, text: string): string => `${name}\u00a0: ${text}`,
  toSend: 'À envoyer',
  waiting: 'En attente d’une réponse',
  done: 'Terminée',
  // A public conversation
  publicHere: 'Visible de tous ici',
  answerHere: 'Écrivez votre réponse',
  answerRead: 'Tout le monde ici lira votre réponse.',
  closedGuest: 'Cette conversation est terminée.',
  shut: 'Seul le comptoir répond ici désormais.',
  draftKept: 'Votre texte reste sur cet appareil.',
  notHere:
    'Cette question n’est pas encore sur cet appareil. Elle s’affichera au retour du réseau.',
};

/** The catalogue's shape: other languages have all of it. */
export type ConversationWords = typeof conversationFr;
