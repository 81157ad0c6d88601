/** The rows of a replica. Each is read once; count and XOR follow every change. */
import { xorInto } from '../bytes.ts';
import { readEntryRow, rowIdOf } from '../conversation/read-row.ts';
import { type Row, decodeRow } from '../conversation/row.ts';
import { ID_LENGTH } from '../hash.ts';
import type { EntryId, Fingerprint } from '../ids.ts';
import type { Digest } from '../protocol/digest.ts';

interface ReplicaRow {
  readonly bytes: Uint8Array;
  readonly row: Row;
  /** Its id in the digest. */
  readonly id: Uint8Array;
}

export class ReplicaRows {
  readonly #community: Fingerprint;
  readonly #numbered = new Set<EntryId>();
  readonly #xor = new Uint8Array(ID_LENGTH);
  readonly #all: ReplicaRow[] = [];
  #rows: readonly Row[] = [];

  constructor(community: Fingerprint) {
    this.#community = community;
  }

  /** In order of seq. A new array when anything changed. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  get bytes(): Uint8Array[] {
    return this.#all.map(({ bytes }) => bytes);
  }

  /** Ids of the entries among them. */
  get numbered(): ReadonlySet<EntryId> {
    return this.#numbered;
  }

  get digest(): Omit<Digest, 'rev'> {
    return { count: this.#all.length, xor: this.#xor };
  }

  /**
   * Reads the current live rows. A row is unchanged if its array is the same one. Rows are added only at
   * the end and removed anywhere, so one walk over both lists finds what changed.
   */
  update(live: readonly Uint8Array[]): void {
    let same = 0;
    while (same < this.#all.length && this.#all[same]?.bytes === live[same]) same++;
    const later = this.#all.splice(same);
    for (const held of later) {
      if (held.bytes === live[this.#all.length]) this.#all.push(held);
      else this.#remove(held);
    }
    for (const bytes of live.slice(this.#all.length)) this.#all.push(this.#add(bytes));
    this.#rows = this.#all.map(({ row }) => row);
  }

  #add(bytes: Uint8Array): ReplicaRow {
    const row = decodeRow(bytes);
    const id = rowIdOf(bytes, this.#community, row);
    xorInto(this.#xor, id);
    if (row.type === 'entry') this.#numbered.add(readEntryRow(row, this.#community).id);
    return { bytes, row, id };
  }

  #remove({ row, id }: ReplicaRow): void {
    xorInto(this.#xor, id);
    if (row.type === 'entry') this.#numbered.delete(readEntryRow(row, this.#community).id);
  }
}
