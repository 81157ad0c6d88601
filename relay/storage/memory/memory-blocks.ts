/** Blocks, and where devices were seen, in memory. */
import type { KeyedPage, PageRequest } from '../../../shared/api/route/page.ts';
import type { MemberId } from '../../../shared/ids.ts';
import type { Merge } from '../../core/ports/people.ts';
import type { Sync } from '../../core/ports/port.ts';
import {
  type BlockStorage,
  type Sighting,
  type StoredBlock,
  placeOfBlock,
} from '../../features/blocks/blocks-storage.ts';
import { pageOf } from './tables/page-of.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryBlocks implements Sync<BlockStorage> {
  readonly #blocks: Table<string, StoredBlock>;
  readonly #sightings: Table<string, Sighting>;
  readonly #knownAs: (member: MemberId) => MemberId;

  constructor(tables: Tables, knownAs: (member: MemberId) => MemberId) {
    this.#blocks = tables.make();
    this.#sightings = tables.make();
    this.#knownAs = knownAs;
  }

  addBlock(block: StoredBlock): void {
    const known = block.subject === 'member' ? this.#knownAs(block.value as MemberId) : null;
    this.#blocks.set(block.id, known === null ? block : { ...block, value: known, shown: known });
  }

  blocks(): readonly StoredBlock[] {
    return this.#blocks
      .values()
      .toSorted((a, b) => b.created - a.created || (a.id < b.id ? -1 : 1));
  }

  blocksAt(now: number, page: PageRequest<number>): KeyedPage<StoredBlock, number> {
    const holding = this.#blocks
      .values()
      .filter(({ expires }) => expires === null || expires > now);
    return pageOf(holding, page, placeOfBlock, 'descending');
  }

  removeBlock(id: string): boolean {
    return this.#blocks.delete(id);
  }

  sawAddresses(sightings: readonly Sighting[]): void {
    for (const sighting of sightings) {
      const key = `${sighting.device} ${sighting.hash}`;
      const known = this.#sightings.get(key);
      this.#sightings.set(key, {
        ...(known ?? sighting),
        member: this.#knownAs(sighting.member),
        seen: Math.max(known?.seen ?? 0, sighting.seen),
      });
    }
  }

  sightingsOf(member: MemberId): readonly Sighting[] {
    const known = this.#knownAs(member);
    return this.#sightings
      .values()
      .filter((sighting) => sighting.member === known)
      .toSorted((a, b) => b.seen - a.seen || (a.shown < b.shown ? -1 : 1));
  }

  membersSeen(hashes: readonly string[], since: number, most: number): readonly MemberId[] {
    const found = this.#sightings
      .values()
      .filter(({ hash, seen }) => hashes.includes(hash) && seen >= since);
    return [...new Set(found.map(({ member }) => member))].toSorted().slice(0, most);
  }

  forgetSightings(before: number, now: number): void {
    for (const [key, sighting] of this.#sightings.entries()) {
      if (sighting.seen > now) this.#sightings.set(key, { ...sighting, seen: now });
      if (sighting.seen < before) this.#sightings.delete(key);
    }
    for (const { id, expires } of this.#blocks.values())
      if (expires !== null && expires < before) this.#blocks.delete(id);
  }

  /** Blocks and sightings of a merged member pass to the other one. */
  moved({ from, to }: Merge): void {
    for (const block of this.#blocks.values()) {
      if (block.subject === 'member' && block.value === from)
        this.#blocks.set(block.id, { ...block, value: to, shown: to });
    }
    for (const [key, sighting] of this.#sightings.entries())
      if (sighting.member === from) this.#sightings.set(key, { ...sighting, member: to });
  }
}
