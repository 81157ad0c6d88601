/** The rooms that one piece of work needs: they stay in memory as long as it is under way. */
import type { ConversationId } from '../../../shared/ids.ts';
import { type RoomName, conversationRoom } from '../../../shared/protocol/rooms.ts';
import type { ConversationRoom, HeldRoom, KeyedRoom } from './room.ts';
import type { RoomCache, Rooms } from './room-cache.ts';

export class RoomLease implements Rooms {
  readonly #cache: RoomCache;
  readonly #rooms = new Set<HeldRoom>();
  readonly #unpins = new Map<RoomName, () => void>();

  constructor(cache: RoomCache) {
    this.#cache = cache;
  }

  conversation(id: ConversationId): Promise<ConversationRoom> {
    return this.#take(conversationRoom(id), () => this.#cache.conversation(id));
  }

  keyed(name: RoomName): Promise<KeyedRoom> {
    return this.#take(name, () => this.#cache.keyed(name));
  }

  /** Whether each of them still is what is known of its room: none was let go since. */
  get isCurrent(): boolean {
    for (const room of this.#rooms) if (!this.#cache.isCurrent(room)) return false;
    return true;
  }

  /** Idempotent. */
  release(): void {
    for (const unpin of this.#unpins.values()) unpin();
    this.#unpins.clear();
    this.#rooms.clear();
  }

  async #take<Room extends HeldRoom>(name: RoomName, find: () => Promise<Room>): Promise<Room> {
    if (!this.#unpins.has(name)) this.#unpins.set(name, this.#cache.pin(name));
    const room = await find();
    this.#rooms.add(room);
    return room;
  }
}
