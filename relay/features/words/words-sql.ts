/** Rules and settings of the filter in SQL. */
import { type SqlOf, all, run, tables } from '../../sql/query.ts';
import type { StoredRule, StoredSetting, WordStorage } from './words-storage.ts';

interface WordTables {
  readonly word_rule: StoredRule;
  readonly word_setting: StoredSetting;
}

const sql = tables<WordTables>();

export const wordSql: SqlOf<WordStorage> = {
  *wordRules() {
    return yield* all(sql.selectFrom('word_rule').selectAll().orderBy('added').orderBy('id'));
  },

  *putWordRules(rules) {
    for (const rule of rules) {
      const { action, kind } = rule;
      yield* run(
        sql
          .insertInto('word_rule')
          .values(rule)
          .onConflict((on) => on.columns(['space', 'pattern']).doUpdateSet({ action, kind })),
      );
    }
  },

  *removeWordRule(id) {
    return (yield* run(sql.deleteFrom('word_rule').where('id', '=', id))) > 0;
  },

  *wordSettings() {
    return yield* all(sql.selectFrom('word_setting').selectAll().orderBy('space').orderBy('name'));
  },

  *putWordSettings(settings) {
    for (const { space, name, value } of settings) {
      yield* run(
        value === ''
          ? sql.deleteFrom('word_setting').where('space', '=', space).where('name', '=', name)
          : sql
              .insertInto('word_setting')
              .values({ space, name, value })
              .onConflict((on) => on.columns(['space', 'name']).doUpdateSet({ value })),
      );
    }
  },
};
