/** Lines of lists in memory. */
import type { LineStorage } from '../../core/listing/line-storage.ts';
import type { Waiting } from '../../core/listing/listing.ts';
import { compareStanding } from '../../core/listing/ranked-list.ts';
import type { Sync } from '../../core/ports/port.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryLines implements Sync<LineStorage> {
  readonly #lines: Table<string, ReadonlyMap<string, Waiting>>;

  constructor(tables: Tables) {
    this.#lines = tables.make();
  }

  firstInLine(list: string, most: number): readonly Waiting[] {
    return [...this.#line(list).values()].toSorted((a, b) => compareStanding(b, a)).slice(0, most);
  }

  wait(list: string, item: Waiting): void {
    this.#lines.set(list, new Map(this.#line(list)).set(item.key, item));
  }

  waitNoMore(list: string, key: string): void {
    const line = new Map(this.#line(list));
    if (line.delete(key)) this.#lines.set(list, line);
  }

  #line(list: string): ReadonlyMap<string, Waiting> {
    return this.#lines.get(list) ?? new Map();
  }
}
