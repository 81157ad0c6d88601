/** Read positions in memory. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import type { Sync } from '../../core/ports/port.ts';
import type { ReadMark, ReadStorage } from '../../features/reading/reading-storage.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryReading implements Sync<ReadStorage> {
  readonly #positions: Table<ConversationId, Readonly<Record<Side, number>>>;

  constructor(tables: Tables) {
    this.#positions = tables.make();
  }

  markRead(marks: readonly ReadMark[]): void {
    for (const { conversation, side, seq } of marks) {
      const read = this.readPositions(conversation);
      this.#positions.set(conversation, { ...read, [side]: Math.max(read[side], seq) });
    }
  }

  readPositions(conversation: ConversationId): Record<Side, number> {
    return { asker: -1, desk: -1, ...this.#positions.get(conversation) };
  }
}
