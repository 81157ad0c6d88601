import type { Migration } from './migration.ts';

/** How far members have read. */
export const reading: Migration = {
  version: 1,
  feature: 'reading',
  sql: `
    CREATE TABLE read_mark (
      conversation TEXT NOT NULL,
      member TEXT NOT NULL,
      side TEXT NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (conversation, member, side)
    ) STRICT, WITHOUT ROWID;
  `,
};
