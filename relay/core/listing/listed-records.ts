/**
 * Keyed records of which a room shows a limited number while others wait in line: a listing, applied to a
 * room.
 */
import { writesOf } from '../ports/port.ts';
import type { Batch } from '../rooms/batch.ts';
import type { KeyedRoom } from '../rooms/room.ts';
import type { LineStorage, lineOps } from './line-storage.ts';
import { Listing, type ListingMoves } from './listing.ts';
import type { Standing } from './ranked-list.ts';

export interface ListedRecordsOptions {
  readonly storage: Pick<LineStorage, 'firstInLine'>;
  readonly now: () => number;
  /** How many a room shows. */
  readonly placesIn: (room: KeyedRoom) => number;
  /** Whether a key of the room is of this list. */
  readonly isListed: (key: string) => boolean;
  /** How a record that changed at `changed` ranks. */
  readonly standingOf: (value: string, changed: number) => Standing;
  /** Whether a record that found no place comes back by itself. */
  readonly waits: (standing: Standing) => boolean;
}

const lineWrite = writesOf<LineStorage, typeof lineOps>('lines');

export class ListedRecords {
  readonly #options: ListedRecordsOptions;
  /** Keyed by the room in memory: if a batch fails, a listing goes with its room. */
  readonly #listings = new WeakMap<KeyedRoom, Listing>();
  /** What is being put, while the listing finds it a place. */
  #putting: { readonly key: string; readonly value: string } | null = null;

  constructor(options: ListedRecordsOptions) {
    this.#options = options;
  }

  /** Reads more of the line if it could run out while this many records of a room change. */
  async prepare(room: KeyedRoom, changes: number): Promise<void> {
    const listing = this.#listingOf(room);
    const asked = listing.lacks(changes, this.#options.placesIn(room));
    if (asked === 0) return;
    listing.refill(await this.#options.storage.firstInLine(room.name, asked), asked);
  }

  /** Gives a key its value and place; null takes it off the list. After `prepare`. */
  put(batch: Batch, room: KeyedRoom, key: string, value: string | null): void {
    const { standingOf, now } = this.#options;
    const listing = this.#listingOf(room);
    const held = room.records.get(key);
    const changed = held?.value === value ? held?.received : undefined;
    const standing = value === null ? null : standingOf(value, changed ?? now());
    this.#putting = value === null ? null : { key, value };
    this.#show(batch, room, listing.set(key, standing, room.head.next));
    this.#putting = null;
    // What was in sight and stays there does not move, but may have another value.
    if (value !== null && listing.has(key)) batch.put(room, key, value, now());
  }

  /** Shows as many as the room now has places for. */
  async resize(batch: Batch, room: KeyedRoom): Promise<void> {
    const places = this.#options.placesIn(room);
    if (this.#listings.get(room)?.most === places) return;
    await this.prepare(room, 0);
    this.#show(batch, room, this.#listingOf(room).resize(places));
  }

  #show(batch: Batch, room: KeyedRoom, moves: ListingMoves): void {
    const { now } = this.#options;
    for (const item of moves.waits) batch.write(lineWrite('wait', room.name, item));
    for (const key of moves.waitsNoMore) batch.write(lineWrite('waitNoMore', room.name, key));
    for (const key of moves.left) batch.put(room, key, null, now());
    for (const { key, value } of moves.entered)
      if (value !== undefined) batch.put(room, key, value, now());
    // If the batch fails, this listing must go with it, even if only the line has changed.
    if (moves.waits.length + moves.waitsNoMore.length > 0) batch.touch(room);
  }

  #listingOf(room: KeyedRoom): Listing {
    let listing = this.#listings.get(room);
    if (listing) return listing;
    const { placesIn, isListed, standingOf, waits } = this.#options;
    const inSight = [...room.records]
      .filter(([key]) => isListed(key))
      .map(([key, { seq, value, received }]) => ({
        key,
        turn: seq,
        ...standingOf(value, received),
      }));
    const valueOf = (key: string): string =>
      this.#putting?.key === key ? this.#putting.value : (room.records.get(key)?.value ?? '');
    listing = new Listing({ most: placesIn(room), valueOf, waits }, inSight);
    this.#listings.set(room, listing);
    return listing;
  }
}
