/** The widget's words for an open space, in French: they come with the later screens. */
import { agoText } from './format.ts';

const lang = 'fr';

export const openFr = {
  lang: lang as string,
  // Questions of others
  questions: 'Questions qui attendent une réponse',
  none: 'Aucune autre question pour l’instant.',
  before: 'Telles qu’elles étaient avant la coupure.',
  more: (count: number): string => (count > 1 ? `Voir les ${count} autres` : 'Voir l’autre'),
  asked: (at: number, now: number): string => `posée ${agoText(lang, at, now)}`,
  answerers: (count: number): string => {
    if (count === 0) return 'sans réponse';
    return count > 1 ? `${count} personnes ont répondu` : '1 personne a répondu';
  },
  // The invitation
  invitation: 'Pouvez-vous aider\u202f?',
  putAway: 'Ranger cette invitation',
  // A public conversation
  public: 'Visible de tous ici',
  answer: 'Écrivez votre réponse',
  answerRead: 'Tout le monde ici lira votre réponse.',
  closed: 'Cette conversation est close.',
  shut: 'Seul le comptoir répond ici désormais.',
  draftKept: 'Votre texte reste sur cet appareil.',
  notHere:
    'Cette question n’est pas encore sur cet appareil. Elle s’affichera au retour du réseau.',
};

export type OpenWords = typeof openFr;
