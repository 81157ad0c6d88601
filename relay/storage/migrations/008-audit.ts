import type { Migration } from './migration.ts';

/** What the brand's people did. Lines only come; of one, the reason alone can go. */
export const audit: Migration = {
  version: 8,
  feature: 'audit',
  sql: `
    CREATE TABLE audit (
      n INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      "by" TEXT NOT NULL,
      act TEXT NOT NULL,
      target TEXT NOT NULL,
      why TEXT,
      salt BLOB,
      hash BLOB NOT NULL,
      why_hash BLOB NOT NULL
    ) STRICT;
    CREATE INDEX audit_by ON audit ("by");
    CREATE INDEX audit_act ON audit (act);
    CREATE INDEX audit_target ON audit (target);

    CREATE TRIGGER audit_stays BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'a line of the audit stays'); END;
    CREATE TRIGGER audit_as_it_was BEFORE UPDATE OF n, at, "by", act, target, hash, why_hash ON audit
      BEGIN SELECT RAISE(ABORT, 'a line of the audit stays as it was'); END;
    CREATE TRIGGER audit_blanked_only BEFORE UPDATE OF why, salt ON audit
      WHEN NEW.why IS NOT NULL OR NEW.salt IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a reason can only go'); END;
  `,
};
