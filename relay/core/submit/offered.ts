/** What a device brings: an entry, perhaps with the row that it had here before a restore. */
import { type EntryRow, receiptBytes } from '../../../shared/conversation/row.ts';
import type { Content } from '../../../shared/entry/content.ts';
import { type Entry, contentOf, decodeEntry, entryIdOf } from '../../../shared/entry/entry.ts';
import { EntryError, type EntryErrorCode } from '../../../shared/entry/schema/entry-error.ts';
import type { EntryId } from '../../../shared/ids.ts';
import { equalSecrets } from '../limits/equal-secrets.ts';
import type { Authority } from '../ports/authority.ts';

/** An entry's bytes, and the row it had on a relay that was since restored from a backup. */
export interface Offered {
  readonly bytes: Uint8Array;
  readonly row?: EntryRow;
}

export interface ReadEntry {
  readonly type: 'read';
  readonly entry: Entry;
  readonly content: Content;
  /** The row it had here, if its receipt is ours. */
  readonly kept: EntryRow | undefined;
  /** It comes as a row, from whoever read it. */
  readonly offered: boolean;
}

export type Item =
  ReadEntry | { readonly type: 'refused'; readonly id: EntryId; readonly code: EntryErrorCode };

export function readOffered({ bytes, row }: Offered, authority: Authority): Item {
  try {
    const entry = decodeEntry(bytes, authority.fingerprint);
    const kept = row && isOurs(entry, row, authority) ? row : undefined;
    return { type: 'read', entry, content: contentOf(entry), kept, offered: row !== undefined };
  } catch (error) {
    const code = error instanceof EntryError ? error.code : 'malformed';
    return { type: 'refused', id: entryIdOf(bytes, authority.fingerprint), code };
  }
}

/** Whether an offered row carries our own receipt. */
function isOurs(entry: Entry, row: EntryRow, authority: Authority): boolean {
  return equalSecrets(authority.seal(receiptBytes(entry.id, row)), row.receipt);
}
