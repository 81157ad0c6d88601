import type { Migration } from './migration.ts';

/** Notices of what is unlawful, by anybody. */
export const notices: Migration = {
  version: 12,
  feature: 'notices',
  sql: `
    CREATE TABLE notice (
      reference TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      place TEXT NOT NULL,
      why TEXT NOT NULL,
      name TEXT NOT NULL,
      email TEXT NOT NULL,
      lang TEXT NOT NULL,
      source TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      upheld INTEGER,
      decided_by TEXT,
      decided_at INTEGER,
      reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX notice_at ON notice (at, reference);
  `,
};
