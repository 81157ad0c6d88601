/**
 * Room for what waits its turn, within so many bytes. Nobody may have more than half of what is free just
 * now: the fuller it is, the less whoever has much gets, and there always is some left for one who
 * comes with little (dynamic thresholds; Choudhury and Hahne, 1998).
 */
import type { SourcePath } from './fair-memory.ts';

const SHARE = 1 / 2;

export class FairShare {
  readonly #mostBytes: number;
  readonly #held = new Map<string, number>();

  constructor({ mostBytes }: { readonly mostBytes: number }) {
    this.#mostBytes = mostBytes;
  }

  /** What waits, in bytes. */
  get bytes(): number {
    return this.#heldBy('');
  }

  /** Takes room: returns a function that gives it back, once; undefined where there is none. */
  take(path: SourcePath, bytes: number): (() => void) | undefined {
    const names = ['', ...path.map((_, index) => path.slice(0, index + 1).join('\n'))];
    let most = this.#mostBytes;
    for (const name of names) {
      if (this.#heldBy(name) + bytes > most) return undefined;
      most = (most - this.#heldBy(name)) * SHARE;
    }
    for (const name of names) this.#held.set(name, this.#heldBy(name) + bytes);
    return () => {
      for (const name of names.splice(0)) {
        const left = this.#heldBy(name) - bytes;
        if (left > 0) this.#held.set(name, left);
        else this.#held.delete(name);
      }
    };
  }

  #heldBy(name: string): number {
    return this.#held.get(name) ?? 0;
  }
}
