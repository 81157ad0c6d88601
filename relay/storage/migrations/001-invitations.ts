import type { Migration } from './migration.ts';

/** Invitations, by the hash of their code. */
export const invitations: Migration = {
  version: 1,
  feature: 'invitations',
  sql: `
    CREATE TABLE invitation (
      id TEXT PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      role INTEGER NOT NULL,
      spaces TEXT NOT NULL,
      topics TEXT NOT NULL,
      note TEXT NOT NULL,
      member TEXT,
      made_by TEXT,
      created INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      used_by TEXT,
      revoked INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
