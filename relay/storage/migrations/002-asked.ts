import type { Migration } from './migration.ts';

/** Who asked each conversation, beside its rows. Those of before are kept when somebody opens them. */
export const asked: Migration = {
  version: 2,
  feature: 'core',
  sql: `
    CREATE TABLE asked (
      conversation TEXT PRIMARY KEY,
      space TEXT NOT NULL,
      mode INTEGER NOT NULL,
      device TEXT NOT NULL,
      member TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
