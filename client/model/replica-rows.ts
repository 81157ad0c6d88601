/**
 * The rows of a replica: its Yjs array read as rows, each decoded once however often it is read.
 */
import type { Doc } from 'yjs';
import { entryIdOf } from '../../shared/entry/entry.ts';
import { ROWS, type Row, decodeRow, rowIdOf } from '../../shared/conversation/row.ts';
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
    id = rowIdOf(bytes, community);
    ids.set(bytes, id);
  }
  return id;
}

const entryIds = new WeakMap<Row, EntryId>();

/** The entry's id of a row that carries one. */
export function rowEntryId(row: Row, community: Fingerprint): EntryId | undefined {
  if (row.type !== 'entry') return undefined;
  let id = entryIds.get(row);
  if (id === undefined) {
    id = entryIdOf(row.entry, community);
    entryIds.set(row, id);
  }
  return id;
}

/** Ids of the entries that these rows number. */
export function numberedIds(rows: readonly Row[], community: Fingerprint): Set<EntryId> {
  const found = new Set<EntryId>();
  for (const row of rows) {
    const id = rowEntryId(row, community);
    if (id !== undefined) found.add(id);
  }
  return found;
}
