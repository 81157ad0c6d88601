/** The desk's dialog that blocks somebody, in French. */
import type { DeskWords } from './desk-words.ts';
import { momentText } from './format.ts';

export const deskBlockFr: DeskWords['block'] = {
  open: 'Bloquer…',
  title: (name) => `Bloquer ${name}`,
  intro: 'Une personne bloquée peut encore lire, mais plus écrire.',
  whom: 'Qui bloquer',
  choices: {
    member: { name: 'Cette personne', hint: 'Sur tous ses appareils.' },
    device: { name: 'Cet appareil seulement', hint: 'Celui d’où vient son dernier message.' },
    network: { name: 'Tout son réseau' },
  },
  touches: ({ networks, others, spared }) => {
    if (networks === 0) return 'Aucune adresse n’est gardée pour cette personne.';
    const people =
      others === null
        ? 'On ne sait pas combien de personnes écrivent depuis ce réseau.'
        : others === 0
          ? 'Personne d’autre n’a écrit depuis ce réseau cette semaine.'
          : others === 1
            ? '1\u00a0autre personne a écrit depuis ce réseau cette semaine et serait bloquée aussi.'
            : `${others}\u00a0autres personnes ont écrit depuis ce réseau cette semaine et seraient bloquées aussi.`;
    return spared === 0 ? people : `${people} Les aides de ce réseau peuvent continuer.`;
  },
  touchesUnknown: 'On ne sait pas qui d’autre écrit depuis ce réseau.',
  counting: 'On compte qui d’autre écrit depuis ce réseau.',
  howLong: 'Pour combien de temps',
  lengths: ['1\u00a0heure', '24\u00a0heures', '7\u00a0jours', 'Sans limite'],
  reason: 'Motif, pour s’en souvenir',
  confirm: 'Bloquer',
  cancel: 'Annuler',
  close: 'Fermer',
  done: {
    member: 'Personne bloquée\u00a0: ses messages ne passent plus.',
    device: 'Appareil bloqué\u00a0: ses messages ne passent plus.',
    network: 'Réseau bloqué\u00a0: ses messages ne passent plus.',
  },
  held: (count) => (count < 2 ? 'Un blocage en cours' : `${count}\u00a0blocages en cours`),
  subjects: {
    member: (who) => `Personne ${who}`,
    device: (which) => `Appareil ${which}`,
    address: (width) => `Réseau ${width}`,
  },
  until: (at) => `jusqu’au ${momentText('fr', at)}`,
  forGood: 'sans limite',
  lift: 'Débloquer',
  lifted: 'Blocage levé.',
  liftThis: (what) => `Débloquer\u00a0: ${what}`,
  problems: {
    offline: 'Il faut être en ligne pour cela.',
    forbidden: 'Seuls les responsables de tous les espaces peuvent bloquer.',
    'not-found': 'Aucune adresse n’est gardée pour cette personne.',
    'no-session': 'Ce navigateur n’est plus reconnu. Rechargez la page.',
    'too-many': 'Trop de changements à la fois. Réessayez dans une minute.',
    unavailable: 'Cela n’a pas abouti. Réessayez dans un instant.',
    'bad-request': 'Le motif contient des caractères invisibles.',
  },
  problemElse: 'Cela n’a pas abouti. Rechargez la page pour savoir pourquoi.',
};
