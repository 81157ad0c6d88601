/**
 * Rows that a replica held and that the relay may lack. When the two disagree, the replica's rows are set
 * aside, because nothing that only this device holds may be thrown away. Then the replica is loaded again,
 * and the relay is offered what it turns out to lack, with its receipts.
 */
import { decodeRow } from '../conversation/row.ts';
import type { Entry } from '../entry/entry.ts';
import { decodeEntry } from '../entry/entry.ts';
import type { EntryId, Fingerprint } from '../ids.ts';

/** A row that is set aside: the entry to show meanwhile, the bytes to offer. */
export interface AsideRow {
  readonly id: EntryId;
  readonly entry: Entry;
  readonly bytes: Uint8Array;
}

export class AsideRows {
  readonly #community: Fingerprint;
  readonly #rows = new Map<EntryId, AsideRow>();
  /** What the relay's history erased: it was most likely withdrawn, so it is not shown. */
  readonly #hidden = new Set<EntryId>();
  readonly #banned = new Set<EntryId>();

  constructor(community: Fingerprint) {
    this.#community = community;
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  get all(): readonly AsideRow[] {
    return [...this.#rows.values()];
  }

  /** What is shown besides a room that numbers these. */
  shown(numbered: ReadonlySet<EntryId>): readonly AsideRow[] {
    return this.all.filter(({ id }) => !numbered.has(id) && !this.#hidden.has(id));
  }

  /** Which of the rows here a room numbers. */
  among(numbered: ReadonlySet<EntryId>): readonly EntryId[] {
    return [...this.#rows.keys()].filter((id) => numbered.has(id));
  }

  /** Takes those rows whose entry this build can read, and returns them. */
  keep(rows: Iterable<Uint8Array>): readonly AsideRow[] {
    return this.#put(this.#read(rows));
  }

  /** Like `keep`, but for rows that a room does not number, and without showing them. */
  keepHidden(rows: Iterable<Uint8Array>, numbered: ReadonlySet<EntryId>): readonly AsideRow[] {
    const gone = this.#read(rows).filter(({ id }) => !numbered.has(id));
    for (const { id } of gone) this.#hidden.add(id);
    return this.#put(gone);
  }

  /** Never takes these again. */
  ban(ids: readonly EntryId[]): void {
    for (const id of ids) this.#banned.add(id);
  }

  /** Forgets these, and returns those that were here. */
  forget(ids: readonly EntryId[]): readonly EntryId[] {
    return ids.filter((id) => this.#rows.delete(id));
  }

  clear(): void {
    this.#rows.clear();
  }

  #read(rows: Iterable<Uint8Array>): AsideRow[] {
    return [...rows]
      .flatMap((bytes) => readAside(bytes, this.#community) ?? [])
      .filter(({ id }) => !this.#banned.has(id));
  }

  #put(rows: readonly AsideRow[]): readonly AsideRow[] {
    for (const row of rows) this.#rows.set(row.id, row);
    return rows;
  }
}

function readAside(bytes: Uint8Array, community: Fingerprint): AsideRow | undefined {
  const row = decodeRow(bytes);
  if (row.type !== 'entry') return undefined;
  try {
    const entry = decodeEntry(row.entry, community);
    return { id: entry.id, entry, bytes };
  } catch {
    return undefined;
  }
}
