/**
 * A row: what the relay numbered in a room, with its verdict. It is one item of the room's Yjs array
 * `rows`. Its bytes are pure data; PROTOCOL.md §4 describes them.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encode } from '../encode.ts';
import { bytesToText, textToBytes } from '../bytes.ts';
import type { EntryId, MemberId } from '../ids.ts';
import { type Role, parseRole } from '../grant/roles.ts';
import { SpaceMode } from '../space-mode.ts';

/** Name of the Yjs array that holds a room's rows. */
export const ROWS = 'rows';
export const RECEIPT_LENGTH = 16;

const RowType = { entry: 1, record: 2 } as const;

/** Who the author was when the relay judged. It stays right when grants expire and modes change. */
export interface Verdict {
  readonly member: MemberId;
  readonly role: Role;
  readonly mode: SpaceMode;
}

/** A row that carries an entry (conversation rooms). */
export interface EntryRow {
  readonly type: 'entry';
  readonly seq: number;
  /** Its position in the order: its `seq`, or the earlier `seq` of a restored entry. */
  readonly place: number;
  /** When the relay took it, ms since the epoch. */
  readonly received: number;
  readonly verdict: Verdict;
  /** 16 bytes by which the relay recognises its own verdict. */
  readonly receipt: Uint8Array;
  /** The author's signed bytes. */
  readonly entry: Uint8Array;
}

/** A row that carries a keyed record (space, inbox and member rooms). */
export interface RecordRow {
  readonly type: 'record';
  readonly seq: number;
  readonly received: number;
  readonly key: string;
  /** JSON text; the value's shape is in protocol/records.ts. */
  readonly value: string;
}

/** A row of a type or with fields that this build does not know. */
export interface UnreadableRow {
  readonly type: 'unreadable';
}

export type Row = EntryRow | RecordRow | UnreadableRow;

export function encodeRow(row: EntryRow | RecordRow): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeUint8(encoder, RowType[row.type]);
    encoding.writeVarUint(encoder, row.seq);
    encoding.writeVarUint(encoder, row.received);
    if (row.type === 'record') {
      encoding.writeVarString(encoder, row.key);
      encoding.writeVarString(encoder, row.value);
      return;
    }
    encoding.writeVarUint(encoder, row.place);
    encoding.writeUint8Array(encoder, textToBytes(row.verdict.member, 16));
    encoding.writeUint8(encoder, row.verdict.role);
    encoding.writeUint8(encoder, row.verdict.mode);
    encoding.writeUint8Array(encoder, row.receipt);
    encoding.writeUint8Array(encoder, row.entry);
  });
}

/** Reads a row. Never throws: each row is decoded on its own, and an unreadable one says so. */
export function decodeRow(bytes: Uint8Array): Row {
  try {
    return readRow(decoding.createDecoder(bytes));
  } catch {
    return { type: 'unreadable' };
  }
}

function readRow(decoder: decoding.Decoder): Row {
  const type = decoding.readUint8(decoder);
  const seq = decoding.readVarUint(decoder);
  const received = decoding.readVarUint(decoder);
  if (type === RowType.record) {
    const key = decoding.readVarString(decoder);
    return { type: 'record', seq, received, key, value: decoding.readVarString(decoder) };
  }
  if (type !== RowType.entry) return { type: 'unreadable' };
  const place = decoding.readVarUint(decoder);
  const member = bytesToText(decoding.readUint8Array(decoder, 16)) as MemberId;
  const role = parseRole(decoding.readUint8(decoder));
  const mode = decoding.readUint8(decoder) === 1 ? SpaceMode.open : SpaceMode.closed;
  const receipt = decoding.readUint8Array(decoder, RECEIPT_LENGTH);
  const entry = decoding.readTailAsUint8Array(decoder);
  return { type: 'entry', seq, place, received, verdict: { member, role, mode }, receipt, entry };
}

/** The bytes that the relay's receipt is a keyed hash of: the entry's id, its place, time and verdict. */
export function receiptBytes(
  id: EntryId,
  row: Pick<EntryRow, 'place' | 'received' | 'verdict'>,
): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeUint8Array(encoder, textToBytes(id, 16));
    encoding.writeVarUint(encoder, row.place);
    encoding.writeVarUint(encoder, row.received);
    encoding.writeUint8Array(encoder, textToBytes(row.verdict.member, 16));
    encoding.writeUint8(encoder, row.verdict.role);
    encoding.writeUint8(encoder, row.verdict.mode);
  });
}
