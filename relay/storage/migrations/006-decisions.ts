import type { Migration } from './migration.ts';

/** What was decided about people's words, and what they ask to be looked at again. */
export const decisions: Migration = {
  version: 6,
  feature: 'decisions',
  sql: `
    CREATE TABLE decision (
      reference TEXT PRIMARY KEY,
      id TEXT,
      conversation TEXT,
      space TEXT,
      member TEXT NOT NULL,
      what TEXT NOT NULL,
      code TEXT NOT NULL,
      reason TEXT NOT NULL,
      rule TEXT NOT NULL,
      until INTEGER NOT NULL,
      by TEXT NOT NULL,
      at INTEGER NOT NULL,
      seen INTEGER NOT NULL,
      appeal TEXT,
      appeal_at INTEGER,
      appeal_by TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX decision_of_member ON decision (member, at);
    CREATE INDEX decision_of_entry ON decision (id) WHERE id IS NOT NULL;
    CREATE INDEX decision_by_age ON decision (at);
    CREATE INDEX appeal_open ON decision (appeal_at, reference)
      WHERE appeal IS NOT NULL AND appeal_by IS NULL;
  `,
};
