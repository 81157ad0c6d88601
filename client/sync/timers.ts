/** The clock and timers of sync: the browser's, or those of a simulated run. */
export interface Timers {
  /** This device's own clock, right or wrong, ms since the epoch. */
  now(): number;
  /** Acts once after `ms`. The returned function cancels it. */
  after(ms: number, act: () => void): () => void;
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
