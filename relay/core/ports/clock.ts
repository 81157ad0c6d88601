/** Time, injected: a test or a simulation turns it by hand. */
export interface Clock {
  /** ms since the epoch. */
  readonly now: () => number;
  /** Calls `act` every `ms` until the returned function is called. */
  every(ms: number, act: () => void): () => void;
  /** Calls `act` once after `ms`, unless the returned function is called first. */
  after(ms: number, act: () => void): () => void;
}

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
