/** What a person may write in one line: names, labels, notes, titles. */
import { cutText } from './cut-text.ts';
import { cleanText, isPlainText, isVisible } from './plain-text.ts';

/** Flags of countries inside countries are written with invisible letters. */
const FLAG = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f}/gu;

/**
 * What a line does not have besides: breaks, tabs, and what does not show. Joiners and variations stay:
 * Persian, Mongolian, names in Japanese and emoji are written with them.
 */
const HIDDEN =
  /[\t\n\u2800\ufffc\u{13441}\u{13442}\u{1d159}]|(?![\u180b-\u180f]|\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}])\p{DI}/u;

/** Marks that cover the line above. */
const TOWER = /\p{M}{6}/u;

/** Whether a text is one line of plain text. It may be empty. */
export const isPlainLine = (text: string): boolean =>
  isPlainText(text) && !TOWER.test(text) && !HIDDEN.test(text.replaceAll(FLAG, ''));

const shown = (text: string): string =>
  text.replaceAll(new RegExp(`(${FLAG.source})|${HIDDEN.source}`, 'gu'), '$1');

/** One line of at most so many UTF-16 units, without what a line may not have. */
export function cleanLine(text: string, longest: number): string {
  const line = shown(cleanText(text).replaceAll(/\s+/g, ' '))
    .replaceAll(/(\p{M}{5})\p{M}+/gu, '$1')
    .trim();
  // Cutting may leave half a flag.
  const short = shown(cutText(line, longest)).trim();
  return isVisible(short) ? short : '';
}
