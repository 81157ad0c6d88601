/**
 * Encodes rows as Yjs update bytes (V1), without a Y.Doc. The item of clock `seq` is row `seq`, and a run
 * of erased rows is one deleted item. The same rows give the same bytes on any node, after any restart.
 */
import * as encoding from 'lib0/encoding';
import { encode } from '../../../shared/encode.ts';
import { ROWS } from '../../../shared/conversation/row.ts';
import type { Run } from '../ports/room-storage.ts';

/** A live row, or a run of erased ones. */
export type Piece =
  | { readonly seq: number; readonly bytes: Uint8Array }
  | { readonly seq: number; readonly erased: number };

/** Yjs struct kinds (the low five bits of an item's first byte) and flags. */
const CONTENT_DELETED = 1;
const CONTENT_BINARY = 3;
const HAS_ORIGIN = 0x80;

const lengthOf = (piece: Piece): number => ('bytes' in piece ? 1 : piece.erased);

/**
 * The update for a replica that holds all rows before the first piece.
 * @param erased every erased run that the replica may still hold as live.
 * @throws {Error} if the pieces are not contiguous: every replica would wait for a gap forever.
 */
export function encodeRows(
  writer: number,
  pieces: readonly Piece[],
  erased: readonly Run[],
): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    writePieces(encoder, writer, pieces);
    writeRuns(encoder, writer, mergeRuns(erased));
  });
}

function writePieces(encoder: encoding.Encoder, writer: number, pieces: readonly Piece[]): void {
  const first = pieces[0];
  encoding.writeVarUint(encoder, first ? 1 : 0);
  if (!first) return;
  encoding.writeVarUint(encoder, pieces.length);
  encoding.writeVarUint(encoder, writer);
  encoding.writeVarUint(encoder, first.seq);
  let clock = first.seq;
  for (const piece of pieces) {
    if (piece.seq !== clock) throw new Error(`row ${piece.seq} where ${clock} should come`);
    writePiece(encoder, writer, piece);
    clock += lengthOf(piece);
  }
}

function writePiece(encoder: encoding.Encoder, writer: number, piece: Piece): void {
  const content = 'bytes' in piece ? CONTENT_BINARY : CONTENT_DELETED;
  encoding.writeUint8(encoder, content | (piece.seq > 0 ? HAS_ORIGIN : 0));
  if (piece.seq > 0) {
    encoding.writeVarUint(encoder, writer);
    encoding.writeVarUint(encoder, piece.seq - 1);
  } else {
    encoding.writeVarUint(encoder, 1); // the parent is a root type, by name
    encoding.writeVarString(encoder, ROWS);
  }
  if ('bytes' in piece) encoding.writeVarUint8Array(encoder, piece.bytes);
  else encoding.writeVarUint(encoder, piece.erased);
}

function writeRuns(encoder: encoding.Encoder, writer: number, runs: readonly Run[]): void {
  encoding.writeVarUint(encoder, runs.length > 0 ? 1 : 0);
  if (runs.length === 0) return;
  encoding.writeVarUint(encoder, writer);
  encoding.writeVarUint(encoder, runs.length);
  for (const { start, length } of runs) {
    encoding.writeVarUint(encoder, start);
    encoding.writeVarUint(encoder, length);
  }
}

/** Runs in order, those that touch joined. */
export function mergeRuns(runs: readonly Run[]): Run[] {
  const merged: { start: number; length: number }[] = [];
  for (const { start, length } of runs.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && last.start + last.length >= start) {
      last.length = Math.max(last.length, start + length - last.start);
    } else {
      merged.push({ start, length });
    }
  }
  return merged;
}

/**
 * Live rows of [from, to) and the erased runs of a room as contiguous pieces.
 * @throws {Error} if a seq is neither live nor erased.
 */
export function piecesOf(
  rows: readonly { readonly seq: number; readonly bytes: Uint8Array }[],
  erased: readonly Run[],
  from: number,
  to: number,
): Piece[] {
  const near = erased.filter(({ start, length }) => start < to && start + length > from);
  const gaps = mergeRuns(near)
    .map(({ start, length }) => ({ seq: Math.max(start, from), end: Math.min(start + length, to) }))
    .filter(({ seq, end }) => seq < end)
    .map(({ seq, end }) => ({ seq, erased: end - seq }));
  const pieces: Piece[] = [...rows, ...gaps].toSorted((a, b) => a.seq - b.seq);
  let clock = from;
  for (const piece of pieces) {
    if (piece.seq !== clock) throw new Error(`row ${piece.seq} where ${clock} should come`);
    clock += lengthOf(piece);
  }
  if (clock !== to) throw new Error(`rows end at ${clock}, not ${to}`);
  return pieces;
}
