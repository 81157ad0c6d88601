/**
 * Lists of the same things by different rules, kept from change to change. What changed is looked for by halving
 * and put where it belongs by now: the rest is neither made again, compared nor sorted.
 */
export interface ListRule<T> {
  has(item: T): boolean;
  /** As of `toSorted`. Where it says 0, ids decide. */
  order(a: T, b: T): number;
}

export interface Change<T> {
  /** Undefined: it is new. */
  readonly before: T | undefined;
  /** Undefined: it is gone. */
  readonly after: T | undefined;
}

type Lists<T, Name extends string> = Readonly<Record<Name, readonly T[]>>;

/** With more changes at once, a list is made anew. */
const MANY = 32;

export class KeptLists<T extends { readonly id: string }, Name extends string> {
  readonly #rules: readonly (readonly [Name, ListRule<T>])[];
  #lists: Lists<T, Name>;

  constructor(rules: Readonly<Record<Name, ListRule<T>>>) {
    this.#rules = Object.entries(rules) as [Name, ListRule<T>][];
    this.#lists = this.#each(() => []);
  }

  /** A list that stayed the same is the same array. */
  get lists(): Lists<T, Name> {
    return this.#lists;
  }

  /** @param all how all of them are by now; `changes` tells how they differ from before */
  change(changes: readonly Change<T>[], all: readonly T[]): void {
    if (changes.length === 0) return;
    this.#lists = this.#each((name, rule) => {
      const own = changes.filter(({ before, after }) => inIt(rule, before) || inIt(rule, after));
      if (own.length === 0) return this.#lists[name];
      const order = (a: T, b: T): number => rule.order(a, b) || (a.id < b.id ? -1 : 1);
      if (own.length > MANY) return all.filter((item) => rule.has(item)).toSorted(order);
      const list = [...this.#lists[name]];
      for (const { before, after } of own) {
        if (inIt(rule, before)) list.splice(placeIn(list, before, order), 1);
        if (inIt(rule, after)) list.splice(placeIn(list, after, order), 0, after);
      }
      return list;
    });
  }

  #each(list: (name: Name, rule: ListRule<T>) => readonly T[]): Lists<T, Name> {
    return Object.fromEntries(this.#rules.map(([name, rule]) => [name, list(name, rule)])) as Lists<
      T,
      Name
    >;
  }
}

const inIt = <T>(rule: ListRule<T>, item: T | undefined): item is T =>
  item !== undefined && rule.has(item);

/** Where an item stands, or belongs. */
function placeIn<T>(list: readonly T[], item: T, order: (a: T, b: T) => number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = list[middle]!;
    if (there === item) return middle;
    if (order(there, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
