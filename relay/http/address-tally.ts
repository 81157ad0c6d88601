/**
 * How much of something each client address holds, so that no address and no neighbourhood takes
 * everything.
 */
import { addressNames } from '../core/limits/networks.ts';

export interface AddressTallyOptions {
  /** For one address; for IPv6, the /64. */
  readonly most: number;
  /** For one neighbourhood (IPv4 /24, IPv6 /48): an IPv6 site has 65,536 lines. */
  readonly mostNearby: number;
}

export class AddressTally {
  readonly #options: AddressTallyOptions;
  /** By address and by neighbourhood. */
  readonly #held = new Map<string, number>();

  constructor(options: AddressTallyOptions) {
    this.#options = options;
  }

  /** Whether an address or its neighbourhood holds as much as allowed. */
  isFull(address: string): boolean {
    const { narrow, wide } = addressNames(address);
    const { most, mostNearby } = this.#options;
    return this.#heldBy(narrow) >= most || this.#heldBy(wide) >= mostNearby;
  }

  /** An address takes one. Returns a function that gives it back, once. */
  add(address: string): () => void {
    const { narrow, wide } = addressNames(address);
    const names = new Set([narrow, wide]);
    for (const name of names) this.#held.set(name, this.#heldBy(name) + 1);
    return () => {
      for (const name of names) {
        const left = this.#heldBy(name) - 1;
        if (left > 0) this.#held.set(name, left);
        else this.#held.delete(name);
      }
      names.clear();
    };
  }

  #heldBy(name: string): number {
    return this.#held.get(name) ?? 0;
  }
}
