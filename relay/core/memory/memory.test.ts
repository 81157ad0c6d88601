/** What a relay may remember, in all. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startTestRelay } from '../../testing/start-test-relay.ts';
import { FairMemory } from '../limits/fair-memory.ts';
import { Memory, WHOLE_MB } from './memory.ts';
import { TokenBuckets } from '../limits/token-buckets.ts';

const MB = 1_048_576;

describe('the memory of a relay', () => {
  for (const config of [{ memory: WHOLE_MB }, { memory: 100 }]) {
    it(`has bounds that come to the ${config.memory} MB that it was given, and to no more`, async () => {
      await using test = await startTestRelay({ config });
      const shared = (test.relay.core.platform.memory?.shared ?? 0) / MB;
      assert.ok(shared <= config.memory, `${shared} MB`);
      assert.ok(shared > config.memory * 0.9, `only ${shared} MB: the whole says nothing any more`);
    });
  }

  it('is shared by what it was given: a sixteenth of it bounds everything to a sixteenth', () => {
    const small = new Memory((WHOLE_MB / 16) * MB);
    assert.equal(small.share(64 * MB), 4 * MB);
    assert.equal(small.places(1_600, 1_000), 100);
    const rates = new TokenBuckets({ burst: 2, perSecond: 1 }, () => 0, small);
    for (let name = 0; name < 5_000; name++) rates.take(`name ${name}`);
    assert.equal(rates.size, 1_250);
    const kept = new FairMemory<true>({ mostBytes: 16 * MB, memory: small });
    for (let name = 0; name < 10_000; name++) kept.set(`name ${name}`, true);
    assert.ok(kept.bytes <= MB && kept.bytes > MB / 2);
  });
});
