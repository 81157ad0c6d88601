import type { Migration } from './migration.ts';

/** Work to be done later. */
export const jobs: Migration = {
  version: 1,
  feature: 'jobs',
  sql: `
    CREATE TABLE job (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      body TEXT NOT NULL,
      due INTEGER,
      tries INTEGER NOT NULL,
      leased_until INTEGER,
      error TEXT NOT NULL,
      UNIQUE (kind, key)
    ) STRICT;
    CREATE INDEX job_due ON job (due);
  `,
};
