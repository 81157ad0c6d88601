/** How much a text may make the filter work, counted in steps: the same text has the same end everywhere. */

/** Some 1.5 ms; 4,000 signs that somebody wrote take half of it, and a usual message a hundredth. */
export const MOST_STEPS = 70_000;

/** Thrown where a text is past its bound. */
export class TooMuchWork extends Error {}

export class Work {
  readonly #most: number;
  #left: number;

  constructor(steps: number = MOST_STEPS) {
    this.#most = steps;
    this.#left = steps;
  }

  get spent(): number {
    return this.#most - this.#left;
  }

  /** @throws {TooMuchWork} */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooMuchWork('more work than a text may cause');
  }
}
