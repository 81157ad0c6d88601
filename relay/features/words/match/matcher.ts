/** All word rules of a space, compiled: what they find in a text, in one pass over it. */
import type { Folded } from '../fold/fold.ts';
import type { WordPattern } from './pattern.ts';
import { readingsAt } from './readings.ts';
import { type Token, tokensOf } from './tokens.ts';
import { WordIndex } from './word-index.ts';
import type { Work } from './work.ts';

/** A phrase with what it stands for; `spares`: it takes away what others find inside it. */
export interface Phrase<Rule> {
  readonly words: readonly WordPattern[];
  readonly rule: Rule;
  readonly spares: boolean;
}

export interface Hit<Rule> {
  readonly rule: Rule;
  /** UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
}

/** A step of the phrases that begin alike. */
interface Step<Rule> {
  readonly next: Map<number, Step<Rule>>;
  readonly phrases: Phrase<Rule>[];
}

interface Found<Rule> {
  readonly phrase: Phrase<Rule>;
  readonly from: number;
  readonly until: number;
}

const step = <Rule>(): Step<Rule> => ({ next: new Map(), phrases: [] });

export class Matcher<Rule> {
  readonly #index = new WordIndex();
  readonly #root: Step<Rule> = step();

  constructor(phrases: Iterable<Phrase<Rule>>) {
    for (const phrase of phrases) {
      let at = this.#root;
      for (const word of phrase.words) {
        const { id } = this.#index.atomOf(word);
        let next = at.next.get(id);
        if (!next) at.next.set(id, (next = step()));
        at = next;
      }
      at.phrases.push(phrase);
    }
  }

  /**
   * What the rules find, as it stands in the text.
   * @param skips ranges of the text that are not read, in order.
   * @throws {TooMuchWork}
   */
  find(
    text: string,
    folded: Folded,
    skips: readonly (readonly [number, number])[],
    work: Work,
  ): Hit<Rule>[] {
    work.spend(folded.text.length);
    const tokens = tokensOf(folded, skips);
    const found = this.#foundIn(folded.text, tokens, work);
    const spared = found.filter(({ phrase }) => phrase.spares);
    const hits = found.filter(({ phrase }) => !phrase.spares);
    work.spend(spared.length * hits.length);
    return hits
      .filter(({ from, until }) => !spared.some((one) => one.from <= from && until <= one.until))
      .map(({ phrase, from, until }) => ({
        rule: phrase.rule,
        start: folded.at(tokens[from]!.start),
        end: endOf(text, folded.at(tokens[until - 1]!.end - 1)),
      }));
  }

  #foundIn(text: string, tokens: readonly Token[], work: Work): Found<Rule>[] {
    const found: Found<Rule>[] = [];
    /** Phrases that have begun, by the token that comes next; each with the token where it began. */
    const open: (Map<Step<Rule>, number> | undefined)[] = [];
    for (let index = 0; index < tokens.length; index++) {
      const begun = open[index];
      for (const reading of readingsAt(text, tokens, index, this.#index.begins, work)) {
        const until = index + reading.span;
        for (const { id } of this.#index.find(reading, work)) {
          work.spend((begun?.size ?? 0) + 1);
          const advance = (at: Step<Rule>, from: number): void => {
            const next = at.next.get(id);
            if (!next) return;
            for (const phrase of next.phrases) found.push({ phrase, from, until });
            work.spend(next.phrases.length);
            if (next.next.size === 0 || until === tokens.length) return;
            const waiting = (open[until] ??= new Map());
            if (!waiting.has(next)) waiting.set(next, from);
          };
          if (begun) for (const [at, from] of begun) advance(at, from);
          advance(this.#root, index);
        }
      }
    }
    return found;
  }
}

/** Behind a character, which may be two units. */
const endOf = (text: string, start: number): number =>
  start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
