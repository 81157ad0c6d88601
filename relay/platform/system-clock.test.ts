import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { systemClock } from './system-clock.ts';

describe("the machine's clock", () => {
  it('waits longer than a timer can, and can be told not to', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const days = 30 * 24 * 3_600_000;
      const acts: string[] = [];
      systemClock.after(days, () => acts.push('done'));
      const cancel = systemClock.after(days, () => acts.push('cancelled'));
      mock.timers.tick(2 ** 31 - 1);
      assert.deepEqual(acts, []);
      cancel();
      mock.timers.tick(days - 2 ** 31);
      assert.deepEqual(acts, []);
      mock.timers.tick(1);
      assert.deepEqual(acts, ['done']);
    } finally {
      mock.timers.reset();
    }
  });
});
