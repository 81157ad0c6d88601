/**
 * Whether the machine's clock can be believed when something is deleted for good because of its age. A machine
 * that starts may have a wrong clock until it has asked others for the time.
 */
import type { Clock } from './ports/clock.ts';

/** What a clock is set right by while it runs. */
const SET_RIGHT_MS = 60_000;

export class SteadinessCheck {
  readonly #clock: Pick<Clock, 'now' | 'steady'>;
  readonly #forMs: number;
  /** The clock less the time that passed, at the last look. */
  #ahead: number;
  #since: number;

  /** @param forMs how long it must have run evenly, from when this was made or it was found turned. */
  constructor(clock: Pick<Clock, 'now' | 'steady'>, forMs: number) {
    this.#clock = clock;
    this.#forMs = forMs;
    this.#since = clock.steady();
    this.#ahead = clock.now() - this.#since;
  }

  isBelievable(): boolean {
    const steady = this.#clock.steady();
    const ahead = this.#clock.now() - steady;
    if (Math.abs(ahead - this.#ahead) > SET_RIGHT_MS) this.#since = steady;
    this.#ahead = ahead;
    return steady - this.#since >= this.#forMs;
  }
}
