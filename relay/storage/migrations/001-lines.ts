import type { Migration } from './migration.ts';

/** Who waits for a place in a bounded list. */
export const lines: Migration = {
  version: 1,
  feature: 'lines',
  sql: `
    CREATE TABLE waiting (
      list TEXT NOT NULL,
      key TEXT NOT NULL,
      rank INTEGER NOT NULL,
      at INTEGER NOT NULL,
      turn INTEGER NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (list, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX waiting_order ON waiting (list, rank DESC, at DESC, turn, key DESC);
  `,
};
