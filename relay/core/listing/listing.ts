/**
 * A bounded list: a limited number are in sight, the others wait in order and come into sight as places
 * become free. Whatever changed last is in sight too, if it may wait at all, so whoever writes sees it.
 * The list says what moved; its caller shows that, and stores who waits.
 */
import { RankedList, type Ranked, type Standing, compareStanding } from './ranked-list.ts';

export interface ListingOptions {
  /** Places in sight. */
  readonly most: number;
  /** The value that goes with a key into the line. */
  readonly valueOf: (key: string) => string;
  /** Whether a record that found no place comes back by itself. */
  readonly waits: (standing: Standing) => boolean;
  /**
   * How many of those that wait are in memory, the first in line; the others are in storage. A longer line
   * is read less often and takes more memory: a value has some KB.
   * @default 100
   */
  readonly window?: number;
}

const WINDOW = 100;

/** A waiting item, with the value to show when its turn comes. */
export interface Waiting extends Ranked {
  readonly value: string;
}

/** What a change moved, each key once. */
export interface ListingMoves {
  /** In sight from now on, with their values if they waited until now. */
  readonly entered: readonly (Ranked & { readonly value?: string })[];
  readonly left: readonly string[];
  /** Waiting from now on, or at another place in the line, or with another value. */
  readonly waits: readonly Waiting[];
  readonly waitsNoMore: readonly string[];
}

/** `beyond`: in storage, if anywhere. */
type Place = Waiting | 'in-sight' | 'beyond' | 'nowhere';

export class Listing {
  readonly #options: ListingOptions;
  readonly #window: number;
  #most: number;
  readonly #inSight: RankedList<Ranked>;
  #line = new RankedList<Waiting>();
  /** Whether more wait in storage than here, all behind these. */
  #more = true;
  #latest: string | undefined;
  /** Where the keys were that the current change has touched. */
  #before = new Map<string, Place>();
  /** The keys that it has put behind all those held here. */
  #beyond = new Map<string, Waiting>();

  /** @param inSight what is in sight so far; `refill` brings who waits. */
  constructor(options: ListingOptions, inSight: readonly Ranked[]) {
    this.#options = options;
    this.#window = options.window ?? WINDOW;
    this.#most = options.most;
    this.#inSight = new RankedList(inSight);
  }

  /** Places in sight. */
  get most(): number {
    return this.#most;
  }

  has(key: string): boolean {
    return this.#inSight.get(key) !== undefined;
  }

  /**
   * How many to read for `refill` before this many changes are made on this many places; 0 if enough are
   * in memory.
   */
  lacks(changes: number, most = this.#most): number {
    // A change may take its own item out of the line and free a place, and the one spared so far may have to
    // go.
    const needed = 3 * changes + Math.max(0, most - this.#inSight.size) + 1;
    if (!this.#more || this.#line.size >= needed) return 0;
    return Math.max(needed, this.#window);
  }

  /** Takes the first in line from storage: as many as asked for, or all there are. */
  refill(items: readonly Waiting[], asked: number): void {
    this.#line = new RankedList(items);
    this.#more = items.length >= asked;
  }

  /**
   * Something is new, or moved, or has another value; null takes it off the list.
   * @param turn grows with each change.
   */
  set(key: string, standing: Standing | null, turn: number): ListingMoves {
    this.#note(key);
    this.#inSight.delete(key);
    this.#line.delete(key);
    if (this.#latest === key) this.#latest = undefined;
    if (standing) {
      this.#inSight.set({ key, turn, rank: standing.rank, at: standing.at });
      this.#latest = this.#options.waits(standing) ? key : undefined;
    }
    return this.#settle();
  }

  /** The list has more or fewer places from now on. */
  resize(most: number): ListingMoves {
    this.#most = most;
    return this.#settle();
  }

  #settle(): ListingMoves {
    while (this.#inSight.size > this.#most) this.#leave(this.#lowest());
    for (;;) {
      const first = this.#line.highest();
      if (!first || this.#most === 0) break;
      if (this.#inSight.size >= this.#most) {
        const lowest = this.#lowest();
        if (!lowest || compareStanding(lowest, first) > 0) break;
        this.#leave(lowest);
      }
      this.#note(first.key);
      this.#line.delete(first.key);
      this.#inSight.set(first);
    }
    return this.#moves();
  }

  /** Who leaves next: the one that changed last only if there is no place at all. */
  #lowest(): Ranked | undefined {
    return this.#inSight.lowest(this.#most === 0 ? undefined : this.#latest);
  }

  #leave(item: Ranked | undefined): void {
    if (!item) return;
    this.#note(item.key);
    this.#inSight.delete(item.key);
    if (this.#latest === item.key) this.#latest = undefined;
    if (!this.#options.waits(item)) return;
    const { key, rank, at, turn } = item;
    const waiting: Waiting = { key, rank, at, turn, value: this.#options.valueOf(key) };
    const last = this.#line.lowest();
    // None of those that only storage knows has a place here.
    if (this.#more && (!last || compareStanding(item, last) < 0)) {
      this.#beyond.set(key, waiting);
      return;
    }
    this.#line.set(waiting);
    const over = this.#line.size > this.#window ? this.#line.lowest() : undefined;
    if (!over) return;
    this.#line.delete(over.key);
    this.#more = true;
    if (this.#before.has(over.key)) this.#beyond.set(over.key, over);
  }

  #placeOf(key: string): Place {
    if (this.#inSight.get(key)) return 'in-sight';
    return this.#line.get(key) ?? this.#beyond.get(key) ?? (this.#more ? 'beyond' : 'nowhere');
  }

  #note(key: string): void {
    if (!this.#before.has(key)) this.#before.set(key, this.#placeOf(key));
  }

  #moves(): ListingMoves {
    const entered: ListingMoves['entered'][number][] = [];
    const left: string[] = [];
    const waits: Waiting[] = [];
    const waitsNoMore: string[] = [];
    for (const [key, before] of this.#before) {
      const after = this.#placeOf(key);
      const item = this.#inSight.get(key);
      if (item && before !== 'in-sight') entered.push(item);
      if (!item && before === 'in-sight') left.push(key);
      if (typeof after === 'object') {
        if (typeof before !== 'object' || !isSame(before, after)) waits.push(after);
      } else if (before !== 'in-sight' && before !== 'nowhere') {
        waitsNoMore.push(key);
      }
    }
    this.#before = new Map();
    this.#beyond = new Map();
    return { entered, left, waits, waitsNoMore };
  }
}

const isSame = (a: Waiting, b: Waiting): boolean =>
  compareStanding(a, b) === 0 && a.value === b.value;
