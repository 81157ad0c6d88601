/** The few words that stand on a page before anybody opens the chat. Small, and importing nothing: the loader shares no module with the rest. */

const fr = {
  lang: 'fr' as string,
  ask: 'Une question\u202f?',
  here: (count: number): string => (count > 1 ? `${count} personnes ici` : '1 personne ici'),
  unknown: 'présence inconnue',
  later: 'on vous répond ici',
  opening: 'ouverture',
  failed: 'La discussion ne s’ouvre pas pour le moment.',
  retry: 'Réessayer',
  close: 'Fermer',
};

export type LauncherWords = typeof fr;

const en: LauncherWords = {
  lang: 'en',
  ask: 'A question?',
  here: (count) => (count === 1 ? '1 person here' : `${count} people here`),
  unknown: 'presence unknown',
  later: 'we answer here',
  opening: 'opening',
  failed: 'The chat cannot open now.',
  retry: 'Try again',
  close: 'Close',
};

export const launcherWords = (isFrench: boolean): LauncherWords => (isFrench ? fr : en);
