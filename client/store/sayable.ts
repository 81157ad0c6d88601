/** What a person may say: cleaned of what no entry takes. */
import { isSayable } from '../../shared/entry/schema/field.ts';
import type { Page } from '../../shared/entry/schema/field.ts';
import { Limits } from '../../shared/limits.ts';

/** The text to send, or null if there is nothing to say or too much. */
export function sayable(text: string): string | null {
  const clean = text
    .replaceAll(/\r\n?/g, '\n')
    // eslint-disable-next-line no-control-regex -- control characters are what is taken out
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .trim();
  return isSayable(clean) && clean.length <= Limits.textLength ? clean : null;
}

/** The page a question is asked from, in the form that an entry takes: a web address or nothing. */
export function pageOf({ url, title }: Page): Page {
  const web = /^https?:\/\//i.test(url) && url.length <= Limits.urlLength;
  return { url: web ? url : '', title: title.slice(0, Limits.titleLength) };
}
