/** What a person may say: cleaned of what no entry takes. */
import type { ContentOf } from '../../shared/entry/content.ts';
import type { Page } from '../../shared/entry/schema/field.ts';
import { Limits } from '../../shared/limits.ts';
import { isWebAddress } from '../../shared/text/names.ts';
import { cleanText } from '../../shared/text/plain-text.ts';
import type { Draft } from './drafts.ts';

/** The text to send, or null if there is nothing to say or too much. */
export function sayable(text: string): string | null {
  const clean = cleanText(text).trim();
  return clean !== '' && clean.length <= Limits.textLength ? clean : null;
}

/** What a draft says, or null if it is nothing or too much. */
export function sayOf({ text, quotes }: Draft): ContentOf<'say'> | null {
  const clean = sayable(text);
  return clean === null ? null : { kind: 'say', text: clean, ...(quotes && { quotes }) };
}

/** The page a question is asked from, in the form that an entry takes: a web address or nothing. */
export function pageOf({ url, title }: Page): Page {
  // Cut first: what is left of a character that was cut is cleaned away.
  const shown = cleanText(title.slice(0, Limits.titleLength)).replaceAll(/\s+/g, ' ');
  const web = isWebAddress(url) && url.length <= Limits.urlLength;
  return { url: web ? url : '', title: shown };
}
