import { expect } from '@open-wc/testing';
import { CloseCode } from '../../../shared/protocol/close-codes.ts';
import { redialAfter, stableAfter } from './redial-after.ts';

describe('when a device dials again', () => {
  const waits = (code: number | null): number[] =>
    [1, 2, 3, 4, 5, 6, 7, 20].map((failures) => redialAfter(code, failures, () => 1));

  it('is soon at first, then later each time, and never later than 15 s', () => {
    expect(waits(1006)).to.deep.equal([400, 800, 1_600, 3_200, 6_400, 12_800, 15_000, 15_000]);
    expect(waits(null)).to.deep.equal(waits(CloseCode.goingAway));
  });

  it('is minutes after the relay let go of it, so that two crowds of one address do not push each other out in turn', () => {
    const minutes = waits(CloseCode.tooMany).map((ms) => ms / 60_000);
    expect(minutes).to.deep.equal([1, 2, 4, 8, 10, 10, 10, 10]);
    expect(stableAfter(CloseCode.tooMany)).to.be.greaterThan(stableAfter(1006));
  });

  it('is not the same moment for everybody', () => {
    expect(redialAfter(CloseCode.tooMany, 1, () => 0)).to.equal(30_000);
    expect(redialAfter(1006, 1, () => 0)).to.equal(200);
  });
});
