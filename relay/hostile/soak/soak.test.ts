/** A short share of `npm run soak`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { soak } from './soak.ts';

describe('a relay under mixed abuse within the limits', { timeout: 90_000 }, () => {
  it('serves honest people, and keeps to its memory', async () => {
    const samples = await soak({ at: [6, 14] });
    for (const { seconds, rssMB, p50, p99, acts } of samples)
      console.log(
        `# ${seconds} s, ${acts} acts: ${Math.round(rssMB)} MB, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      );
    const [first, last] = samples;
    assert.ok(first && last);
    assert.ok(last.acts > 100, 'there was a mob');
    assert.ok(last.p50 < 500, `an honest word took ${last.p50} ms`);
    assert.ok(last.rssMB < 500, `${last.rssMB} MB`);
    assert.ok(last.rssMB - first.rssMB < 100, `${last.rssMB - first.rssMB} MB more in 8 s`);
  });
});
