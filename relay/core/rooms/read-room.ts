/** Reads rooms from storage: a long conversation from its checkpoint and the rows after it. */
import { ConversationState } from '../../../shared/conversation/conversation-state.ts';
import { factOfRow, inOrder } from '../../../shared/conversation/fact.ts';
import { decodeRow } from '../../../shared/conversation/row.ts';
import {
  STATE_VERSION,
  decodeState,
  encodeState,
} from '../../../shared/conversation/state-codec.ts';
import type { ConversationId, Fingerprint } from '../../../shared/ids.ts';
import { type RoomName, conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { CheckpointStorage } from '../ports/checkpoint-storage.ts';
import {
  type RoomHead,
  type RoomStorage,
  type StoredRow,
  emptyHead,
} from '../ports/room-storage.ts';
import type { ConversationRoom, KeyedRoom } from './room.ts';

const CHUNK_BYTES = 1_000_000;
/** A checkpoint is written when so many rows came since the last one, and a sixteenth of all. */
const FEWEST_BETWEEN = 256;

export interface RoomReadingOptions {
  readonly storage: Pick<RoomStorage, 'range'>;
  readonly checkpoints: CheckpointStorage;
  readonly community: Fingerprint;
}

interface Kept {
  readonly state: ConversationState;
  readonly head: Pick<RoomHead, 'generation' | 'rev' | 'next'>;
}

export class RoomReading {
  readonly #options: RoomReadingOptions;

  constructor(options: RoomReadingOptions) {
    this.#options = options;
  }

  async conversation(id: ConversationId): Promise<ConversationRoom> {
    const name = conversationRoom(id);
    const kept = await this.#kept(name);
    return (kept && (await this.#goOn(id, name, kept))) ?? this.#whole(id, name);
  }

  async keyed(name: RoomName): Promise<KeyedRoom> {
    const { head, rows } = await this.#readFrom(name, 0);
    const records: KeyedRoom['records'] = new Map();
    let characters = 0;
    for (const { seq, id, key, bytes } of rows) {
      const row = decodeRow(bytes);
      if (key === null || row.type !== 'record') continue;
      records.set(key, { seq, id, value: row.value, received: row.received });
      characters += key.length + row.value.length;
    }
    return { type: 'keyed', name, head, records, characters };
  }

  /** Whether a conversation has changed so much that its state should be kept again. */
  isDue({ head, checkpointed }: ConversationRoom): boolean {
    return head.rev - checkpointed >= Math.max(FEWEST_BETWEEN, head.count / 16);
  }

  /** Keeps the state of a conversation, which is on disk as it is in memory. */
  async keep(room: ConversationRoom): Promise<void> {
    const { generation, rev, next } = room.head;
    room.checkpointed = rev;
    const bytes = encodeState(room.state);
    const checkpoint = { generation, rev, next, version: STATE_VERSION, bytes };
    await this.#options.checkpoints.putCheckpoint(room.name, checkpoint);
  }

  async #kept(name: RoomName): Promise<Kept | null> {
    const found = await this.#options.checkpoints.checkpoint(name, STATE_VERSION);
    const state = found && decodeState(found.bytes);
    return found && state ? { state, head: found } : null;
  }

  /** From a kept state on; null when it is not of this room as it is now. */
  async #goOn(
    id: ConversationId,
    name: RoomName,
    { state, head: from }: Kept,
  ): Promise<ConversationRoom | null> {
    const { head, rows } = await this.#readFrom(name, from.next);
    // Nothing but new rows came since: then each of them raised `rev` by one.
    const fits =
      head.generation === from.generation && head.rev - from.rev === head.next - from.next;
    if (!fits) return null;
    this.#addRows(state, rows);
    return this.#room(id, name, head, state, from.rev);
  }

  async #whole(id: ConversationId, name: RoomName): Promise<ConversationRoom> {
    const state = new ConversationState();
    const { head, rows } = await this.#readFrom(name, 0);
    this.#addRows(state, rows);
    return this.#room(id, name, head, state, 0);
  }

  #room(
    id: ConversationId,
    name: RoomName,
    head: RoomHead,
    state: ConversationState,
    checkpointed: number,
  ): ConversationRoom {
    return { type: 'conversation', id, name, head, state, fates: new Map(), checkpointed };
  }

  #addRows(state: ConversationState, rows: readonly StoredRow[]): void {
    const facts = rows.flatMap(({ bytes }) => {
      const row = decodeRow(bytes);
      return row.type === 'entry' ? [factOfRow(row, this.#options.community)] : [];
    });
    for (const fact of facts.sort(inOrder)) state.add(fact);
  }

  /** All live rows from a seq on. If the room changes while it is read in parts, reads again. */
  async #readFrom(
    name: RoomName,
    start: number,
  ): Promise<{ head: RoomHead; rows: readonly StoredRow[] }> {
    for (;;) {
      const rows: StoredRow[] = [];
      let head = emptyHead();
      let from = start;
      let steady = true;
      do {
        const range = await this.#options.storage.range(name, from, CHUNK_BYTES);
        steady = from === start || range.head.rev === head.rev;
        ({ head } = range);
        rows.push(...range.rows);
        from = range.end;
      } while (steady && from < head.next);
      if (steady) return { head, rows };
    }
  }
}
