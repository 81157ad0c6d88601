import type { Migration } from './migration.ts';

/** Rooms: heads, rows, what was erased, and states that let long rooms open fast. */
export const rooms: Migration = {
  version: 1,
  feature: 'core',
  sql: `
    CREATE TABLE room (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      generation INTEGER NOT NULL,
      next INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      count INTEGER NOT NULL,
      xor BLOB NOT NULL
    ) STRICT;

    CREATE TABLE live_row (
      room INTEGER NOT NULL REFERENCES room,
      seq INTEGER NOT NULL,
      id BLOB NOT NULL,
      key TEXT,
      bytes BLOB NOT NULL,
      PRIMARY KEY (room, seq)
    ) STRICT;

    CREATE TABLE erased_run (
      room INTEGER NOT NULL REFERENCES room,
      start INTEGER NOT NULL,
      length INTEGER NOT NULL,
      PRIMARY KEY (room, start)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE entry (
      id TEXT PRIMARY KEY,
      room INTEGER NOT NULL REFERENCES room,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE erased_entry (
      id TEXT PRIMARY KEY,
      member TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE checkpoint (
      room INTEGER PRIMARY KEY REFERENCES room,
      rev INTEGER NOT NULL,
      next INTEGER NOT NULL,
      version INTEGER NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
  `,
};
