/** What holds in one space, compiled: rules and lists, and what is done about what stands beside words. */
import type { Host } from './fold/host.ts';
import { LEVEL_ACTION, type StarterRule, starters } from './lists/starters.ts';
import type { Level, ListedKind } from './lists/starter-list.ts';
import { Matcher, type Phrase } from './match/matcher.ts';
import { type Pattern, parsePattern } from './match/pattern.ts';
import { type Action, type Finding, GUARDS, type Guard, type Kind, strictness } from './verdict.ts';

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
  /** Let through by its name alone: another that looks the same is not the brand's. */
  readonly #allowed = new Set<string>();
  /** Found by its name, and by how it looks. */
  readonly #domains = new Map<string, Source>();
  readonly #settings: Settings;

  constructor(rules: Iterable<Rule>, settings: Settings) {
    this.#settings = settings;
    const phrases: Phrase<Source>[] = [];
    const add = (parsed: Pattern | string, source: Source, spares: boolean): void => {
      if (typeof parsed === 'string') return; // written by another build, with patterns that this one lacks
      if (parsed.type === 'words') phrases.push({ words: parsed.words, rule: source, spares });
      else if (spares) this.#allowed.add(parsed.domain.name);
      else for (const name of Object.values(parsed.domain)) this.#addDomain(name, source);
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

  /** What the nearest domain above a host says of it. What is let through is, whatever another rule says of the same. */
  domainRule({ name, looks }: Host): Source | 'allow' | undefined {
    const allowed = domainsAbove(name).find((domain) => this.#allowed.has(domain));
    const named = [name, looks]
      .flatMap((host) => domainsAbove(host).find((domain) => this.#domains.has(domain)) ?? [])
      .toSorted((a, b) => labelsIn(b) - labelsIn(a))[0];
    if (allowed !== undefined && (named === undefined || labelsIn(allowed) >= labelsIn(named)))
      return 'allow';
    return named === undefined ? undefined : this.#domains.get(named);
  }

  /** The strictest of the rules for a domain. */
  #addDomain(domain: string, source: Source): void {
    const known = this.#domains.get(domain);
    if (!known || strictness(source.action) > strictness(known.action))
      this.#domains.set(domain, source);
  }
}

/** A host and the domains that it is in, down to the one below a suffix of one label. */
function domainsAbove(host: string): string[] {
  const labels = host.split('.');
  return labels.slice(0, -1).map((_, first) => labels.slice(first).join('.'));
}

const labelsIn = (domain: string): number => domain.split('.').length;
