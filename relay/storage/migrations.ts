/** Forward-only migrations of the SQLite file: entry n brings version n to n + 1. Never edit a released one. */
import type { DatabaseSync } from 'node:sqlite';

export const migrations: readonly string[] = [
  `
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

  CREATE TABLE read_mark (
    conversation TEXT NOT NULL,
    member TEXT NOT NULL,
    side TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (conversation, member, side)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE member (
    id TEXT PRIMARY KEY,
    role INTEGER NOT NULL,
    name TEXT NOT NULL,
    spaces TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE device (
    key TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE invitation (
    hash TEXT PRIMARY KEY,
    role INTEGER NOT NULL,
    spaces TEXT NOT NULL,
    expires INTEGER NOT NULL,
    used_by TEXT
  ) STRICT, WITHOUT ROWID;
  `,
];

/**
 * Brings a file to this build's version.
 * @throws {Error} on a file of a newer build: going back would lose what it wrote.
 */
export function migrate(db: DatabaseSync): void {
  const row = db.prepare('PRAGMA user_version').get();
  const version = Number(row?.['user_version']);
  if (version > migrations.length) {
    throw new Error(`the database is of a newer Comptoir (version ${version}): update this one`);
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${index + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
}
