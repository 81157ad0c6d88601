import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FairQueue } from './fair-queue.ts';

describe('a fair queue', () => {
  it('takes one of each group in turn, and within a group one of each inner group', () => {
    const queue = new FairQueue<string>();
    for (const item of ['a1x', 'a1y', 'a1z', 'a2x', 'b1x']) {
      const [wide = '', narrow = '', self = ''] = item;
      queue.add([wide, narrow, self], item);
    }
    const taken: (string | undefined)[] = [];
    while (queue.size > 0) taken.push(queue.take());
    assert.deepEqual(taken, ['a1x', 'b1x', 'a2x', 'a1y', 'a1z']);
    assert.equal(queue.take(), undefined);
  });

  it('lets whoever comes to a thousand of one address wait for one of them', () => {
    const queue = new FairQueue<number>();
    for (let number = 0; number < 1_000; number++) queue.add(['far', 'a', `${number}`], number);
    assert.equal(queue.take(), 0);
    queue.add(['near', 'b', 'x'], -1);
    assert.deepEqual([queue.take(), queue.take()].includes(-1), true);
  });
});
