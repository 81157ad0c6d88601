/**
 * Reads the entry in a row once: hashing and decoding cost more than the rest of a fold, and rows never
 * change.
 */
import { textToBytes } from '../bytes.ts';
import { type Content } from '../entry/content.ts';
import { type Entry, contentOf, decodeEntry, entryIdOf } from '../entry/entry.ts';
import { shortHash } from '../hash.ts';
import type { EntryId, Fingerprint } from '../ids.ts';
import { type EntryRow, type Row, decodeRow } from './row.ts';

/** What a row carries; `read` is null for a row of a newer build. */
export interface ReadRow {
  readonly id: EntryId;
  readonly read: { readonly entry: Entry; readonly content: Content } | null;
}

const known = new WeakMap<EntryRow, { readonly community: Fingerprint; readonly row: ReadRow }>();

/** Never throws. */
export function readEntryRow(row: EntryRow, community: Fingerprint): ReadRow {
  const there = known.get(row);
  if (there?.community === community) return there.row;
  const fresh = readNow(row, community);
  known.set(row, { community, row: fresh });
  return fresh;
}

function readNow(row: EntryRow, community: Fingerprint): ReadRow {
  try {
    const entry = decodeEntry(row.entry, community);
    return { id: entry.id, read: { entry, content: contentOf(entry) } };
  } catch {
    return { id: entryIdOf(row.entry, community), read: null };
  }
}

/** A record row's id, from its bytes. */
export const recordRowId = (bytes: Uint8Array): Uint8Array => shortHash(bytes);

/**
 * A row's id in a room's digest: its entry's id, or that of a record row.
 *
 * @param row what the bytes read as, where that is known.
 */
export function rowIdOf(
  bytes: Uint8Array,
  community: Fingerprint,
  row: Row = decodeRow(bytes),
): Uint8Array {
  return row.type === 'entry'
    ? textToBytes(readEntryRow(row, community).id, 16)
    : recordRowId(bytes);
}
