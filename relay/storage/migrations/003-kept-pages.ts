import type { Migration } from './migration.ts';

/** Parts of long rooms as their readers get them. They are made from rows, and hold none that is erased. */
export const keptPages: Migration = {
  version: 3,
  feature: 'core',
  sql: `
    CREATE TABLE kept_page (
      room INTEGER NOT NULL REFERENCES room,
      start INTEGER NOT NULL,
      until INTEGER NOT NULL,
      read INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (room, start)
    ) STRICT;
  `,
};
