/** The chunked list against a sorted array, past the size of many chunks. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { Ordered } from './ordered.ts';

const compare = (a: number, b: number): number => a - b;

describe('ordered', () => {
  it('holds what a sorted array holds, and finds what comes after', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000), { minLength: 1, maxLength: 2_000 }), (numbers) => {
        const list = new Ordered(compare);
        const there = new Set<number>();
        numbers.forEach((number, index) => {
          // Every third comes as a deletion, of something that may not be there.
          if (index % 3 === 2) {
            list.delete(number);
            there.delete(number);
          } else if (!there.has(number)) {
            list.add(number);
            there.add(number);
          }
        });
        const sorted = [...there].sort(compare);
        assert.deepEqual([...list], sorted);
        assert.deepEqual([list.first, list.last], [sorted[0], sorted.at(-1)]);
        assert.equal(list.after(undefined), sorted[0]);
        for (const number of numbers.slice(0, 50)) {
          assert.equal(
            list.after(number),
            sorted.find((other) => other > number),
          );
        }
        for (const number of sorted) list.delete(number);
        assert.deepEqual([[...list], list.first, list.last], [[], undefined, undefined]);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps all of a long list that grows from its front', () => {
    const list = new Ordered(compare);
    for (let number = 2_000; number > 0; number--) list.add(number);
    assert.deepEqual(
      [...list],
      Array.from({ length: 2_000 }, (_, index) => index + 1),
    );
  });
});
