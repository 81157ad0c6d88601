/** The rooms in memory: read from storage when first needed, the longest unused let go. */
import { ConversationState } from '../../../shared/conversation/conversation-state.ts';
import { factOfRow, inOrder } from '../../../shared/conversation/fact.ts';
import { decodeRow } from '../../../shared/conversation/row.ts';
import type { ConversationId, Fingerprint } from '../../../shared/ids.ts';
import { type RoomName, conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { ConversationRoom, HeldRoom, KeyedRoom } from './room.ts';
import {
  type RoomHead,
  type RoomStorage,
  type StoredRow,
  emptyHead,
} from '../ports/room-storage.ts';

const CHUNK_BYTES = 1_000_000;

export class RoomCache {
  readonly #storage: RoomStorage;
  readonly #community: Fingerprint;
  readonly #most: number;
  readonly #rooms = new Map<RoomName, Promise<HeldRoom>>();

  /** @param most rooms kept in memory while nothing is being written. */
  constructor(storage: RoomStorage, community: Fingerprint, most = 2_000) {
    this.#storage = storage;
    this.#community = community;
    this.#most = most;
  }

  /** Rooms in memory. */
  get size(): number {
    return this.#rooms.size;
  }

  conversation(id: ConversationId): Promise<ConversationRoom> {
    return this.#held(conversationRoom(id), () => this.#readConversation(id));
  }

  keyed(name: RoomName): Promise<KeyedRoom> {
    return this.#held(name, () => this.#readKeyed(name));
  }

  /** Lets a room go: the next who needs it reads it from storage. */
  forget(name: RoomName): void {
    this.#rooms.delete(name);
  }

  /** Lets go what was not used for longest. Never while a batch is being filled: a room is one object. */
  trim(): void {
    for (const name of this.#rooms.keys()) {
      if (this.#rooms.size <= this.#most) return;
      this.#rooms.delete(name);
    }
  }

  #held<Room extends HeldRoom>(name: RoomName, read: () => Promise<Room>): Promise<Room> {
    const held = this.#rooms.get(name) ?? read();
    this.#rooms.delete(name); // moved to the end: the first is the one longest unused
    this.#rooms.set(name, held);
    held.catch(() => {
      if (this.#rooms.get(name) === held) this.#rooms.delete(name);
    });
    return held as Promise<Room>;
  }

  async #readConversation(id: ConversationId): Promise<ConversationRoom> {
    const name = conversationRoom(id);
    const state = new ConversationState();
    const { head, rows } = await this.#readAll(name);
    const facts = rows.flatMap(({ bytes }) => {
      const row = decodeRow(bytes);
      return row.type === 'entry' ? [factOfRow(row, this.#community)] : [];
    });
    for (const fact of facts.sort(inOrder)) state.add(fact);
    return { type: 'conversation', id, name, head, state };
  }

  async #readKeyed(name: RoomName): Promise<KeyedRoom> {
    const { head, rows } = await this.#readAll(name);
    const records: KeyedRoom['records'] = new Map();
    for (const { seq, id, key, bytes } of rows) {
      const row = decodeRow(bytes);
      if (key !== null && row.type === 'record')
        records.set(key, { seq, id, value: row.value, received: row.received });
    }
    return { type: 'keyed', name, head, records };
  }

  /** All live rows. If the room changes while it is read in parts, reads again. */
  async #readAll(name: RoomName): Promise<{ head: RoomHead; rows: StoredRow[] }> {
    for (;;) {
      const rows: StoredRow[] = [];
      let head = emptyHead();
      let from = 0;
      let steady = true;
      do {
        const range = await this.#storage.range(name, from, CHUNK_BYTES);
        steady = from === 0 || range.head.rev === head.rev;
        ({ head } = range);
        rows.push(...range.rows);
        from = range.end;
      } while (steady && from < head.next);
      if (steady) return { head, rows };
    }
  }
}
