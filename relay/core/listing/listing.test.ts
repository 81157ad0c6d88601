/** A list with an end, against one that sorts everything anew each time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { Listing, type ListingMoves, type Waiting } from './listing.ts';
import { type Ranked, type Standing, compareStanding } from './ranked-list.ts';

const waits = ({ rank }: Standing): boolean => rank > 0;
const descending = <Item extends Ranked>(items: Iterable<Item>): Item[] =>
  [...items].toSorted((a, b) => compareStanding(b, a));

/** A listing with what its caller keeps: what is shown, and who waits in storage. */
class Kept {
  readonly shown = new Map<string, Waiting>();
  readonly waiting = new Map<string, Waiting>();
  readonly #window: number;
  #most: number;
  #listing: Listing;
  /** The value of the key that changes. */
  #next = new Map<string, Waiting>();
  reads = 0;
  writes = 0;

  constructor(most: number, window = 8) {
    this.#most = most;
    this.#window = window;
    this.#listing = this.#open();
  }

  restart(): void {
    this.#listing = this.#open();
    this.resize(this.#most);
  }

  set(key: string, standing: Standing | null, value: string, turn: number): void {
    this.#next = new Map(standing ? [[key, { key, ...standing, turn, value }]] : []);
    this.#refill(1);
    this.#apply(this.#listing.set(key, standing, turn));
    const next = this.#next.get(key);
    if (next && this.shown.has(key)) this.shown.set(key, next);
  }

  resize(most: number): void {
    this.#most = most;
    this.#next.clear();
    this.#refill(0);
    this.#apply(this.#listing.resize(most));
  }

  #open(): Listing {
    const valueOf = (key: string): string => (this.#next.get(key) ?? this.shown.get(key)!).value;
    const options = { most: this.#most, window: this.#window, waits, valueOf };
    return new Listing(options, [...this.shown.values()]);
  }

  #refill(changes: number): void {
    const asked = this.#listing.lacks(changes, this.#most);
    if (asked === 0) return;
    this.reads++;
    this.#listing.refill(descending(this.waiting.values()).slice(0, asked), asked);
  }

  #apply({ entered, left, waits: later, waitsNoMore }: ListingMoves): void {
    this.writes += later.length + waitsNoMore.length;
    for (const key of left) assert.ok(this.shown.delete(key), `${key} was shown`);
    for (const item of later) this.waiting.set(item.key, item);
    for (const key of waitsNoMore) this.waiting.delete(key);
    for (const { key, rank, at, turn, value } of entered) {
      assert.ok(!this.shown.has(key), `${key} was not shown`);
      const next = this.#next.get(key);
      this.shown.set(key, next ?? { key, rank, at, turn, value: value! });
    }
  }
}

/** The same by brute force. */
class Sorted {
  most: number;
  latest: string | undefined;
  shown: Waiting[] = [];
  waiting: Waiting[] = [];

  constructor(most: number) {
    this.most = most;
  }

  set(key: string, standing: Standing | null, value: string, turn: number): void {
    const others = [...this.shown, ...this.waiting].filter((item) => item.key !== key);
    if (standing) this.latest = waits(standing) ? key : undefined;
    this.settle(standing ? [...others, { key, ...standing, turn, value }] : others);
  }

  settle(all = [...this.shown, ...this.waiting]): void {
    const sorted = descending(all);
    const latest = sorted.filter(({ key }) => key === this.latest);
    const rest = sorted.filter(({ key }) => key !== this.latest);
    const ordered = [...latest, ...rest];
    this.shown = ordered.slice(0, this.most);
    this.waiting = ordered.slice(this.most).filter(waits);
    if (!this.shown.some(({ key }) => key === this.latest)) this.latest = undefined;
  }
}

const byKey = (items: Iterable<Waiting>): unknown[] =>
  [...items]
    .map(({ key, rank, at, turn, value }) => ({ key, rank, at, turn, value }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));

describe('a listing', () => {
  it('shows and keeps waiting what sorting everything would, after restarts and in other sizes too', () => {
    const key = fc.integer({ min: 0, max: 40 }).map((number) => `k${number}`);
    const standing = fc.record({
      rank: fc.integer({ min: 0, max: 3 }),
      at: fc.integer({ min: 0, max: 9 }),
    });
    const value = fc.constantFrom('a', 'b');
    const step = fc.oneof(
      {
        weight: 12,
        arbitrary: fc.record({ key, standing: fc.option(standing, { freq: 5 }), value }),
      },
      { weight: 1, arbitrary: fc.record({ most: fc.constantFrom(0, 1, 5, 6) }) },
      { weight: 1, arbitrary: fc.constant('restart' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
        const kept = new Kept(5);
        const sorted = new Sorted(5);
        for (const [turn, one] of steps.entries()) {
          if (one === 'restart') {
            sorted.latest = undefined;
            sorted.settle();
            kept.restart();
          } else if ('most' in one) {
            sorted.most = one.most;
            sorted.settle();
            kept.resize(one.most);
          } else {
            sorted.set(one.key, one.standing, one.value, turn);
            kept.set(one.key, one.standing, one.value, turn);
          }
          assert.deepEqual(byKey(kept.shown.values()), byKey(sorted.shown));
          assert.deepEqual(byKey(kept.waiting.values()), byKey(sorted.waiting));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('shows whatever changed last, and lets it go with the next change', () => {
    const kept = new Kept(2);
    for (const [index, key] of ['first', 'second', 'third', 'fourth'].entries())
      kept.set(key, { rank: 2, at: -index }, '', index);
    assert.deepEqual([...kept.shown.keys()], ['first', 'fourth']);
    kept.set('first', { rank: 2, at: 0 }, 'more', 9);
    assert.deepEqual([...kept.shown.keys()], ['first', 'second']);
    assert.deepEqual([...kept.waiting.keys()].toSorted(), ['fourth', 'third']);
  });

  it('keeps, of those that stand equal, whoever came first', () => {
    const kept = new Kept(2);
    for (const [turn, key] of ['c', 'b', 'a'].entries())
      kept.set(key, { rank: 2, at: 5 }, '', turn);
    kept.set('last', { rank: 2, at: 9 }, '', 9);
    assert.deepEqual([...kept.shown.keys()].toSorted(), ['c', 'last']);
  });

  it('reads storage now and then and writes little, however many wait', () => {
    const kept = new Kept(500, 100);
    const count = 10_000;
    for (let index = 0; index < count; index++)
      kept.set(`q${index}`, { rank: 2, at: -index }, '', index);
    assert.equal(kept.shown.size, 500);
    assert.ok(kept.writes <= 2 * count, `${kept.writes} writes`);
    for (let index = 0; index < 9_500; index++)
      kept.set(`q${index}`, { rank: 0, at: index }, '', index);
    assert.equal(kept.waiting.size, 0);
    assert.equal(kept.shown.size, 500);
    assert.ok(kept.reads <= 110, `${kept.reads} reads`);
  });
});
