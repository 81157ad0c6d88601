/**
 * Items in the order of how much each deserves its place. Finding a place takes O(log n) steps. Lists have
 * a bounded length (listing.ts), so moving the rest along costs almost nothing.
 */

/** How much something deserves a place: by higher rank, then by higher `at`. */
export interface Standing {
  readonly rank: number;
  readonly at: number;
}

export interface Ranked extends Standing {
  readonly key: string;
  /** Among equals, the one with the lower turn stays longer. */
  readonly turn: number;
}

/** Negative if `a` leaves before `b`. No two keys are equal. */
export function compareStanding(a: Ranked, b: Ranked): number {
  return (
    a.rank - b.rank ||
    a.at - b.at ||
    b.turn - a.turn ||
    (a.key < b.key ? -1 : Number(a.key > b.key))
  );
}

export class RankedList<Item extends Ranked> {
  /** The lowest first. */
  readonly #order: Item[];
  readonly #byKey: Map<string, Item>;

  /** @param items in any order; no key twice. */
  constructor(items: readonly Item[] = []) {
    this.#order = items.toSorted(compareStanding);
    this.#byKey = new Map(items.map((item) => [item.key, item]));
  }

  get size(): number {
    return this.#order.length;
  }

  get(key: string): Item | undefined {
    return this.#byKey.get(key);
  }

  /** The lowest except `spared`. */
  lowest(spared?: string): Item | undefined {
    return this.#order[this.#order[0]?.key === spared ? 1 : 0];
  }

  highest(): Item | undefined {
    return this.#order.at(-1);
  }

  /** Puts `item` in its place, and removes what its key had before. */
  set(item: Item): void {
    this.delete(item.key);
    this.#order.splice(this.#placeOf(item), 0, item);
    this.#byKey.set(item.key, item);
  }

  /** Idempotent. */
  delete(key: string): void {
    const item = this.#byKey.get(key);
    if (!item) return;
    this.#order.splice(this.#placeOf(item), 1);
    this.#byKey.delete(key);
  }

  /** How many rank below `item`. */
  #placeOf(item: Ranked): number {
    let from = 0;
    let to = this.#order.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = this.#order[middle];
      if (other && compareStanding(other, item) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
