/** What the filter says of a text. */

/** What a rule does. `allow`: what it names is left alone by all others. */
export const ACTIONS = ['allow', 'flag', 'hold', 'refuse'] as const;
export type Action = (typeof ACTIONS)[number];

/** What a rule is about: its author is told this much, and never the rule. */
export const KINDS = ['insult', 'hate', 'sexual', 'scam', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** What is looked for beside words. */
export const GUARDS = ['phone', 'email', 'link', 'foreign-link', 'shouting', 'repeat'] as const;
export type Guard = (typeof GUARDS)[number];

/** Where a text stands that others read. */
export type Field =
  | 'text'
  | 'title'
  | 'address'
  | 'name'
  | 'topic'
  | 'store'
  | 'owns'
  | 'label'
  | 'note'
  | 'attribute';

/** What a rule found, and where. */
export interface Finding {
  readonly action: Exclude<Action, 'allow'>;
  /** The rule: its id, `list:<kind>:<pattern>` of a list of ours, or a guard's name; `work` past the bound. */
  readonly rule: string;
  readonly kind: Kind | Guard | 'work';
  readonly field: Field;
  /** The piece of the text, as it stands there. */
  readonly matched: string;
  /** UTF-16 units, in the field. */
  readonly start: number;
  readonly end: number;
}

export interface Verdict {
  readonly action: 'ok' | Finding['action'];
  /** The strictest first, then as they stand. */
  readonly findings: readonly Finding[];
}

export const OK: Verdict = { action: 'ok', findings: [] };

/** Of one text; more say nothing new. */
const MOST_FINDINGS = 50;

export const strictness = (action: Action | 'ok'): number => ACTIONS.indexOf(action as Action);

export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.length === 0) return OK;
  const sorted = findings.toSorted((a, b) => strictness(b.action) - strictness(a.action));
  return { action: sorted[0]!.action, findings: sorted.slice(0, MOST_FINDINGS) };
}
