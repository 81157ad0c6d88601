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
  `
  ALTER TABLE member ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE member ADD COLUMN topics TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE member ADD COLUMN store TEXT NOT NULL DEFAULT '';
  ALTER TABLE member ADD COLUMN owns TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE member ADD COLUMN customer INTEGER NOT NULL DEFAULT 0;

  ALTER TABLE device ADD COLUMN label TEXT NOT NULL DEFAULT '';
  ALTER TABLE device ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE device ADD COLUMN removed INTEGER;
  CREATE INDEX device_member ON device (member);

  CREATE TABLE invitation_2 (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    role INTEGER NOT NULL,
    spaces TEXT NOT NULL,
    topics TEXT NOT NULL,
    note TEXT NOT NULL,
    member TEXT,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used_by TEXT,
    revoked INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  INSERT INTO invitation_2 (id, hash, role, spaces, topics, note, created, expires, used_by)
    SELECT lower(hex(randomblob(5))), hash, role, spaces, '[]', '', expires - 604800000, expires, used_by
    FROM invitation;
  DROP TABLE invitation;
  ALTER TABLE invitation_2 RENAME TO invitation;

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

  CREATE TABLE merge (
    from_member TEXT PRIMARY KEY,
    to_member TEXT NOT NULL,
    done INTEGER NOT NULL
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
  'ALTER TABLE invitation ADD COLUMN made_by TEXT;',
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
