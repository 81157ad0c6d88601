/** Lists cut into what one message takes. */
import { Limits } from '../../../shared/limits.ts';

/** Bytes in one message: well within a frame, whatever else is in it. */
const MOST_BYTES = Limits.frameBytes / 4;

/** Items in order, in pieces that the relay takes as one submit, offer or put. */
export function inPieces<T>(items: readonly T[], sizeOf: (item: T) => number): T[][] {
  const pieces: T[][] = [];
  let piece: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const full = piece.length === Limits.submitEntries || bytes + size > MOST_BYTES;
    if (piece.length === 0 || full) {
      piece = [];
      pieces.push(piece);
      bytes = 0;
    }
    piece.push(item);
    bytes += size;
  }
  return pieces;
}
