/** Buckets of tokens: what they give, to whom, and when again. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TokenBuckets } from './token-buckets.ts';

describe('Token buckets', () => {
  let now = 0;
  const buckets = (): TokenBuckets => new TokenBuckets({ burst: 10, perSecond: 2 }, () => now);

  it('take what things weigh, and say when there is enough again', () => {
    const all = buckets();
    assert.equal(all.take('ana', 7), 0);
    assert.equal(all.take('ana', 5), 1_000);
    assert.equal(all.take('ana', 3), 0, 'what was refused took nothing');
    now += 1_000;
    assert.equal(all.take('ana', 2), 0);
    assert.equal(all.take('ben', 10), 0, 'each has its own');
  });

  it('take a full one for what weighs more than a bucket holds, or nobody could ever have it', () => {
    const all = buckets();
    assert.equal(all.take('ana', 25), 0);
    assert.equal(all.take('ana', 25), 5_000);
    now += 5_000;
    assert.equal(all.take('ana', 25), 0);
  });

  it('keep no name whose bucket is full again, and every other', () => {
    const all = buckets();
    for (let name = 0; name < 1_000; name++) all.take(`name ${name}`, 2);
    all.take('ana', 10);
    now += 1_000;
    assert.equal(all.take('ben', 1), 0);
    assert.equal(all.size, 2);
    assert.equal(all.take('ana', 3), 500, 'what she took is not forgotten');
    now += 4_000;
    all.take('cai', 1);
    assert.equal(all.size, 1);
  });
});
