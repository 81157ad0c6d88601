import { nameKey } from '../../../shared/api/route/page.ts';
import type { Migration } from './migration.ts';

/** What lists are sorted by, so that a page of one is read alone, however long the list is. */
export const lists: readonly Migration[] = [
  {
    version: 4,
    feature: 'members',
    functions: { name_key: (name) => nameKey(String(name)) },
    sql: `
      ALTER TABLE member ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
      UPDATE member SET name_key = name_key(name);
      CREATE INDEX member_name ON member (name_key, id);
      CREATE INDEX member_desk ON member (name_key, id) WHERE role >= 1;
    `,
  },
  {
    version: 4,
    feature: 'invitations',
    sql: 'CREATE INDEX invitation_created ON invitation (created, id);',
  },
  {
    version: 4,
    feature: 'blocks',
    sql: `
      CREATE INDEX block_created ON block (created, id);
      CREATE INDEX address_hash ON address (hash, seen, member);
    `,
  },
  {
    version: 4,
    feature: 'cards',
    sql: 'CREATE INDEX photo_held ON photo (uploaded, name) WHERE held = 1;',
  },
];
