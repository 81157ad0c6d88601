/** The words of a conversation's messages, in French. */
import type { LaterWhy, RefusalCode } from '../../shared/protocol/outcome.ts';
import { dayText } from './day-text.ts';
import { listText } from './format.ts';

const lang = 'fr';

/** By number: too much, the relay’s fault, after its question, from this network, not said. */
const laterWhy: Readonly<Record<LaterWhy, string>> = [
  'Trop de messages d’affilée',
  'Le comptoir n’a pas pu l’enregistrer',
  'Part après votre question',
  'Trop de messages depuis ce réseau',
  'Pas encore pris',
];

export const threadFr = {
  day: (at: number, now: number): string => dayText(lang, at, now),
  messages: 'Messages',
  says: (name: string): string => `${name}\u00a0: `,
  earlier: 'Messages précédents',
  newer: 'Messages suivants',
  newMessages: 'Nouveaux messages',
  newCount: (count: number): string =>
    count > 1 ? `${count}\u00a0nouveaux messages` : '1\u00a0nouveau message',
  toEnd: 'Aller au dernier message',
  typing: (names: readonly string[]): string =>
    `${listText(lang, names)} ${names.length > 1 ? 'écrivent' : 'écrit'}`,
  unreadable: 'Rechargez la page pour voir ce message.',
  noAccess: 'Cette conversation n’est pas lisible depuis cet appareil.',
  // A message of one's own
  kept: 'Gardé sur cet appareil',
  received: 'Reçu',
  read: 'Lu',
  later: (inMs: number, why?: LaterWhy): string =>
    `${laterWhy[why ?? 0] ?? laterWhy[4]}, renvoi dans ${Math.max(1, Math.ceil(inMs / 1_000))}\u00a0s`,
  held: 'Relu avant publication\u00a0: vous seul le voyez',
  refused: {
    forbidden: 'Non publié\u00a0: vous ne pouvez pas écrire ici.',
    full: 'Non publié\u00a0: cette conversation est pleine.',
    blocked: 'Non publié\u00a0: cet appareil ne peut plus écrire ici.',
    removed: 'Non publié\u00a0: cet appareil n’est plus relié.',
    erased: 'Non publié\u00a0: ce message a été effacé.',
    'unknown-space': 'Non publié\u00a0: ce comptoir n’existe pas.',
    'unknown-conversation': 'Non publié\u00a0: cette conversation n’existe plus.',
    'too-long': 'Non publié\u00a0: ce message est trop long.',
    'not-plain': 'Non publié\u00a0: ce message contient des caractères invisibles.',
    moderated: 'Non publié\u00a0: des mots, un lien ou un numéro n’ont pas leur place ici.',
    malformed: 'Non publié\u00a0: ce message est abîmé.',
    'bad-key': 'Non publié\u00a0: la clé de cet appareil ne convient pas.',
    'bad-signature': 'Non publié\u00a0: la signature de ce message n’est pas la bonne.',
    'unknown-kind': 'Non publié\u00a0: le comptoir ne connaît pas encore cette action.',
    'unknown-version': 'Non publié\u00a0: le comptoir est plus ancien que cette page.',
  } satisfies Record<RefusalCode, string> as Readonly<Record<string, string>>,
  // By a relay of a later release, for a reason that this page does not know.
  refusedElse: 'Non publié. Rechargez la page pour savoir pourquoi.',
  edit: 'Modifier',
  withdraw: 'Retirer',
  withdrawSure: 'Retirer\u202f?',
  // What can be done with a message
  actions: 'Actions sur ce message',
  quote: 'Répondre',
  copy: 'Copier le texte',
  copied: 'Texte copié',
  notCopied: 'Cette page ne permet pas de copier.',
  answers: 'En réponse à',
  toQuoted: 'Aller à ce message',
  quoting: 'Vous répondez à',
  quoteDrop: 'Ne plus répondre à ce message',
  gone: { withdrawn: 'Message retiré', hidden: 'Message masqué', absent: 'Message indisponible' },
  // Acts, one line each
  notes: {
    claimed: (name: string, mine: boolean): string =>
      mine ? 'Vous avez pris cette conversation' : `${name} s’en occupe`,
    claimedHere: 'Prise sur cet appareil, les autres ne le savent pas encore',
    released: (name: string, mine: boolean): string =>
      mine ? 'Vous avez passé la main' : `${name} a passé la main`,
    lapsed: (name: string, mine: boolean): string =>
      mine
        ? 'Vous étiez hors de portée\u00a0: la conversation attend de nouveau'
        : `${name} n’est plus là`,
    closed: (name: string, mine: boolean): string =>
      mine ? 'Vous avez terminé la conversation' : `${name} a terminé la conversation`,
    reopened: (name: string, mine: boolean): string =>
      mine ? 'Vous avez rouvert la conversation' : `${name} a rouvert la conversation`,
    retracted: (name: string, mine: boolean): string =>
      mine ? 'Vous avez retiré un message' : `${name} a retiré un message`,
    contested: (name: string, mine: boolean): string =>
      mine ? 'Quelqu’un d’autre avait déjà pris cette conversation' : `${name} l’a prise aussi`,
  },
};

/** The catalogue's shape: other languages have all of it. */
export type ThreadWords = typeof threadFr;
