/** What each character folds to: made once, block by block, from Unicode's own tables. */
import { lookAlikes } from './look-alikes.ts';

/** By the code point's upper bits; each block has 256. */
export type FoldTable = ReadonlyMap<number, readonly string[]>;

/** What is looked up. Letters of other blocks stand for themselves, and what is no letter for a space. */
const RANGES = [
  [0x80, 0x3400],
  [0xa4d0, 0xac00],
  [0xf900, 0x12000],
  [0x16e00, 0x17000],
  [0x1d000, 0x1e000],
  [0x1e900, 0x1ea00],
  [0x1f100, 0x1f200],
  [0xe0000, 0xe1000],
] as const;
/** Letters that NFKD keeps whole, and signs that may stand for one. */
const TOGETHER = Object.entries({
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ŧ: 't',
  ƒ: 'f',
  '€': '€',
  '£': '£',
});
/** Blocks of letters in boxes and flags that NFKD leaves alone, each in the order of the alphabet. */
const ALPHABETS = [0x1f150, 0x1f170, 0x1f1e6];
/** A character that becomes more, such as U+FDFA, says nothing that a list would name. */
export const MOST_SIGNS = 4;

const INVISIBLE = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
// oxlint-disable-next-line no-control-regex
const NO_LETTER = /[^\p{L}\p{N}\0-\x7f€£]/gu;
// oxlint-disable-next-line no-control-regex
const IS_ASCII = /^[\0-\x7f]*$/;
/** Between the characters of a block, for all to be folded at once. */
const BETWEEN = '\n';

let made: FoldTable | null = null;

export function foldTable(): FoldTable {
  return (made ??= makeTable());
}

function makeTable(): FoldTable {
  const alike = new Map(TOGETHER);
  for (const [letter, characters] of Object.entries(lookAlikes))
    for (const character of characters) alike.set(character, letter);
  const table = new Map<number, readonly string[]>();
  for (const [from, until] of RANGES)
    for (let block = from >> 8; block << 8 < until; block++)
      if (!table.has(block)) table.set(block, foldBlock(block << 8, alike));
  return table;
}

function foldBlock(first: number, alike: ReadonlyMap<string, string>): readonly string[] {
  // ASCII is not looked up, and has what stands between them.
  const characters = Array.from({ length: 256 }, (_, low) =>
    first + low < 0x80 ? ' ' : String.fromCodePoint(first + low),
  );
  const folded = characters
    .map((character) => alike.get(character) ?? character)
    .join(BETWEEN)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(INVISIBLE, '')
    .replaceAll(NO_LETTER, ' ')
    .split(BETWEEN);
  return folded.map((part, low) => {
    const code = first + low;
    const alphabet = ALPHABETS.find((start) => code >= start && code < start + 26);
    if (alphabet !== undefined) return String.fromCharCode(97 + code - alphabet);
    if (part.length <= MOST_SIGNS && IS_ASCII.test(part)) return part;
    const signs = Array.from(
      part,
      (sign) => alike.get(sign) ?? alike.get(sign.toUpperCase()) ?? sign,
    ).join('');
    return signs.length > MOST_SIGNS ? ' ' : signs;
  });
}
