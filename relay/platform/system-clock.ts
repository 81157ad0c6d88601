/** The machine's own time and timers, which keep no process alive. */
import type { Clock } from '../core/ports/clock.ts';

export const systemClock: Clock = {
  now: Date.now,
  every(ms, act) {
    const timer = setInterval(act, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
  after(ms, act) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
