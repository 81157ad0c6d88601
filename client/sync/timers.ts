/** The clock and the timers that sync goes by: the browser's, or those of a run that is made up. */
export interface Timers {
  /** This device's own clock, right or wrong, ms since the epoch. */
  now(): number;
  /** Acts once after `ms`; the value returned takes it back. */
  after(ms: number, act: () => void): () => void;
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
