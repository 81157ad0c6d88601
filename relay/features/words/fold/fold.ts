/**
 * A text as the filter reads it: without case, accents, invisible characters and look-alikes. Each code
 * point folds by itself, so every sign of the result knows where in the text it stands.
 */
import { MOST_SIGNS, foldTable } from './fold-table.ts';

export interface Folded {
  /** Lower case; anything between words is a space or ASCII punctuation. `I`: a capital I inside a word. */
  readonly text: string;
  /** Where the character of a sign begins in the text. */
  at(sign: number): number;
}

/** Blocks of letters that are not looked up: CJK, Yi, Hangul, and what is far above. */
const LETTERS = [
  [0x3400, 0xa4d0],
  [0xac00, 0xd7b0],
  [0x12000, 0x16e00],
  [0x17000, 0x1d000],
  [0x20000, 0x30000],
] as const;

const isLetter = (code: number): boolean =>
  LETTERS.some(([from, until]) => code >= from && code < until);
/** ASCII, folded. */
const SMALL = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code).toLowerCase());
const CAPITAL_I = 0x49;
/** It looks like a small l where a small letter stands before it. */
const INNER_CAPITAL = /(?<=[a-z])I/g;

const itself = (sign: number): number => sign;

/** @param text at most 16,000 units; people write less. */
export function fold(text: string): Folded {
  // oxlint-disable-next-line no-control-regex
  if (/^[\0-\x7f]*$/.test(text)) return { text: foldAscii(text), at: itself };
  const table = foldTable();
  const at = new Uint16Array(text.length * MOST_SIGNS);
  let folded = '';
  for (let index = 0; index < text.length; index++) {
    const start = index;
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      at[folded.length] = start;
      folded += unit === CAPITAL_I && isSmall(text.charCodeAt(index - 1)) ? 'I' : SMALL[unit]!;
      continue;
    }
    const code = text.codePointAt(index)!;
    if (code > 0xffff) index++;
    const signs =
      table.get(code >> 8)?.[code & 0xff] ?? (isLetter(code) ? String.fromCodePoint(code) : ' ');
    for (let sign = 0; sign < signs.length; sign++) at[folded.length + sign] = start;
    folded += signs;
  }
  return { text: folded, at: (sign) => at[sign]! };
}

const isSmall = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;

function foldAscii(text: string): string {
  if (!text.includes('I')) return text.toLowerCase();
  return text.replaceAll(INNER_CAPITAL, '\0').toLowerCase().replaceAll('\0', 'I');
}
