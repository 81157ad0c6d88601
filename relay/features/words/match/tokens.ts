/** A folded text in words. */
import type { Folded } from '../fold/fold.ts';

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** Whether it is of letters alone. */
  readonly isPlain: boolean;
}

/** Letters and digits of a folded text. */
const isWordSign = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === 0x49 ||
  (code >= 0x80 && code !== 0x20ac && code !== 0xa3);

/** @param skips ranges of the text that are not read, in order. */
export function tokensOf(
  { text, at }: Folded,
  skips: readonly (readonly [number, number])[],
): Token[] {
  const tokens: Token[] = [];
  let skip = 0;
  for (let index = 0; index < text.length; index++) {
    if (!isWordSign(text.charCodeAt(index))) continue;
    const start = index;
    let isPlain = true;
    for (; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (!isWordSign(code)) break;
      if (code < 0x61) isPlain = false;
    }
    while (skip < skips.length && skips[skip]![1] <= at(start)) skip++;
    if (skip < skips.length && skips[skip]![0] <= at(start)) continue;
    tokens.push({ start, end: index, word: text.slice(start, index), isPlain });
  }
  return tokens;
}
