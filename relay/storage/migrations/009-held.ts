import type { Migration } from './migration.ts';

/** What is known of entries that wait outside their room, and in which order they are found. */
export const held: Migration = {
  version: 9,
  feature: 'core',
  sql: `
    ALTER TABLE held ADD COLUMN state TEXT NOT NULL DEFAULT 'held';
    ALTER TABLE held ADD COLUMN code TEXT NOT NULL DEFAULT '';
    ALTER TABLE held ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE held ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE held ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE held ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

    CREATE INDEX held_by_age ON held (since, id) WHERE state = 'held';
    CREATE INDEX held_of_conversation ON held (conversation, since);
    CREATE INDEX held_until ON held (until) WHERE until > 0;
  `,
};
