/** Words that the widget and the desk share, in French. Narrow no-break spaces before ? ! ; are U+202F. */
import { agoText, listText, momentText, shortDateText, timeText } from './format.ts';

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
  shortDate: (at: number, now: number): string => shortDateText(lang, at, now),
  asked: (at: number, now: number): string => `posée ${agoText(lang, at, now)}`,
  list: (names: readonly string[]): string => listText(lang, names),
  loading: 'Chargement',
  // The composer
  send: 'Envoyer',
  noFiles: 'Les fichiers ne passent pas ici. Décrivez ce qu’on y voit.',
  left: (count: number): string =>
    count >= 0
      ? `Encore ${count}\u00a0caractère${count > 1 ? 's' : ''}`
      : `${(-count).toLocaleString(lang)}\u00a0caractère${count < -1 ? 's' : ''} de trop`,
  // The network line
  offline: 'Pas de réseau.',
  offlineHow: 'Continuez d’écrire\u00a0: tout est gardé ici et partira au retour.',
  away: 'Le comptoir est injoignable.',
  awayHow: 'Continuez d’écrire\u00a0: tout est gardé ici et partira au retour.',
  awayNever: 'Le comptoir n’a encore jamais répondu ici.',
  noWay: 'Le comptoir ne peut pas être joint depuis cette page.',
  waiting: (count: number): string =>
    count > 1 ? `${count}\u00a0messages partiront au retour.` : '1\u00a0message partira au retour.',
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
