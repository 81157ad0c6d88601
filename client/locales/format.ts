/** Dates and lists in a language, by Intl. Formatters are costly to make, so each is made once. */

/** The reader's own country, where the browser names one: hours and dates are written otherwise in London and New York. */
const regional = (lang: string): string =>
  navigator.languages.find((tag) => tag.startsWith(`${lang}-`)) ?? lang;

/** Makes what a language needs once, for the reader's own country. */
export function once<T>(make: (lang: string) => T): (lang: string) => T {
  const made = new Map<string, T>();
  return (lang) => {
    const known = made.get(lang);
    if (known !== undefined) return known;
    const value = make(regional(lang));
    made.set(lang, value);
    return value;
  };
}

const clock = once((lang) => new Intl.DateTimeFormat(lang, { timeStyle: 'short' }));
const shortDay = once((lang) => new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short' }));
const ago = once((lang) => new Intl.RelativeTimeFormat(lang, { style: 'short' }));
export const named = once((lang) => new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }));
/**
 * What the first message on screen needs of a language. Each takes as long to make as a screen takes to draw,
 * so that it is made before, by itself.
 */
export const firstNeeded = [clock, named] as const;
const list = once((lang) => new Intl.ListFormat(lang, { type: 'conjunction' }));

export const startOf = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
/** Calendar days from a time to now; rounded, since a day may have 23 hours. */
export const daysSince = (time: number, now: number): number =>
  Math.round((startOf(now) - startOf(time)) / 86_400_000);

/** `14:02` */
export const timeText = (lang: string, time: number): string => clock(lang).format(time);

/** For a list: `14:02`, `hier`, `3 oct.` */
export function shortDateText(lang: string, time: number, now: number): string {
  const days = daysSince(time, now);
  if (days <= 0) return timeText(lang, time);
  return days === 1 ? named(lang).format(-1, 'day') : shortDay(lang).format(time);
}

/** `il y a 5 min`, `à l’instant`; moves with the clock. */
export function agoText(lang: string, time: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - time) / 1_000));
  if (seconds < 10) return lang.startsWith('fr') ? 'à l’instant' : 'just now';
  const [amount, unit] =
    seconds < 60
      ? ([seconds, 'second'] as const)
      : seconds < 3_600
        ? ([Math.floor(seconds / 60), 'minute'] as const)
        : seconds < 86_400
          ? ([Math.floor(seconds / 3_600), 'hour'] as const)
          : ([Math.floor(seconds / 86_400), 'day'] as const);
  return ago(lang).format(-amount, unit).replace('.', '');
}

/** `3 oct., 14:02` */
export const momentText = (lang: string, time: number): string =>
  `${shortDay(lang).format(time)} ${timeText(lang, time)}`;

/** `Maud, Idris et Solène` */
export const listText = (lang: string, names: readonly string[]): string =>
  list(lang).format(names);
