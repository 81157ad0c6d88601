import type { Migration } from './migration.ts';

/** Acts that are counted and not shown, what became of entries that are in no room, and what waits to be read. */
export const books: Migration = {
  version: 7,
  feature: 'core',
  sql: `
    CREATE TABLE book_entry (
      id TEXT PRIMARY KEY,
      kind INTEGER NOT NULL,
      conversation TEXT NOT NULL,
      target TEXT NOT NULL,
      member TEXT NOT NULL,
      device TEXT NOT NULL,
      bytes BLOB NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX book_target ON book_entry (kind, target, member) WHERE target <> '';
    CREATE UNIQUE INDEX book_conversation ON book_entry (kind, conversation, member) WHERE target = '';

    CREATE TABLE entry_fate (
      id TEXT PRIMARY KEY,
      fate TEXT NOT NULL CHECK (fate IN ('held', 'hidden', 'refused')),
      detail TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE held (
      id TEXT PRIMARY KEY,
      conversation TEXT NOT NULL,
      space TEXT NOT NULL,
      member TEXT NOT NULL,
      device TEXT NOT NULL,
      bytes BLOB NOT NULL,
      rule TEXT NOT NULL,
      since INTEGER NOT NULL,
      locked_by TEXT NOT NULL DEFAULT '',
      locked_until INTEGER NOT NULL DEFAULT 0
    ) STRICT;
  `,
};
