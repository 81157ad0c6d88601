/** What each client address holds of something, so that no address and no neighbourhood takes it all. */
import { addressNames } from '../core/limits/networks.ts';

export interface AddressTallyOptions {
  /** Of one address, an IPv6 line being one. */
  readonly most: number;
  /** Of one neighbourhood (IPv4 /24, IPv6 /48): who has an IPv6 site has 65,536 lines. */
  readonly mostNearby: number;
}

export class AddressTally {
  readonly #options: AddressTallyOptions;
  /** By address and by neighbourhood. */
  readonly #held = new Map<string, number>();

  constructor(options: AddressTallyOptions) {
    this.#options = options;
  }

  /** Whether an address, or all around it, hold as much as they may. */
  isFull(address: string): boolean {
    const { narrow, wide } = addressNames(address);
    const { most, mostNearby } = this.#options;
    return this.#heldBy(narrow) >= most || this.#heldBy(wide) >= mostNearby;
  }

  /** An address takes one; returns how it gives it back, once. */
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
