/** The ways to read what stands at a word: as it is, in leet, masked, spelled out, in pieces. */
import { squeeze } from './squeeze.ts';
import type { Token } from './tokens.ts';
import type { Work } from './work.ts';

/** How a reading came about: what it may be compared with depends on it. */
export type Manner = 'plain' | 'spelled' | 'joined' | 'masked';

export interface Reading {
  readonly word: string;
  /** The tokens that it takes, from its own. */
  readonly span: number;
  readonly manner: Manner;
}

/** Whether a rule's word begins with this, its doubled letters squeezed. */
export type Begins = (key: string) => boolean;

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '+': 't',
  '€': 'e',
  '£': 'l',
};
/** Signs that may stand for a letter or hide one, inside a word. */
const INNER = new Set('@$!|+€£*#%&^');
const SIGN = /[@$!|+€£*#%&^]/;
const MASK = /[*#%&^]/;
const NO_LETTER = /[0-9@$!|+€£*#%&^]/g;
/** Words that a group of signs may join, and pieces of a word. */
const MOST_GROUPED = 8;
const MOST_PIECES = 4;
const MOST_LETTERS = 24;
const MOST_SPELLED = 16;
/** Words that stand apart must be long to be one: "pen is" are two. */
const FEWEST_JOINED = 6;
const FEWEST_TIGHT = 4;
const FEWEST_SPELLED = 3;
/** What stands between two letters of a word that is spelled out. */
const MOST_GAP = 3;

/** What it costs to read signs as letters, and to look at one piece more. */
const READ_STEPS = 30;
const PIECE_STEPS = 6;

/** All ways to read what begins at a token. */
export function readingsAt(
  text: string,
  tokens: readonly Token[],
  index: number,
  begins: Begins,
  work: Work,
): Reading[] {
  const token = tokens[index]!;
  const readings: Reading[] = [];
  if (token.isPlain) readings.push({ word: token.word, span: 1, manner: 'plain' });
  else readAs(readings, token.word, 1, work);
  const before = text[token.start - 1];
  const leads = before === '@' || before === '$' || before === '€';
  const last = INNER.has(text[token.end] ?? '') ? lastOfGroup(text, tokens, index) : index;
  if (last > index || leads) {
    const start = leads ? token.start - 1 : token.start;
    readAs(readings, text.slice(start, tokens[last]!.end), last - index + 1, work);
  }
  if (isLetter(token)) spelled(readings, tokens, index, begins, work);
  pieces(readings, text, tokens, index, begins, work);
  return readings;
}

/** A word with digits and signs: as it stands, and as letters. */
function readAs(readings: Reading[], raw: string, span: number, work: Work): void {
  const add = (word: string, manner: Manner = 'plain'): void =>
    void readings.push({ word, span, manner });
  if (!SIGN.test(raw)) add(raw.replaceAll('I', 'i'));
  const letters = raw.replaceAll(NO_LETTER, '').length;
  if (letters === 0 || raw.length > MOST_LETTERS * 2) return;
  work.spend(READ_STEPS + raw.length);
  const bare = raw.replace(/[0-9]{1,4}$/, '');
  if (bare !== raw && bare.length === letters && letters > 2) add(bare.replaceAll('I', 'i'));
  // Half of it must be letters: references such as A55 or XR18 are no words.
  if (letters * 2 < raw.length || (/[1-9]/.test(raw) && raw.length < 4)) return;
  const isMasked = MASK.test(raw);
  if (isMasked && letters < 2) return;
  const manner = isMasked ? 'masked' : 'plain';
  const inSigns = (sign: string): string => LEET[sign] ?? '*';
  if (letters < raw.length) add(raw.replaceAll(NO_LETTER, inSigns).replaceAll('I', 'i'), manner);
  if (/[1!|I]/.test(raw))
    add(raw.replaceAll(/[1!|I]/g, 'l').replaceAll(NO_LETTER, inSigns), manner);
}

/** The last token that only signs inside a word part from this one. */
function lastOfGroup(text: string, tokens: readonly Token[], index: number): number {
  let last = index;
  while (last + 1 < tokens.length && last - index < MOST_GROUPED) {
    const { start } = tokens[last + 1]!;
    const { end } = tokens[last]!;
    if (start - end > MOST_GAP + 1) break;
    let isInner = true;
    for (let sign = end; sign < start && isInner; sign++) isInner = INNER.has(text[sign]!);
    if (!isInner) break;
    last++;
  }
  return last;
}

/** Letters that stand alone, one after the other. */
function spelled(
  readings: Reading[],
  tokens: readonly Token[],
  index: number,
  begins: Begins,
  work: Work,
): void {
  const isFirst = index === 0 || !isLetter(tokens[index - 1]!);
  let word = '';
  let key = '';
  for (let next = index; next < tokens.length && word.length < MOST_SPELLED; next++) {
    const token = tokens[next]!;
    if (!isLetter(token)) break;
    if (next > index && token.start - tokens[next - 1]!.end > MOST_GAP) break;
    word += token.word[0]!;
    if (!key.endsWith(token.word[0]!)) key += token.word[0]!;
    work.spend(PIECE_STEPS);
    if (!begins(key)) break;
    const isWhole = isFirst && (next + 1 === tokens.length || !isLetter(tokens[next + 1]!));
    if (word.length > FEWEST_SPELLED || (isWhole && word.length === FEWEST_SPELLED))
      readings.push({ word, span: next - index + 1, manner: 'spelled' });
  }
}

/** One letter, however often it stands. */
function isLetter({ word, isPlain }: Token): boolean {
  if (!isPlain || word.length > 3) return false;
  return word.length === 1 || word === word[0]!.repeat(word.length);
}

/** A word in pieces. */
function pieces(
  readings: Reading[],
  text: string,
  tokens: readonly Token[],
  index: number,
  begins: Begins,
  work: Work,
): void {
  let { word, end } = tokens[index]!;
  let isTight = true;
  for (let next = index + 1; next < tokens.length && next - index < MOST_PIECES; next++) {
    const token = tokens[next]!;
    if (token.start - end > MOST_GAP || word.length + token.word.length > MOST_LETTERS) return;
    work.spend(PIECE_STEPS);
    if (!begins(squeeze(word).key)) return;
    isTight &&= token.start - end === 1 && '-_./·~'.includes(text[end]!);
    end = token.end;
    word += token.word;
    if (word.length >= (isTight ? FEWEST_TIGHT : FEWEST_JOINED))
      readings.push({ word, span: next - index + 1, manner: 'joined' });
  }
}
