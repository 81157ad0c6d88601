/**
 * The rows of a replica: its Yjs array read as rows, each decoded once however often it is read.
 */
import type { Doc } from 'yjs';
import { readEntryRow, rowIdOf } from '../../shared/conversation/read-row.ts';
import { ROWS, type Row, decodeRow } from '../../shared/conversation/row.ts';
import type { EntryId, Fingerprint } from '../../shared/ids.ts';
import { type Digest, digestOf } from '../../shared/protocol/digest.ts';

/** Rows by their bytes: Yjs hands out the same array for the same item, so this is per item. */
const decoded = new WeakMap<Uint8Array, Row>();
const ids = new WeakMap<Uint8Array, Uint8Array>();

/** The bytes of a replica's live rows, in order of seq. */
export function rowBytes(doc: Doc): Uint8Array[] {
  return doc
    .getArray(ROWS)
    .toArray()
    .filter((item): item is Uint8Array => item instanceof Uint8Array);
}

/** A replica's live rows, in order of seq. */
export const rowsOf = (doc: Doc): Row[] => rowBytes(doc).map(rowOf);

function rowOf(bytes: Uint8Array): Row {
  let row = decoded.get(bytes);
  if (row === undefined) {
    row = decodeRow(bytes);
    decoded.set(bytes, row);
  }
  return row;
}

/** Count and XOR of a replica's live rows, to compare with the relay's. */
export function digestOfReplica(doc: Doc, community: Fingerprint): Omit<Digest, 'rev'> {
  return digestOf(rowBytes(doc).map((bytes) => idOf(bytes, community)));
}

function idOf(bytes: Uint8Array, community: Fingerprint): Uint8Array {
  let id = ids.get(bytes);
  if (id === undefined) {
    id = rowIdOf(bytes, community, rowOf(bytes));
    ids.set(bytes, id);
  }
  return id;
}

/** Ids of the entries that these rows number. */
export const numberedIds = (rows: readonly Row[], community: Fingerprint): Set<EntryId> =>
  new Set(rows.flatMap((row) => (row.type === 'entry' ? readEntryRow(row, community).id : [])));
