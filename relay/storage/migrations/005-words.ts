import type { Migration } from './migration.ts';

/** What the filter looks for, beside the lists that come with the relay. */
export const words: Migration = {
  version: 5,
  feature: 'words',
  sql: `
    CREATE TABLE word_rule (
      id TEXT PRIMARY KEY,
      space TEXT NOT NULL,
      pattern TEXT NOT NULL,
      action TEXT NOT NULL,
      kind TEXT NOT NULL,
      added INTEGER NOT NULL,
      UNIQUE (space, pattern)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE word_setting (
      space TEXT NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (space, name)
    ) STRICT, WITHOUT ROWID;
  `,
};
