/** A part of a room as its readers get it. It is made where the rows are, so that no row crosses a thread. */
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import { writerOf } from '../../../shared/protocol/rooms.ts';
import type { RoomPage, RoomRange, StoredRow } from '../ports/room-storage.ts';
import { encodeRows, piecesOf } from './encode-rows.ts';

/** What of a range goes into a page. */
export interface PageRange extends Omit<RoomRange, 'rows'> {
  readonly rows: readonly Pick<StoredRow, 'seq' | 'bytes'>[];
}

/** @param from where `range` begins. */
export function encodePage(
  room: RoomName,
  generation: number,
  from: number,
  { head, rows, end, erased }: PageRange,
): RoomPage {
  const to = Math.max(end, from);
  const isLast = to >= head.next;
  const pieces = from < to ? piecesOf(rows, erased, from, to) : [];
  const update = encodeRows(writerOf(room, generation), pieces, isLast ? erased : []);
  const read = rows.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return { head, update, to, isLast, read, runs: erased.length };
}
