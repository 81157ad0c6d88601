/** When a private record was written, as it counts between two of them: the newest stays. */

/** A record dated further ahead than this would win for ever. */
export const RECORD_AHEAD_MS = 60_000;

/** One from before the relay's clock was put back gives way to any other. */
export const countedTime = (time: number, now: number): number =>
  time > now + RECORD_AHEAD_MS ? 0 : time;
