/**
 * When a replica and the relay disagree. The replica's rows are set aside (nothing that only this
 * device holds may be thrown away), the replica is loaded again, and what the relay turns out to lack
 * is offered to it with its receipts.
 */
import type { Entry } from '../entry/entry.ts';
import { decodeEntry } from '../entry/entry.ts';
import { type EntryRow, decodeRow } from '../conversation/row.ts';
import type { EntryId, Fingerprint } from '../ids.ts';

/** A row that is set aside: the entry to show meanwhile, the bytes to offer. */
export interface AsideRow {
  readonly id: EntryId;
  readonly entry: Entry;
  readonly bytes: Uint8Array;
}

/** Reads a row to set aside; undefined for what carries no entry that this build reads. */
export function asideRow(bytes: Uint8Array, community: Fingerprint): AsideRow | undefined {
  const row = decodeRow(bytes);
  if (row.type !== 'entry') return undefined;
  try {
    const entry = decodeEntry((row satisfies EntryRow).entry, community);
    return { id: entry.id, entry, bytes };
  } catch {
    return undefined;
  }
}

/** Of what is set aside, what the replica lacks now. */
export function stillLacking(
  aside: Iterable<AsideRow>,
  numbered: ReadonlySet<EntryId>,
): AsideRow[] {
  return Array.from(aside).filter((row) => !numbered.has(row.id));
}
