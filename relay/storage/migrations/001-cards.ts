import type { Migration } from './migration.ts';

/** Cards of the members of the desk, and their photos. */
export const cards: Migration = {
  version: 1,
  feature: 'cards',
  sql: `
    CREATE TABLE card (
      member TEXT PRIMARY KEY REFERENCES member,
      store TEXT NOT NULL,
      owns TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE photo (
      name TEXT PRIMARY KEY,
      member TEXT NOT NULL,
      bytes BLOB NOT NULL,
      uploaded INTEGER NOT NULL,
      held INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX photo_member ON photo (member);
  `,
};
