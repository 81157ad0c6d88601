import { expect } from '@open-wc/testing';
import { networkOf } from './network.ts';

describe('networkOf', () => {
  it('tells a block by the relay’s clock, whatever this device’s own says', () => {
    const link = { status: 'online', blockedUntil: 100_000 } as const;
    const blocked = { type: 'blocked', until: 100_000 };
    expect(networkOf(link, [], 160_000, -120_000, true)).to.deep.equal(blocked);
    expect(networkOf(link, [], 40_000, 120_000, true)).to.deep.equal({ type: 'online' });
  });
});
