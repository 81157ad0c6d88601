/** Held rows: what is kept as they change is what all of them say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { community, record, said } from '../testing/replica-bench.ts';
import { HeldRows } from './held-rows.ts';

const bytesOf = Array.from({ length: 12 }, (_, seq) =>
  seq % 3 === 0 ? record(seq, `key ${seq}`) : said(seq, `text ${seq}`),
);

test('digest, ids and rows are those of the rows now, whatever came and went', () => {
  const lists = fc.array(fc.subarray(bytesOf), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lists, (steps) => {
      const held = new HeldRows(community);
      for (const live of steps) held.take(live);
      const anew = new HeldRows(community);
      anew.take(steps.at(-1) ?? []);
      assert.deepEqual(held.digest, anew.digest);
      assert.deepEqual([...held.numbered].toSorted(), [...anew.numbered].toSorted());
      assert.deepEqual(held.rows, anew.rows);
      assert.deepEqual(held.bytes, anew.bytes);
    }),
  );
});

test('a row that stays is read once', () => {
  const held = new HeldRows(community);
  held.take(bytesOf);
  const before = held.rows;
  held.take(bytesOf.slice(4));
  assert.ok(held.rows.every((row, index) => row === before[index + 4]));
});
