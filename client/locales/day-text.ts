/** The line above a day of messages. */
import { daysSince, named, once, startOf } from './format.ts';

const day = once(
  (lang) => new Intl.DateTimeFormat(lang, { weekday: 'long', day: 'numeric', month: 'long' }),
);
const dayWithYear = once((lang) => new Intl.DateTimeFormat(lang, { dateStyle: 'long' }));
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** A stable name of the calendar day, to tell when it changes. */
export const dayKey = startOf;

/** `Aujourd’hui`, `Hier`, `Lundi 3 octobre` */
export function dayText(lang: string, time: number, now: number): string {
  const days = daysSince(time, now);
  if (days === 0 || days === 1) return capital(named(lang).format(-days, 'day')).replace("'", '’');
  const far = new Date(time).getFullYear() !== new Date(now).getFullYear();
  return capital((far ? dayWithYear : day)(lang).format(time));
}
