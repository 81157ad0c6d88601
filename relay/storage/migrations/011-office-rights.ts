import type { Migration } from './migration.ts';

/** Who may do what in the office, beside the managers by their role. */
export const officeRights: Migration = {
  version: 11,
  feature: 'office-rights',
  sql: `
    CREATE TABLE office_right (
      member TEXT NOT NULL,
      "right" TEXT NOT NULL,
      spaces TEXT NOT NULL,
      PRIMARY KEY (member, "right")
    ) STRICT, WITHOUT ROWID;
  `,
};
