/** What a rule names: a word, `word*`, `*word`, several in a row, or a domain. There are no other patterns. */
import { fold } from '../fold/fold.ts';
import { type Host, hostOf } from '../fold/host.ts';
import { type Squeezed, squeeze } from './squeeze.ts';

export interface WordPattern extends Squeezed {
  readonly type: 'word' | 'begins' | 'ends';
  /** As it folds, with doubled letters. */
  readonly word: string;
}

export type Pattern =
  | { readonly type: 'words'; readonly words: readonly WordPattern[] }
  /** With everything below it. */
  | { readonly type: 'domain'; readonly domain: Host };

/** What a pattern has at most. */
export const MOST_WORDS = 6;
export const MOST_WORD = 30;
/** A shorter one before or after a star would be in every text. */
const FEWEST_BESIDE_STAR = 3;

const DOMAIN = /^(?:\*\.)?((?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}][\p{L}\p{N}-]{1,62})$/u;

/** What a text names; a sentence that says what is wrong with it. */
export function parsePattern(text: string): Pattern | string {
  const [, named = ''] = DOMAIN.exec(text.trim()) ?? [];
  const domain = hostOf(named);
  if (domain) return { type: 'domain', domain };
  const words: WordPattern[] = [];
  const pieces = fold(text)
    .text.toLowerCase()
    .split(/[^a-z0-9*\u0080-\uffff]+/);
  for (const piece of pieces.filter((each) => each !== '')) {
    const word = wordIn(piece);
    if (typeof word === 'string') return word;
    words.push(word);
  }
  if (words.length === 0) return 'It names nothing: a word, word*, *word, a phrase or a domain.';
  if (words.length > MOST_WORDS) return `A phrase has at most ${MOST_WORDS} words.`;
  return { type: 'words', words };
}

function wordIn(piece: string): WordPattern | string {
  const begins = piece.endsWith('*');
  const ends = piece.startsWith('*');
  const word = piece.slice(ends ? 1 : 0, begins ? -1 : undefined);
  if (word === '') return 'A star stands before or after a word.';
  if (word.includes('*') || (begins && ends)) return 'A star stands at one end of a word.';
  if (word.length > MOST_WORD) return `A word has at most ${MOST_WORD} letters.`;
  const type = begins ? 'begins' : ends ? 'ends' : 'word';
  if (type !== 'word' && word.length < FEWEST_BESIDE_STAR)
    return `A star needs ${FEWEST_BESIDE_STAR} letters beside it.`;
  return { type, word, ...squeeze(word) };
}
