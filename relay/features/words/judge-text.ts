/** The filter itself: what a space's rules say of one text. It is a function of both, and of nothing else. */
import { Role } from '../../../shared/grant/roles.ts';
import { fold } from './fold/fold.ts';
import { type Link, linksIn } from './guards/links.ts';
import { phonesIn } from './guards/phones.ts';
import { isShouted } from './guards/shouting.ts';
import { TooMuchWork, Work } from './match/work.ts';
import type { Ruleset, Setting } from './ruleset.ts';
import { type Field, type Finding, type Guard, type Verdict, verdictOf } from './verdict.ts';

export interface TextToJudge {
  readonly text: string;
  readonly field: Field;
  /** Who wrote it. @default a visitor */
  readonly role?: Role;
}

/** They speak for the brand: its telephone number and links are theirs to give. */
const SPEAKS_FOR_BRAND: ReadonlySet<Role> = new Set([Role.staff, Role.expert, Role.manager]);

/** @param work @default what a text may cause */
export function findingsIn(
  ruleset: Ruleset,
  { text, field, role = Role.visitor }: TextToJudge,
  work: Work = new Work(),
): Finding[] {
  if (text === '') return [];
  const findings: Finding[] = [];
  const found = (
    about: Pick<Finding, 'rule' | 'kind' | 'action'>,
    start: number,
    end: number,
  ): void => void findings.push({ ...about, field, matched: text.slice(start, end), start, end });
  const guard = (kind: Guard, start: number, end: number): void => {
    const action = guardAction(ruleset.of(kind), field, role);
    if (action) found({ rule: kind, kind, action }, start, end);
  };
  try {
    const links = linksIn(text, work);
    const skips: [number, number][] = [];
    for (const link of links) {
      const rule = ruleset.domainRule(link.host);
      if (rule === 'allow') skips.push([link.start, link.end]);
      else if (rule) found(rule, link.start, link.end);
      if (link.type !== 'bare') guardLink(link, rule === 'allow', guard);
    }
    if (field === 'address') return findings;
    for (const { rule, start, end } of ruleset.matcher.find(text, fold(text), skips, work))
      found(rule, start, end);
    for (const { start, end } of phonesIn(text)) guard('phone', start, end);
    if (field === 'text' && isShouted(text)) guard('shouting', 0, text.length);
    return findings;
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    found({ rule: 'work', kind: 'work', action: 'hold' }, 0, 0);
    return findings;
  }
}

export const judgeText = (ruleset: Ruleset, given: TextToJudge): Verdict =>
  verdictOf(findingsIn(ruleset, given));

function guardLink(
  { type, start, end }: Link,
  isAllowed: boolean,
  guard: (kind: Guard, start: number, end: number) => void,
): void {
  if (type === 'email') {
    if (!isAllowed) guard('email', start, end);
    return;
  }
  guard('link', start, end);
  if (!isAllowed) guard('foreign-link', start, end);
}

/** null: nothing is done about it. A page's title and address are the brand's own, unless somebody lies. */
function guardAction(setting: Setting, field: Field, role: Role): Finding['action'] | null {
  if (setting === 'off' || field === 'address' || SPEAKS_FOR_BRAND.has(role)) return null;
  return field === 'title' ? 'flag' : setting;
}
