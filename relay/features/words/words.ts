/**
 * The word and link filter of a relay: rules of managers, lists of ours and settings, compiled once a change,
 * for the community and for each space that has its own.
 */
import type { ActLine } from '../../../shared/api/route/act.ts';
import type { Role } from '../../../shared/grant/roles.ts';
import type { SpaceId } from '../../../shared/ids.ts';
import { type Acting, actWrite } from '../../core/audit/acts.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Platform } from '../../core/ports/platform.ts';
import { type Write, writesOf } from '../../core/ports/port.ts';
import type { RoomStorage } from '../../core/ports/room-storage.ts';
import { judgeText } from './judge-text.ts';
import { parsePattern } from './match/pattern.ts';
import { DEFAULTS, type Rule, Ruleset, type Setting, type SettingName } from './ruleset.ts';
import { type Field, type Finding, type Verdict, verdictOf } from './verdict.ts';
import type { Scope, StoredRule, StoredSetting, WordStorage, wordOps } from './words-storage.ts';

/** All rules take this much memory and time to compile, and no more. */
export const MOST_RULES = 5_000;

export interface WordsOptions {
  readonly storage: Acting<WordStorage>;
  readonly rooms: Pick<RoomStorage, 'commit'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Platform['random'];
}

const wordWrite = writesOf<WordStorage, typeof wordOps>('words');

export type RuleDraft = Omit<Rule, 'id'>;

/** A piece of what somebody wrote, for others to read. */
export interface Written {
  readonly field: Field;
  readonly text: string;
}

/** Where it would be read, and by whom it was written. */
export interface Context {
  /** null: everywhere. */
  readonly space: SpaceId | null;
  /** @default a visitor's */
  readonly role?: Role;
}

export interface SettingTold {
  readonly name: SettingName;
  readonly value: Setting;
  readonly from: 'space' | 'everywhere' | 'default';
}

/** What every relay without rules of its own has: compiled once for all of them. */
let plain: Ruleset | null = null;

export class Words {
  readonly #options: WordsOptions;
  #rules: readonly StoredRule[] = [];
  #settings: readonly StoredSetting[] = [];
  /** Spaces with rules or settings of their own. */
  #own: ReadonlySet<Scope> = new Set();
  /** Those that were asked for since the last change. */
  readonly #rulesets = new Map<Scope, Ruleset>();

  private constructor(options: WordsOptions) {
    this.#options = options;
  }

  static async open(options: WordsOptions): Promise<Words> {
    const words = new Words(options);
    await words.#load();
    return words;
  }

  /** What the rules say of everything that somebody wrote at once. */
  judge(written: readonly Written[], { space, role }: Context): Verdict {
    return judgedBy(this.#rulesetOf(space ?? ''), written, role);
  }

  /**
   * The first of these texts that nobody else may read, and why; undefined if there is none.
   * @param reading `spaces`: where they are read. None named is in every space; null is in none of them
   */
  refused(
    written: readonly Written[],
    reading: { readonly spaces: readonly SpaceId[] | null; readonly role?: Role },
  ): Finding | undefined {
    const { spaces, role } = reading;
    const scopes: readonly Scope[] =
      spaces === null ? [''] : spaces.length === 0 ? ['', ...this.#own] : spaces;
    // Most spaces have no rules of their own.
    const rulesets = new Set(scopes.map((scope) => this.#rulesetOf(scope)));
    for (const ruleset of rulesets) {
      const [worst] = judgedBy(ruleset, written, role).findings;
      if (worst && worst.action !== 'flag') return worst;
    }
    return undefined;
  }

  /** What is done about a guard in a space. */
  settingOf(name: SettingName, space: SpaceId): Setting {
    return this.#rulesetOf(space).of(name);
  }

  // ---- For managers --------------------------------------------------------------------------

  get rules(): readonly StoredRule[] {
    return this.#rules;
  }

  /**
   * Makes rules, or changes those for the same patterns.
   * @returns what holds now, or null if there would be too many.
   */
  async add(
    drafts: readonly RuleDraft[],
    space: Scope,
    line: ActLine,
  ): Promise<readonly StoredRule[] | null> {
    const { clock, random } = this.#options;
    const rules = new Map<string, StoredRule>();
    for (const draft of drafts) {
      const pattern = canonical(draft.pattern);
      const id = Array.from(random(5), (byte) => byte.toString(16).padStart(2, '0')).join('');
      rules.set(pattern, { ...draft, pattern, id, space, added: clock.now() });
    }
    const isKnown = (rule: StoredRule): boolean => rule.space === space && rules.has(rule.pattern);
    const known = this.#rules.filter(isKnown).length;
    if (this.#rules.length - known + rules.size > MOST_RULES) return null;
    await this.#write(wordWrite('putWordRules', [...rules.values()]), line);
    return this.#rules.filter(isKnown);
  }

  /** Whether there was one. */
  async remove(id: string, line: ActLine): Promise<boolean> {
    const removed = await this.#options.storage.with(line).removeWordRule(id);
    await this.#load();
    return removed;
  }

  /** Every setting as it is in a space, or everywhere. */
  settings(space: Scope): readonly SettingTold[] {
    return Array.from(DEFAULTS, ([name, byDefault]): SettingTold => {
      const said = (scope: Scope): StoredSetting | undefined =>
        this.#settings.find((one) => one.space === scope && one.name === name);
      const own = space === '' ? undefined : said(space);
      const all = said('');
      const value = (own ?? all)?.value as Setting | undefined;
      const from = own ? 'space' : all ? 'everywhere' : 'default';
      return { name, value: value ?? byDefault, from };
    });
  }

  /** @param value null: as it is elsewhere. */
  async set(
    settings: Readonly<Record<string, Setting | null>>,
    space: Scope,
    line: ActLine,
  ): Promise<void> {
    const said = Object.entries(settings).map(([name, value]) => ({
      space,
      name,
      value: value ?? '',
    }));
    await this.#write(wordWrite('putWordSettings', said), line);
  }

  /** Notes that somebody tried a text: whoever tries many learns what the filter looks for. */
  async tried(line: ActLine): Promise<void> {
    await this.#options.rooms.commit({ changes: [], writes: [actWrite(line)] });
  }

  async #write(write: Write, line: ActLine): Promise<void> {
    await this.#options.rooms.commit({ changes: [], writes: [write, actWrite(line)] });
    await this.#load();
  }

  async #load(): Promise<void> {
    const { storage } = this.#options;
    this.#rules = await storage.wordRules();
    this.#settings = await storage.wordSettings();
    const scopes = [...this.#rules, ...this.#settings].map(({ space }) => space);
    this.#own = new Set(scopes.filter((space) => space !== ''));
    this.#rulesets.clear();
    const isPlain = scopes.length === 0;
    this.#rulesets.set('', isPlain ? (plain ??= new Ruleset([], new Map())) : this.#compile(''));
  }

  /** Each is compiled by whoever first writes there: all at once would keep everybody waiting. */
  #rulesetOf(space: Scope): Ruleset {
    const scope = this.#own.has(space) ? space : '';
    let ruleset = this.#rulesets.get(scope);
    if (!ruleset) this.#rulesets.set(scope, (ruleset = this.#compile(scope)));
    return ruleset;
  }

  #compile(space: Scope): Ruleset {
    const here = this.#rules.filter((rule) => rule.space === '' || rule.space === space);
    const settings = this.settings(space).map(({ name, value }) => [name, value] as const);
    return new Ruleset(here, new Map(settings));
  }
}

function judgedBy(ruleset: Ruleset, written: readonly Written[], role: Role | undefined): Verdict {
  const findings = written.flatMap(({ field, text }) => {
    const given = role === undefined ? { text, field } : { text, field, role };
    return judgeText(ruleset, given).findings;
  });
  return verdictOf(findings);
}

/** As it is kept, so that one pattern has one rule. */
const canonical = (pattern: string): string =>
  pattern.trim().normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ');

/** Why a pattern names nothing; null if it does. */
export function faultIn(pattern: string): string | null {
  const parsed = parsePattern(pattern);
  return typeof parsed === 'string' ? parsed : null;
}

export const isSettingName = (name: string): name is SettingName =>
  DEFAULTS.has(name as SettingName);
