/**
 * The rooms in memory, one object each: read when first needed; the longest unused are let go when all
 * together take too many bytes. Those that somebody works on, or whose change is on its way to the
 * disk, stay.
 */
import type { ConversationId } from '../../../shared/ids.ts';
import { type RoomName, conversationRoom } from '../../../shared/protocol/rooms.ts';
import { Memory } from '../memory/memory.ts';
import type { RoomReading } from './read-room.ts';
import { type ConversationRoom, type HeldRoom, type KeyedRoom, bytesOf } from './room.ts';

/** Where rooms are found. */
export interface Rooms {
  conversation(id: ConversationId): Promise<ConversationRoom>;
  keyed(name: RoomName): Promise<KeyedRoom>;
}

interface Place {
  readonly reading: Promise<HeldRoom>;
  room: HeldRoom | null;
  bytes: number;
}

/** Of the whole of memory. */
export const ROOM_BYTES = 64 * 1024 * 1024;

export class RoomCache implements Rooms {
  readonly #reading: RoomReading;
  readonly #mostBytes: number;
  readonly #places = new Map<RoomName, Place>();
  readonly #pins = new Map<RoomName, number>();
  #bytes = 0;

  /** @param mostBytes what rooms that nobody works on may take in memory, about. */
  constructor(reading: RoomReading, mostBytes = new Memory().share(ROOM_BYTES)) {
    this.#reading = reading;
    this.#mostBytes = mostBytes;
  }

  /** Rooms in memory. */
  get size(): number {
    return this.#places.size;
  }

  /** What they take, about. */
  get bytes(): number {
    return this.#bytes;
  }

  conversation(id: ConversationId): Promise<ConversationRoom> {
    return this.#find(conversationRoom(id), () => this.#reading.conversation(id));
  }

  keyed(name: RoomName): Promise<KeyedRoom> {
    return this.#find(name, () => this.#reading.keyed(name));
  }

  /** Whether a room is in memory, or on its way there. */
  isHeld(name: RoomName): boolean {
    return this.#places.has(name);
  }

  /** Whether this still is the room of its name. */
  isCurrent(room: HeldRoom): boolean {
    return this.#places.get(room.name)?.room === room;
  }

  /** Drops a room from memory. Whoever needs it next reads it from storage. */
  forget(room: HeldRoom): void {
    if (this.isCurrent(room)) this.#drop(room.name);
  }

  /** Keeps a room in memory until the returned function is called, once. */
  pin(name: RoomName): () => void {
    this.#pins.set(name, (this.#pins.get(name) ?? 0) + 1);
    return () => {
      const left = (this.#pins.get(name) ?? 1) - 1;
      if (left > 0) this.#pins.set(name, left);
      else this.#pins.delete(name);
    };
  }

  /** These have changed: what they take is counted again, and what is too much let go. */
  weigh(rooms: Iterable<HeldRoom>): void {
    for (const room of rooms) {
      const place = this.#places.get(room.name);
      if (place?.room === room) this.#count(place, room);
    }
    this.#trim();
  }

  #find<Room extends HeldRoom>(name: RoomName, read: () => Promise<Room>): Promise<Room> {
    let place = this.#places.get(name);
    if (place) {
      this.#places.delete(name); // moved to the end: the first is the one longest unused
      this.#places.set(name, place);
    } else {
      place = { reading: read(), room: null, bytes: 0 };
      this.#places.set(name, place);
      void this.#fill(name, place);
    }
    return place.reading as Promise<Room>;
  }

  async #fill(name: RoomName, place: Place): Promise<void> {
    try {
      place.room = await place.reading;
      if (this.#places.get(name) !== place) return;
      this.#count(place, place.room);
      this.#trim();
    } catch {
      // Told to whoever waits for it; the next one tries again.
      if (this.#places.get(name) === place) this.#places.delete(name);
    }
  }

  #count(place: Place, room: HeldRoom): void {
    const bytes = bytesOf(room);
    this.#bytes += bytes - place.bytes;
    place.bytes = bytes;
  }

  #trim(): void {
    if (this.#bytes <= this.#mostBytes) return;
    for (const [name, { room }] of this.#places) {
      if (room === null || this.#pins.has(name)) continue;
      this.#drop(name);
      if (this.#bytes <= this.#mostBytes) return;
    }
  }

  #drop(name: RoomName): void {
    this.#bytes -= this.#places.get(name)?.bytes ?? 0;
    this.#places.delete(name);
  }
}
