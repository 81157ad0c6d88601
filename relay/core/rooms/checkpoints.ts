/** Has the states of conversations kept that changed much: behind the batches, one whenever nothing is on its way. */
import type { Log } from '../ports/log.ts';
import type { RoomReading } from './read-room.ts';
import type { ConversationRoom, HeldRoom } from './room.ts';
import type { RoomCache } from './room-cache.ts';

/** Due ones, before those are looked for that were let go meanwhile. */
const MOST_DUE = 64;

export class Checkpoints {
  readonly #reading: RoomReading;
  readonly #rooms: RoomCache;
  readonly #log: Log;
  readonly #due = new Set<ConversationRoom>();

  constructor(reading: RoomReading, rooms: RoomCache, log: Log) {
    this.#reading = reading;
    this.#rooms = rooms;
    this.#log = log;
  }

  /** States that are to be kept. */
  get size(): number {
    return this.#due.size;
  }

  /** These are on disk as they are in memory, or will be at the next rest. */
  changed(rooms: Iterable<HeldRoom>): void {
    for (const room of rooms)
      if (room.type === 'conversation' && this.#reading.isDue(room)) this.#due.add(room);
    if (this.#due.size > MOST_DUE) this.#forgetThoseLetGo();
  }

  /** A room that is not in memory any more must not stay there for this. */
  #forgetThoseLetGo(): void {
    for (const room of this.#due) if (!this.#rooms.isCurrent(room)) this.#due.delete(room);
  }

  /** Nothing is on its way: memory is as the disk is. */
  rest(): void {
    for (const room of this.#due) {
      this.#due.delete(room);
      if (!this.#rooms.isCurrent(room)) continue;
      this.#reading
        .keep(room)
        .catch((error: unknown) => this.#log.error('a checkpoint was not kept', error));
      return; // the next at the next rest: each takes a moment
    }
  }

  /** Keeps all that are due. Nothing is on its way, and nothing more will be. */
  async flush(): Promise<void> {
    for (const room of this.#due) {
      this.#due.delete(room);
      if (this.#rooms.isCurrent(room)) await this.#reading.keep(room);
    }
  }
}
