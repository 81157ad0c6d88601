/** Words that the widget and the desk share, in French. Narrow no-break spaces before ? ! ; are U+202F. */
import type { RefusalCode } from '../../shared/protocol/outcome.ts';
import { agoText, dayText, listText, momentText, shortDateText, timeText } from './format.ts';

const lang = 'fr';

export const commonFr = {
  lang: lang as string,
  // Who
  roles: {
    visitor: 'Visite',
    helper: 'Aide',
    guardian: 'Aide',
    staff: 'Magasin',
    expert: 'Expertise',
    manager: 'Magasin',
    relay: 'Comptoir',
  },
  you: 'Vous',
  nameless: 'Quelqu’un',
  here: 'ici',
  unknown: 'inconnu',
  seen: (at: number, now: number): string => `là ${agoText(lang, at, now)}`,
  // When
  time: (at: number): string => timeText(lang, at),
  day: (at: number, now: number): string => dayText(lang, at, now),
  shortDate: (at: number, now: number): string => shortDateText(lang, at, now),
  ago: (at: number, now: number): string => agoText(lang, at, now),
  list: (names: readonly string[]): string => listText(lang, names),
  // The thread
  messages: 'Messages',
  says: (name: string): string => `${name}\u00a0: `,
  earlier: 'Messages précédents',
  newMessages: 'Nouveaux messages',
  newCount: (count: number): string =>
    count > 1 ? `${count} nouveaux messages` : '1 nouveau message',
  toEnd: 'Aller au dernier message',
  typing: (names: readonly string[]): string =>
    `${listText(lang, names)} ${names.length > 1 ? 'écrivent' : 'écrit'}`,
  loading: 'Chargement',
  unreadable: 'Rechargez la page pour voir ce message.',
  noAccess: 'Cette conversation n’est pas lisible depuis cet appareil.',
  // A message of one's own
  kept: 'Gardé sur cet appareil',
  received: 'Reçu',
  read: 'Lu',
  later: (inMs: number): string =>
    `Trop de messages d’affilée, renvoi dans ${Math.max(1, Math.ceil(inMs / 1_000))}\u00a0s`,
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
  } as Partial<Record<RefusalCode, string>>,
  refusedElse: 'Non publié.',
  edit: 'Modifier',
  withdraw: 'Retirer',
  withdrawSure: 'Retirer\u202f?',
  // Acts, one line each
  notes: {
    claimed: (name: string, mine: boolean): string =>
      mine ? 'Vous avez pris cette conversation' : `${name} s’en occupe`,
    claimedHere: 'Prise ici, pas encore connue des autres',
    released: (name: string, mine: boolean): string =>
      mine ? 'Vous avez rendu cette conversation' : `${name} passe la main`,
    lapsed: (name: string, mine: boolean): string =>
      mine
        ? 'Vous étiez hors de portée\u00a0: la conversation est rendue'
        : `${name} n’est plus là`,
    closed: (name: string, mine: boolean): string =>
      mine ? 'Vous avez clos la conversation' : `${name} a clos la conversation`,
    reopened: (name: string, mine: boolean): string =>
      mine ? 'Vous avez rouvert la conversation' : `${name} a rouvert la conversation`,
    retracted: (name: string, mine: boolean): string =>
      mine ? 'Vous avez retiré un message' : `${name} a retiré un message`,
    contested: (name: string, mine: boolean): string =>
      mine ? 'Quelqu’un d’autre avait déjà pris cette conversation' : `${name} l’a prise aussi`,
  },
  // The composer
  send: 'Envoyer',
  left: (count: number): string =>
    count >= 0
      ? `Encore ${count} signe${count > 1 ? 's' : ''}`
      : `${-count} signe${count < -1 ? 's' : ''} de trop`,
  // The network line
  offline: 'Pas de réseau.',
  offlineHow: 'Continuez d’écrire\u00a0: tout est gardé ici et partira au retour.',
  away: 'Le comptoir est injoignable.',
  awayHow: 'Continuez d’écrire\u00a0: tout est gardé ici et partira au retour.',
  waiting: (count: number): string =>
    count > 1 ? `${count} messages partiront au retour.` : '1 message partira au retour.',
  reload: 'Une version plus récente est prête.',
  reloadHow: 'Rechargez la page\u00a0: rien n’est perdu.',
  blocked: (until: number | null): string =>
    until === null
      ? 'Vous ne pouvez plus écrire ici.'
      : `Vous ne pouvez plus écrire ici jusqu’au ${momentText('fr', until)}.`,
  blockedHow: 'Ce qui est ici reste lisible, votre brouillon aussi.',
  refusedLink: 'Ce comptoir n’accepte pas cet appareil.',
  refusedLinkHow: 'Ce qui est ici reste lisible.',
  storageFull: 'Cet appareil n’a plus de place.',
  storageFailed: 'Cet appareil ne garde rien.',
  storageHow: 'Votre texte reste dans la zone de saisie.',
  retry: 'Réessayer',
};

/** The catalogue's shape: other languages have all of it. */
export type CommonWords = typeof commonFr;
