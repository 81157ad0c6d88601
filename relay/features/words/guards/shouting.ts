/** Whether a text shouts: long, and nearly all in capitals. */

const FEWEST_LETTERS = 24;
const FEWEST_WORDS = 4;
/** Small letters of a hundred that a shout may have. */
const MOST_SMALL = 0.15;

export function isShouted(text: string): boolean {
  if (text.length < FEWEST_LETTERS) return false;
  const mostSmall = text.length * MOST_SMALL;
  let large = 0;
  let small = 0;
  for (const sign of text) {
    const isSmall = sign >= 'a' && sign <= 'z' ? true : sign !== sign.toUpperCase();
    if (isSmall) small++;
    else if (sign !== sign.toLowerCase()) large++;
    if (small > mostSmall) return false;
  }
  const letters = large + small;
  if (letters < FEWEST_LETTERS || small > letters * MOST_SMALL) return false;
  // Sizes and references are in capitals too.
  return (text.match(/\p{L}{3,}/gu) ?? []).length >= FEWEST_WORDS;
}
