import type { Migration } from './migration.ts';

/** Blocks, and where devices were seen. */
export const blocks: Migration = {
  version: 1,
  feature: 'blocks',
  sql: `
    CREATE TABLE block (
      id TEXT PRIMARY KEY,
      subject TEXT NOT NULL,
      value TEXT NOT NULL,
      shown TEXT NOT NULL,
      reason TEXT NOT NULL,
      created INTEGER NOT NULL,
      expires INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE address (
      device TEXT NOT NULL,
      member TEXT NOT NULL,
      hash TEXT NOT NULL,
      shown TEXT NOT NULL,
      seen INTEGER NOT NULL,
      PRIMARY KEY (device, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX address_member ON address (member);
    CREATE INDEX address_seen ON address (seen);
  `,
};
