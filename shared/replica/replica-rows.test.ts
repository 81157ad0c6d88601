/** Held rows: what is kept as they change is what all of them say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { community, record, said } from '../testing/replica-bench.ts';
import { ReplicaRows } from './replica-rows.ts';

const bytesOf = Array.from({ length: 12 }, (_, seq) =>
  seq % 3 === 0 ? record(seq, `key ${seq}`) : said(seq, `text ${seq}`),
);

test('digest, ids and rows are those of the rows now, whatever came and went', () => {
  const lists = fc.array(fc.subarray(bytesOf), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lists, (steps) => {
      const rows = new ReplicaRows(community);
      for (const live of steps) rows.update(live);
      const anew = new ReplicaRows(community);
      anew.update(steps.at(-1) ?? []);
      assert.deepEqual(rows.digest, anew.digest);
      assert.deepEqual([...rows.numbered].toSorted(), [...anew.numbered].toSorted());
      assert.deepEqual(rows.rows, anew.rows);
      assert.deepEqual(rows.bytes, anew.bytes);
    }),
  );
});

test('a row that stays is read once', () => {
  const rows = new ReplicaRows(community);
  rows.update(bytesOf);
  const before = rows.rows;
  rows.update(bytesOf.slice(4));
  assert.ok(rows.rows.every((row, index) => row === before[index + 4]));
});
