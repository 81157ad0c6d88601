import type { Migration } from './migration.ts';

/** Members, their devices, and who became whom. */
export const members: Migration = {
  version: 1,
  feature: 'members',
  sql: `
    CREATE TABLE member (
      id TEXT PRIMARY KEY,
      role INTEGER NOT NULL,
      name TEXT NOT NULL,
      spaces TEXT NOT NULL,
      topics TEXT NOT NULL,
      since INTEGER NOT NULL,
      customer INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE device (
      key TEXT PRIMARY KEY,
      member TEXT NOT NULL REFERENCES member,
      label TEXT NOT NULL,
      since INTEGER NOT NULL,
      removed INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX device_member ON device (member);

    CREATE TABLE merge (
      from_member TEXT PRIMARY KEY,
      to_member TEXT NOT NULL,
      done INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
