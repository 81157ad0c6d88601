/** The rows that a replica holds. Each is read once; count and XOR follow every change. */
import { xorInto } from '../bytes.ts';
import { readEntryRow, rowIdOf } from '../conversation/read-row.ts';
import { type Row, decodeRow } from '../conversation/row.ts';
import { ID_LENGTH } from '../hash.ts';
import type { EntryId, Fingerprint } from '../ids.ts';
import type { Digest } from '../protocol/digest.ts';

interface HeldRow {
  readonly bytes: Uint8Array;
  readonly row: Row;
  /** Its id in the digest. */
  readonly id: Uint8Array;
}

export class HeldRows {
  readonly #community: Fingerprint;
  readonly #numbered = new Set<EntryId>();
  readonly #xor = new Uint8Array(ID_LENGTH);
  readonly #held: HeldRow[] = [];
  #rows: readonly Row[] = [];

  constructor(community: Fingerprint) {
    this.#community = community;
  }

  /** In order of seq. A new array when anything changed. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  get bytes(): Uint8Array[] {
    return this.#held.map(({ bytes }) => bytes);
  }

  /** Ids of the entries among them. */
  get numbered(): ReadonlySet<EntryId> {
    return this.#numbered;
  }

  get digest(): Omit<Digest, 'rev'> {
    return { count: this.#held.length, xor: this.#xor };
  }

  /**
   * Takes the current live rows. A row is unchanged if its array is the same one. Rows are added only at
   * the end and removed anywhere, so one walk over both lists finds what changed.
   */
  take(live: readonly Uint8Array[]): void {
    let same = 0;
    while (same < this.#held.length && this.#held[same]?.bytes === live[same]) same++;
    const later = this.#held.splice(same);
    for (const held of later) {
      if (held.bytes === live[this.#held.length]) this.#held.push(held);
      else this.#remove(held);
    }
    for (const bytes of live.slice(this.#held.length)) this.#held.push(this.#add(bytes));
    this.#rows = this.#held.map(({ row }) => row);
  }

  #add(bytes: Uint8Array): HeldRow {
    const row = decodeRow(bytes);
    const id = rowIdOf(bytes, this.#community, row);
    xorInto(this.#xor, id);
    if (row.type === 'entry') this.#numbered.add(readEntryRow(row, this.#community).id);
    return { bytes, row, id };
  }

  #remove({ row, id }: HeldRow): void {
    xorInto(this.#xor, id);
    if (row.type === 'entry') this.#numbered.delete(readEntryRow(row, this.#community).id);
  }
}
