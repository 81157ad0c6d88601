import type { Migration } from './migration.ts';

/** Messages that were reported or hidden, rows out of their room, how many each hid, and since when somebody writes. */
export const reports: Migration = {
  version: 10,
  feature: 'reports',
  sql: `
    CREATE TABLE hidden_entry (
      id TEXT PRIMARY KEY,
      conversation TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE report_case (
      target TEXT PRIMARY KEY,
      conversation TEXT NOT NULL,
      space TEXT NOT NULL,
      author TEXT NOT NULL,
      state TEXT NOT NULL,
      waits INTEGER NOT NULL,
      reports INTEGER NOT NULL,
      cause INTEGER NOT NULL,
      by TEXT NOT NULL,
      decided INTEGER NOT NULL,
      since INTEGER NOT NULL,
      version INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX report_waiting ON report_case (since, target) WHERE waits = 1;
    CREATE INDEX report_hidden ON report_case (by, decided) WHERE state = 'hidden';

    CREATE TABLE hide_count (
      by TEXT NOT NULL,
      space TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX hide_count_by ON hide_count (by, space, at);

    CREATE TABLE first_wrote (
      member TEXT PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
