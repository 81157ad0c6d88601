/**
 * A sorted list in chunks. Adding, removing and finding cost the logarithm of its length plus one chunk,
 * anywhere in the list.
 */
const CHUNK = 128;

/** Index of the first item for which `isBefore` no longer holds. */
function split<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class Ordered<T> implements Iterable<T> {
  readonly #compare: (a: T, b: T) => number;
  /** None is empty. */
  #chunks: T[][] = [];

  /** @param compare 0 only for what counts as the same item. */
  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get first(): T | undefined {
    return this.#chunks[0]?.[0];
  }

  get last(): T | undefined {
    return this.#chunks.at(-1)?.at(-1);
  }

  /** The first item after `item`; the first of all after nothing. */
  after(item: T | undefined): T | undefined {
    if (item === undefined) return this.first;
    const isIn = (other: T): boolean => this.#compare(other, item) <= 0;
    const chunk = this.#chunks[split(this.#chunks, (chunk) => isIn(chunk.at(-1)!))];
    return chunk?.[split(chunk, isIn)];
  }

  add(item: T): void {
    const { last } = this;
    if (last === undefined || this.#compare(last, item) < 0) {
      const chunk = this.#chunks.at(-1);
      if (chunk && chunk.length < CHUNK) chunk.push(item);
      else this.#chunks.push([item]);
      return;
    }
    const [at, chunk, index] = this.#find(item);
    chunk.splice(index, 0, item);
    if (chunk.length > CHUNK) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK / 2));
  }

  delete(item: T): void {
    const [at, chunk, index] = this.#find(item);
    if (chunk[index] === undefined || this.#compare(chunk[index], item) !== 0) return;
    chunk.splice(index, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  /** Where `item` is, or would be. */
  #find(item: T): [at: number, chunk: T[], index: number] {
    const isBefore = (other: T): boolean => this.#compare(other, item) < 0;
    const at = split(this.#chunks, (chunk) => isBefore(chunk.at(-1)!));
    const chunk = this.#chunks[at] ?? [];
    return [at, chunk, split(chunk, isBefore)];
  }
}
