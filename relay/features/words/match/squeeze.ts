/** Letters that stand doubled count once; how often they stood decides whether a rule's own are there. */

export interface Squeezed {
  readonly key: string;
  /** How often each sign of the key stood; null: all once. */
  readonly runs: readonly number[] | null;
}

export function squeeze(word: string): Squeezed {
  let doubled = false;
  for (let index = 1; index < word.length && !doubled; index++)
    doubled = word.charCodeAt(index) === word.charCodeAt(index - 1);
  if (!doubled) return { key: word, runs: null };
  let key = '';
  const runs: number[] = [];
  for (const sign of word) {
    if (key.endsWith(sign)) runs[runs.length - 1]!++;
    else {
      key += sign;
      runs.push(1);
    }
  }
  return { key, runs };
}

/** Whether a word has each letter at least as often as a rule, from sign `from` of its key. */
export function hasRuns(word: Squeezed, rule: Squeezed, from = 0): boolean {
  if (rule.runs === null) return true;
  if (word.runs === null) return false;
  return rule.runs.every((run, index) => run <= (word.runs?.[from + index] ?? 0));
}
