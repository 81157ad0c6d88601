/** Room that nobody fills for the others. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourcePath } from './fair-memory.ts';
import { FairShare } from './fair-share.ts';

const MOST = 64_000_000;
const at = (address: string, connection = 'one') => sourcePath({ address, connection });

/** Takes all that there is to have. */
function fill(share: FairShare, sources: readonly (readonly string[])[]): (() => void)[] {
  const back: (() => void)[] = [];
  for (const bytes of [1_000_000, 100_000, 10_000, 1_000]) {
    for (let more = true; more;) {
      const taken = sources.flatMap((source) => share.take(source, bytes) ?? []);
      more = taken.length > 0;
      back.push(...taken);
    }
  }
  return back;
}

describe('A fair share', () => {
  const crowds = {
    'one connection': [at('192.0.2.1')],
    'a hundred connections of an address': Array.from({ length: 100 }, (_, n) =>
      at('192.0.2.1', `c${n}`),
    ),
    'a hundred neighbourhoods': Array.from({ length: 100 }, (_, n) => at(`10.0.${n}.1`)),
  };
  for (const [title, crowd] of Object.entries(crowds)) {
    it(`leaves room for others beside ${title}, and comes back`, () => {
      const share = new FairShare({ mostBytes: MOST });
      const back = fill(share, crowd);
      assert.ok(share.bytes <= MOST);
      assert.ok(share.bytes > MOST / 20, 'whoever is alone gets much');
      assert.equal(share.take(crowd[0]!, 1_000_000), undefined);
      const other = share.take(at('203.0.113.9'), 30_000);
      assert.ok(other, 'somebody from elsewhere');
      other();
      other();
      for (const each of back) each();
      assert.deepEqual([share.bytes, share.sources], [0, 0], 'nobody is remembered');
    });
  }

  it('leaves room for whoever shares an address with one who takes all', () => {
    const share = new FairShare({ mostBytes: MOST });
    fill(share, [at('192.0.2.1', 'his')]);
    assert.ok(share.take(at('192.0.2.1', 'hers'), 50_000));
  });
});
