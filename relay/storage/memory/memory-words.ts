/** Rules and settings of the filter in memory. */
import type { Sync } from '../../core/ports/port.ts';
import type { StoredRule, StoredSetting, WordStorage } from '../../features/words/words-storage.ts';
import { compareText } from './tables/page-of.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryWords implements Sync<WordStorage> {
  readonly #rules: Table<string, StoredRule>;
  readonly #settings: Table<string, StoredSetting>;

  constructor(tables: Tables) {
    this.#rules = tables.make();
    this.#settings = tables.make();
  }

  wordRules(): readonly StoredRule[] {
    return this.#rules.values().toSorted((a, b) => a.added - b.added || compareText(a.id, b.id));
  }

  putWordRules(rules: readonly StoredRule[]): void {
    for (const rule of rules) {
      const known = this.#rules
        .values()
        .find(({ space, pattern }) => space === rule.space && pattern === rule.pattern);
      const { action, kind } = rule;
      this.#rules.set((known ?? rule).id, known ? { ...known, action, kind } : rule);
    }
  }

  removeWordRule(id: string): boolean {
    return this.#rules.delete(id);
  }

  wordSettings(): readonly StoredSetting[] {
    return this.#settings
      .values()
      .toSorted((a, b) => compareText(a.space, b.space) || compareText(a.name, b.name));
  }

  putWordSettings(settings: readonly StoredSetting[]): void {
    for (const setting of settings) {
      const key = `${setting.space} ${setting.name}`;
      if (setting.value === '') this.#settings.delete(key);
      else this.#settings.set(key, setting);
    }
  }
}
