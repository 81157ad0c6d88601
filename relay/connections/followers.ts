/** Who follows which room. A change is encoded once, whoever follows. */
import { type RoomName, writerOf } from '../../shared/protocol/rooms.ts';
import { encodeRows } from '../core/rooms/encode-rows.ts';
import { Broadcast } from './broadcast.ts';
import { updateMessage } from './room-message.ts';
import type { RoomReader } from './room-reader.ts';
import type { RoomChange } from '../core/ports/room-storage.ts';

export class RoomFollowers {
  readonly #readers = new Map<RoomName, Set<RoomReader>>();

  add(reader: RoomReader): void {
    const readers = this.#readers.get(reader.room) ?? new Set();
    this.#readers.set(reader.room, readers.add(reader));
  }

  /** Idempotent. */
  remove(reader: RoomReader): void {
    const readers = this.#readers.get(reader.room);
    readers?.delete(reader);
    if (readers?.size === 0) this.#readers.delete(reader.room);
  }

  publish({ room, base, head, append, erase }: RoomChange): void {
    const readers = this.#readers.get(room);
    if (!readers) return;
    const writer = writerOf(room, base.generation);
    const runs = erase.map((start) => ({ start, length: 1 }));
    const broadcast = new Broadcast(updateMessage(encodeRows(writer, append, runs)));
    for (const reader of readers) reader.deliver({ rev: head.rev, first: base.next, broadcast });
  }
}
