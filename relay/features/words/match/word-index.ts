/** Which words of all rules a reading is: by hash for whole words, by a tree of letters for those with a star. */
import { hasRuns, squeeze } from './squeeze.ts';
import type { WordPattern } from './pattern.ts';
import type { Reading } from './readings.ts';
import type { Work } from './work.ts';

/** A word of one or more rules. */
export interface Atom extends WordPattern {
  readonly id: number;
}

interface Letter {
  readonly next: Map<string, Letter>;
  readonly atoms: Atom[];
}

const letter = (): Letter => ({ next: new Map(), atoms: [] });
const NONE: readonly Atom[] = [];
/** What a hidden letter may hide in: shorter words would be anything. */
const FEWEST_MASKED = 4;

export class WordIndex {
  readonly #atoms = new Map<string, Atom>();
  readonly #whole = new Map<string, Atom[]>();
  /** Whole words, and those with a star behind as if they had none: what pieces may make together. */
  readonly #pieced = new Map<string, Atom[]>();
  readonly #starts = new Set<string>();
  readonly #begins = letter();
  readonly #ends = letter();
  /** By first letter and length, for readings with hidden ones. */
  readonly #masked = new Map<string, Atom[]>();

  /** The atom of a pattern, the same for the same word. */
  atomOf(pattern: WordPattern): Atom {
    const name = `${pattern.type} ${pattern.word}`;
    const known = this.#atoms.get(name);
    if (known) return known;
    const atom: Atom = { ...pattern, id: this.#atoms.size };
    const { type, key, word } = atom;
    this.#atoms.set(name, atom);
    if (type === 'ends') {
      grow(this.#ends, Array.from(key).reverse().join(''), atom);
      return atom;
    }
    if (type === 'word') push(this.#whole, key, atom);
    else grow(this.#begins, key, atom);
    push(this.#pieced, key, atom);
    push(this.#masked, `${word[0]}${word.length}`, atom);
    for (let length = 1; length <= key.length; length++) this.#starts.add(key.slice(0, length));
    return atom;
  }

  /** Whether a word begins with this, its doubled letters squeezed. */
  readonly begins = (key: string): boolean => this.#starts.has(key);

  find({ word, manner }: Reading, work: Work): readonly Atom[] {
    work.spend(2 * word.length + 8);
    if (manner === 'masked') return this.#maskedIn(word, work);
    const squeezed = squeeze(word);
    const { key } = squeezed;
    let found: Atom[] | null = null;
    const take = (atoms: readonly Atom[] | undefined, from = 0): void => {
      if (atoms)
        for (const atom of atoms) if (hasRuns(squeezed, atom, from)) (found ??= []).push(atom);
    };
    if (manner === 'joined') {
      take(this.#pieced.get(key));
      if (key.endsWith('s')) take(this.#pieced.get(key.slice(0, -1)));
      return found ?? NONE;
    }
    take(this.#whole.get(key));
    let node: Letter | undefined = this.#begins;
    for (let index = 0; index < key.length; index++) {
      node = node.next.get(key[index]!);
      if (!node) break;
      if (node.atoms.length > 0) take(node.atoms);
    }
    node = this.#ends;
    for (let index = key.length - 1; index >= 0; index--) {
      node = node.next.get(key[index]!);
      if (!node) break;
      if (node.atoms.length > 0) take(node.atoms, index);
    }
    return found ?? NONE;
  }

  /** A star hides one letter. */
  #maskedIn(word: string, work: Work): readonly Atom[] {
    const found: Atom[] = [];
    for (let length = FEWEST_MASKED; length <= word.length; length++) {
      const atoms = this.#masked.get(`${word[0]}${length}`) ?? NONE;
      work.spend(atoms.length * 4 + 4);
      for (const atom of atoms) {
        if (atom.type === 'word' && length < word.length) continue;
        if (fits(word, atom.word)) found.push(atom);
      }
    }
    return found;
  }
}

function fits(masked: string, word: string): boolean {
  for (let index = 0; index < word.length; index++)
    if (masked[index] !== '*' && masked[index] !== word[index]) return false;
  return true;
}

function push(map: Map<string, Atom[]>, key: string, atom: Atom): void {
  const atoms = map.get(key);
  if (atoms) atoms.push(atom);
  else map.set(key, [atom]);
}

function grow(root: Letter, key: string, atom: Atom): void {
  let node = root;
  for (const sign of key) {
    let next = node.next.get(sign);
    if (!next) node.next.set(sign, (next = letter()));
    node = next;
  }
  node.atoms.push(atom);
}
