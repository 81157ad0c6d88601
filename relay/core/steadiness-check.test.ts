/** When a clock is believed: after it has run evenly, whichever way it was turned before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ManualClock } from '../testing/manual-clock.ts';
import { SteadinessCheck } from './steadiness-check.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a clock', () => {
  it('is believed once it has run evenly for long enough', () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 27));
    const check = new SteadinessCheck(clock, HOUR);
    assert.equal(check.isBelievable(), false);
    clock.advance(HOUR - 1);
    assert.equal(check.isBelievable(), false);
    clock.advance(1);
    assert.equal(check.isBelievable(), true);
  });

  for (const [way, ms] of [
    ['forward', 2 * MINUTE],
    ['back', -2 * MINUTE],
  ] as const) {
    it(`that is turned ${way} is believed again as long after that, though nobody turns it back`, () => {
      const clock = new ManualClock(Date.UTC(2026, 10, 27));
      const check = new SteadinessCheck(clock, HOUR);
      clock.advance(2 * HOUR);
      assert.equal(check.isBelievable(), true);
      clock.turn(ms);
      assert.equal(check.isBelievable(), false);
      clock.advance(HOUR / 2);
      assert.equal(check.isBelievable(), false);
      clock.advance(HOUR / 2);
      assert.equal(check.isBelievable(), true);
    });
  }

  it('may be set right by less than a minute', () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 27));
    const check = new SteadinessCheck(clock, HOUR);
    for (let time = 0; time < 60; time++) {
      clock.advance(MINUTE);
      clock.turn(time % 2 === 0 ? 50_000 : -50_000);
      assert.equal(check.isBelievable(), time === 59);
    }
  });
});
