/** Numbers an entry that may be: its row, and what a withdrawal erases. */
import { type EntryRow, type Verdict, receiptBytes } from '../../../shared/conversation/row.ts';
import type { Authority } from '../ports/authority.ts';
import type { Platform } from '../ports/platform.ts';
import type { Batch } from '../rooms/batch.ts';
import type { ConversationRoom } from '../rooms/room.ts';
import type { ReadEntry } from './offered.ts';

export interface Numbering {
  readonly authority: Authority;
  readonly platform: Platform;
}

/** @returns its seq */
export function numberEntry(
  { authority, platform }: Numbering,
  batch: Batch,
  room: ConversationRoom,
  { entry, content, kept }: Pick<ReadEntry, 'entry' | 'content' | 'kept'>,
  verdict: Verdict,
): number {
  const received = kept?.received ?? platform.clock.now();
  const rowAt = (seq: number): EntryRow => {
    const place = kept?.place ?? seq;
    const receipt = authority.seal(receiptBytes(entry.id, { place, received, verdict }));
    return { type: 'entry', seq, place, received, verdict, receipt, entry: entry.bytes };
  };
  const seq = batch.append(room, { entry, content, rowAt });
  if (content.kind === 'retract') batch.erase(room, content.target);
  return seq;
}
