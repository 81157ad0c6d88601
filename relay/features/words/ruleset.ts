/** What holds in one space, compiled: rules and lists, and what is done about what stands beside words. */
import type { Link } from './guards/links.ts';
import { LEVEL_ACTION, type StarterRule, starters } from './lists/starters.ts';
import type { Level, ListedKind } from './lists/starter-list.ts';
import { Matcher, type Phrase } from './match/matcher.ts';
import { type Pattern, parsePattern } from './match/pattern.ts';
import { type Action, type Finding, GUARDS, type Guard, type Kind } from './verdict.ts';

/** A rule that a manager wrote. */
export interface Rule {
  readonly id: string;
  readonly pattern: string;
  readonly action: Action;
  readonly kind: Kind;
}

/** What a setting may be. */
export type Setting = 'off' | Finding['action'];
/** The name of a setting: a guard, or a list's kind and level. */
export type SettingName = Guard | `${ListedKind}-${Level}`;
export type Settings = ReadonlyMap<SettingName, Setting>;

/** What a finding is made of, without its place. */
export interface Source {
  readonly rule: string;
  readonly kind: Kind;
  readonly action: Finding['action'];
}

export const GUARD_DEFAULTS: Readonly<Record<Guard, Setting>> = {
  phone: 'flag',
  email: 'flag',
  link: 'off',
  'foreign-link': 'flag',
  shouting: 'flag',
  repeat: 'flag',
};

/** All settings, as they are unless somebody says otherwise. */
export const DEFAULTS: Settings = new Map<SettingName, Setting>([
  ...GUARDS.map((guard) => [guard, GUARD_DEFAULTS[guard]] as const),
  ...starters.flatMap(({ kind, level }) =>
    level === null ? [] : [[`${kind}-${level}`, LEVEL_ACTION[level]] as const],
  ),
]);

let parsed: readonly (StarterRule & { readonly parsed: Pattern | string })[] | null = null;
const parsedStarters = (): NonNullable<typeof parsed> =>
  (parsed ??= starters.map((rule) => ({ ...rule, parsed: parsePattern(rule.pattern) })));

export class Ruleset {
  readonly matcher: Matcher<Source>;
  readonly #domains = new Map<string, Source | 'allow'>();
  readonly #settings: Settings;

  constructor(rules: Iterable<Rule>, settings: Settings) {
    this.#settings = settings;
    const phrases: Phrase<Source>[] = [];
    const add = (parsed: Pattern | string, source: Source, spares: boolean): void => {
      if (typeof parsed === 'string') return; // written by another build, with patterns that this one lacks
      if (parsed.type === 'words') phrases.push({ words: parsed.words, rule: source, spares });
      // What is let through is let through, whatever another rule says of the same domain.
      else if (spares || this.#domains.get(parsed.domain) !== 'allow')
        this.#domains.set(parsed.domain, spares ? 'allow' : source);
    };
    for (const { pattern, parsed, kind, level } of parsedStarters()) {
      const setting = level === null ? 'flag' : this.of(`${kind}-${level}`);
      if (setting === 'off') continue;
      add(parsed, { rule: `list:${kind}:${pattern}`, kind, action: setting }, level === null);
    }
    for (const { id, pattern, action, kind } of rules) {
      const spares = action === 'allow';
      add(parsePattern(pattern), { rule: id, kind, action: spares ? 'flag' : action }, spares);
    }
    this.matcher = new Matcher(phrases);
  }

  of(name: SettingName): Setting {
    return this.#settings.get(name) ?? DEFAULTS.get(name) ?? 'off';
  }

  /** What the nearest domain above a host says of it. */
  domainRule({ host }: Pick<Link, 'host'>): Source | 'allow' | undefined {
    const labels = host.split('.');
    for (let first = 0; first < labels.length - 1; first++) {
      const known = this.#domains.get(labels.slice(first).join('.'));
      if (known) return known;
    }
    return undefined;
  }
}
