/** Whether the rooms of a database are whole: what their heads say is what their rows are. */
import { bytesToText, equalBytes, textToBytes, xorInto } from '../../shared/bytes.ts';
import { rowIdOf } from '../../shared/conversation/read-row.ts';
import { decodeRow, type EntryRow, receiptBytes } from '../../shared/conversation/row.ts';
import {
  type Entry,
  SIGNATURE_LENGTH,
  decodeEntry,
  signedBytes,
} from '../../shared/entry/entry.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';
import type { Authority } from '../core/ports/authority.ts';
import type { RoomHead, Run, StoredRow } from '../core/ports/room-storage.ts';
import { verifyEd25519 } from '../platform/node-platform.ts';
import { type WholeRoom, keptProblems } from './check-kept.ts';

export interface CheckedDatabase {
  rooms(): readonly RoomName[];
  whole(room: RoomName): WholeRoom;
  /** Where its index finds an entry. */
  placeOf(id: string): { readonly name: string; readonly seq: number } | undefined;
}

export interface RoomCheckOptions {
  readonly database: CheckedDatabase;
  readonly authority: Authority;
  /** Whether each entry's signature is checked too. */
  readonly signatures: boolean;
}

export interface RoomCounts {
  rooms: number;
  entries: number;
}

/** Problems are told, each in a line; a room that was damaged is one. */
export async function checkRooms(
  { database, authority, signatures }: RoomCheckOptions,
  tell: (problem: string) => void,
): Promise<RoomCounts> {
  const counts: RoomCounts = { rooms: 0, entries: 0 };
  for (const name of database.rooms()) {
    counts.rooms++;
    const whole = database.whole(name);
    const { head, rows, erased } = whole.range;
    const isWhole = sameDigest(head, rows) && isGapless(head, rows, erased);
    if (!isWhole) tell(`${name}: its rows are not those that its head counts`);
    for (const stored of rows) {
      const row = decodeRow(stored.bytes);
      if (row.type === 'unreadable' || row.seq !== stored.seq)
        tell(`${name}: row ${stored.seq} cannot be read`);
      else if (!equalBytes(rowIdOf(stored.bytes, authority.fingerprint, row), stored.id))
        tell(`${name}: row ${stored.seq} is not what it was`);
      else if (row.type === 'entry') {
        counts.entries++;
        const problem = await entryProblem(name, row, stored);
        if (problem) tell(`${name}: entry ${bytesToText(stored.id)} ${problem}`);
      }
    }
    for (const problem of keptProblems(name, whole, authority.fingerprint))
      tell(`${name}: ${problem}`);
  }
  return counts;

  async function entryProblem(
    name: RoomName,
    row: EntryRow,
    stored: StoredRow,
  ): Promise<string | undefined> {
    const entry = read(row);
    if (!entry) return 'is not what it was';
    const place = database.placeOf(entry.id);
    if (place?.name !== name || place.seq !== stored.seq) return 'is not found by its id';
    if (!equalBytes(authority.seal(receiptBytes(entry.id, row)), row.receipt))
      return 'has a receipt of another relay.secret';
    if (signatures && !(await isSigned(entry))) return 'is not signed by its author';
    return undefined;
  }

  function read({ entry }: EntryRow): Entry | undefined {
    try {
      return decodeEntry(entry, authority.fingerprint);
    } catch {
      return undefined; // told as what it is
    }
  }

  function isSigned({ author, bytes }: Entry): Promise<boolean> {
    const split = bytes.length - SIGNATURE_LENGTH;
    const message = signedBytes(bytes.subarray(0, split), authority.fingerprint);
    return verifyEd25519(textToBytes(author, 32), bytes.subarray(split), message);
  }
}

function sameDigest({ count, xor }: RoomHead, rows: readonly StoredRow[]): boolean {
  const is = new Uint8Array(xor.length);
  for (const { id } of rows) xorInto(is, id);
  return rows.length === count && equalBytes(is, xor);
}

/** Every number below the next is a live row or an erased one, and once. */
function isGapless(
  { next }: RoomHead,
  rows: readonly StoredRow[],
  erased: readonly Run[],
): boolean {
  const parts = [...rows.map(({ seq }) => ({ start: seq, length: 1 })), ...erased];
  let reached = 0;
  for (const { start, length } of parts.toSorted((a, b) => a.start - b.start)) {
    if (start !== reached) return false;
    reached += length;
  }
  return reached === next;
}
