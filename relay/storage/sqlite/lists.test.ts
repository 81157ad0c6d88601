/** A page of a list costs what it holds: SQLite finds its start in an index, and sorts nothing. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { blockSql } from '../../features/blocks/blocks-sql.ts';
import { cardSql } from '../../features/cards/cards-sql.ts';
import { invitationSql } from '../../features/invitations/invitations-sql.ts';
import { memberSql, membersInSql } from '../../features/members/members-sql.ts';
import type { Operation } from '../../sql/query.ts';
import { migrate } from '../migrations/migrate.ts';

const inSql = membersInSql({ *moved() {} });
const byTime = { after: { by: 5, id: 'x' }, most: 20 };
const byName = { after: { by: 'ana', id: 'x' }, most: 20 };
const lists: Readonly<Record<string, Operation<unknown>>> = {
  members: memberSql(inSql).members(true, byName),
  'members of the desk': memberSql(inSql).members(false, byName),
  invitations: invitationSql(inSql).invitations(1, byTime),
  blocks: blockSql((member) => inSql.knownAs(member)).blocksAt(3, byTime),
  photos: cardSql(inSql).heldPhotos(byTime),
};

describe('a page of a list', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  for (const [name, list] of Object.entries(lists)) {
    it(`of ${name} is read from where it begins, and no further than it goes`, () => {
      const { value, done } = list.next();
      assert.ok(done !== true && typeof value === 'object' && value !== null && 'sql' in value);
      assert.match(value.sql, /limit \?$/);
      assert.equal(value.parameters.at(-1), 21);
      const plan = db
        .prepare(`EXPLAIN QUERY PLAN ${value.sql}`)
        .all(...(value.parameters as number[]))
        .map(({ detail }) => String(detail));
      assert.match(plan.join(), /^SEARCH \w+ USING (COVERING )?INDEX \w+ \(/);
    });
  }
});
