/** Who asked each conversation, in memory. */
import type { ConversationId } from '../../../shared/ids.ts';
import type { Asked, AskedStorage } from '../../core/ports/asked-storage.ts';
import type { Sync } from '../../core/ports/port.ts';
import type { Table, Tables } from './tables/table.ts';

export class MemoryAsked implements Sync<AskedStorage> {
  readonly #asked: Table<ConversationId, Asked>;

  constructor(tables: Tables) {
    this.#asked = tables.make();
  }

  asked(conversation: ConversationId): Asked | undefined {
    return this.#asked.get(conversation);
  }

  putAsked(conversation: ConversationId, asked: Asked): void {
    this.#asked.set(conversation, asked);
  }
}
