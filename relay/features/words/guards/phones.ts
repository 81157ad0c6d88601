/** Phone numbers as people write them. References, prices, dates and bar codes are none. */

export interface Place {
  /** UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const SHAPES = [
  // With the country: + or 00, then 8 to 15 digits.
  /(?<![\p{L}\p{N}.])\+[1-9](?:[ ().\-\u00a0\u202f]{0,3}\d){7,14}(?!\d)/gu,
  /(?<![\p{L}\p{N}.,-])00[1-9](?:[ ().\-\u00a0\u202f]{0,3}\d){9,13}(?!\d)/gu,
  // French: 0 and nine more, in one piece or in pairs.
  /(?<![\p{L}\p{N}.,+-])0[1-9](?:[ .\-/\u00a0\u202f]?\d\d){4}(?![\p{L}\p{N}])/gu,
  // British, and others that begin with 0: groups of three or more.
  /(?<![\p{L}\p{N}.,+-])\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}(?![\p{L}\p{N}-])/gu,
  // American.
  /(?<![\p{L}\p{N}.,+-])\(?[2-9]\d{2}\)?[ .-]{1,2}[2-9]\d{2}[.-]\d{4}(?![\p{L}\p{N}-])/gu,
] as const;

export function phonesIn(text: string): Place[] {
  // Most texts have no seven digits.
  if (!/\d(?:\D{0,3}\d){6}/.test(text)) return [];
  const found: Place[] = [];
  for (const shape of SHAPES)
    for (const { 0: number, index } of text.matchAll(shape))
      if (!found.some(({ start, end }) => index < end && start < index + number.length))
        found.push({ start: index, end: index + number.length });
  return found;
}
