/** Time, injected: a test or a simulation sets it by hand. */
export interface Clock {
  /** ms since the epoch. A machine's clock may be put forward and back. */
  readonly now: () => number;
  /** ms since some moment: nobody turns it. */
  readonly steady: () => number;
  /** Calls `act` every `ms` until the returned function is called. */
  every(ms: number, act: () => void): () => void;
  /** Calls `act` once after `ms`, unless the returned function is called first. */
  after(ms: number, act: () => void): () => void;
}
