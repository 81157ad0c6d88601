/** The words of the widget's later screens, in French. */
import type { DeviceEnd } from '../store/sync-port.ts';
import { agoText, listText, promised } from './format.ts';

const lang = 'fr';

export const laterFr = {
  // A conversation
  add: 'Ajouter un détail',
  reply: 'Répondre',
  replyAnyway: 'Écrire quand même',
  sent: (at: number, now: number): string => `envoyée ${agoText(lang, at, now)}`,
  keptHere: 'gardée sur cet appareil',
  presenceUnknown: 'présence inconnue',
  someHere: (names: readonly string[]): string =>
    names.length > 1 ? `${listText(lang, names)} sont ici` : `${names[0] ?? ''} est ici`,
  here: 'ici',
  allHere: 'ici en ce moment',
  closed: 'conversation close',
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
  // After this device forgot what it held
  ended: {
    removed: 'Cet appareil n’est plus relié.',
    'other-member': 'Une autre personne est connectée au site.',
    'signed-out': 'La session sur le site est terminée.',
  } satisfies Record<DeviceEnd, string>,
  endedHow: 'Ce qui était gardé ici est effacé.',
  understood: 'Compris',
  // The list
  talksHow: 'Lisibles aussi sans réseau',
  talksEmpty: 'Rien ici pour l’instant',
  talksEmptyHow: 'Vos questions et leurs réponses resteront sur cet appareil, même sans réseau.',
  newQuestion: 'Poser une question',
  mine: (text: string): string => `Vous\u00a0: ${text}`,
  toSend: 'À envoyer',
  waiting: 'En attente d’une réponse',
  done: 'Close',
  // What the page says of the visitor
  told: 'Ce que le site indique de vous',
  toldShort: (names: readonly string[]): string =>
    `Le site indique aussi au comptoir\u00a0: ${listText(lang, names)}.`,
  toldHow: 'Seules les personnes du comptoir qui vous répondent le voient. Rien n’en est gardé.',
  // Questions of others
  questions: 'Questions qui attendent une réponse',
  noQuestions: 'Aucune autre question pour l’instant.',
  beforeCut: 'Telles qu’elles étaient avant la coupure.',
  moreQuestions: (count: number): string =>
    count > 1 ? `Voir les ${count} autres` : 'Voir l’autre',
  asked: (at: number, now: number): string => `posée ${agoText(lang, at, now)}`,
  answerersCount: (count: number): string => {
    if (count === 0) return 'sans réponse';
    return count > 1 ? `${count} personnes ont répondu` : '1 personne a répondu';
  },
  // The invitation
  invitation: 'Pouvez-vous aider\u202f?',
  putAway: 'Ranger cette invitation',
  // A public conversation
  publicHere: 'Visible de tous ici',
  answerHere: 'Écrivez votre réponse',
  answerRead: 'Tout le monde ici lira votre réponse.',
  closedGuest: 'Cette conversation est close.',
  shut: 'Seul le comptoir répond ici désormais.',
  draftKept: 'Votre texte reste sur cet appareil.',
  notHere:
    'Cette question n’est pas encore sur cet appareil. Elle s’affichera au retour du réseau.',
};

/** The catalogue's shape: other languages have all of it. */
export type LaterWords = typeof laterFr;
