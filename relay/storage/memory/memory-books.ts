/** The books in memory. */
import type { EntryId } from '../../../shared/ids.ts';
import type { BookEntry, BookStorage } from '../../core/ports/book-storage.ts';
import type { Sync } from '../../core/ports/port.ts';
import { compareText } from './tables/page-of.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryBooks implements Sync<BookStorage> {
  readonly #entries: Table<EntryId, BookEntry>;

  constructor(tables: Tables) {
    this.#entries = tables.make();
  }

  book(entry: BookEntry): void {
    const isThere = this.#entries
      .values()
      .some(
        ({ kind, target, member, conversation }) =>
          kind === entry.kind &&
          member === entry.member &&
          target === entry.target &&
          (target !== '' || conversation === entry.conversation),
      );
    if (!isThere && !this.has(entry.id)) this.#entries.set(entry.id, entry);
  }

  booked(kind: number, target: string): readonly BookEntry[] {
    return this.#entries
      .values()
      .filter((entry) => target !== '' && entry.kind === kind && entry.target === target)
      .toSorted((a, b) => a.at - b.at || compareText(a.id, b.id));
  }

  has(id: EntryId): boolean {
    return this.#entries.get(id) !== undefined;
  }

  ids(): EntryId[] {
    return this.#entries.keys();
  }
}
