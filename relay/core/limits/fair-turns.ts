/**
 * Work that anybody may ask for, a little at a time. When there is more of it, neighbourhoods, addresses and
 * connections take turns: however much one asks for, nobody is refused, and each of the others waits for a little of it.
 */
import { FairQueue } from './fair-queue.ts';
import type { SourcePath } from './fair-memory.ts';

export interface FairTurnsOptions {
  /** How much of it is done at the same time. */
  readonly atOnce: number;
}

export class FairTurns {
  readonly #atOnce: number;
  readonly #queue = new FairQueue<() => void>();
  #taken = 0;

  constructor({ atOnce }: FairTurnsOptions) {
    this.#atOnce = atOnce;
  }

  /** Those who wait for a turn. */
  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Does something when it is its turn, which ends when that has settled.
   * @param pathOf who asks for it, wide first; called only if it must wait
   */
  async take<Result>(pathOf: () => SourcePath, act: () => Promise<Result>): Promise<Result> {
    if (this.#taken < this.#atOnce) this.#taken++;
    else await new Promise<void>((go) => this.#queue.add(pathOf(), go));
    try {
      return await act();
    } finally {
      const next = this.#queue.take();
      if (next) next();
      else this.#taken--;
    }
  }
}
