/**
 * Somebody who follows a room: a channel of the shared socket, or a stock y-websocket provider. It answers
 * a state vector straight from storage. Live changes wait until the answer is out, so the digest after it
 * covers exactly what the replica then holds.
 */
import { encodeChannelMessage } from '../../shared/protocol/channel.ts';
import { type RoomName, writerOf } from '../../shared/protocol/rooms.ts';
import { Broadcast } from './broadcast.ts';
import { encodeRows, piecesOf } from '../core/rooms/encode-rows.ts';
import { step2Message, updateMessage } from './room-message.ts';
import type { RoomStorage } from '../core/ports/room-storage.ts';

/** Rows in one message: well under a frame. */
const CHUNK_BYTES = 256_000;

interface Live {
  readonly rev: number;
  readonly broadcast: Broadcast;
}

export interface RoomReaderOptions {
  readonly room: RoomName;
  readonly generation: number;
  readonly storage: RoomStorage;
  readonly send: (message: Broadcast) => void;
  /** Whether this reader knows our own messages besides sync. */
  readonly knowsDigest: boolean;
}

export class RoomReader {
  readonly #options: RoomReaderOptions;
  #waiting: Live[] | null = null;
  #again: ReadonlyMap<number, number> | null = null;
  #closed = false;

  constructor(options: RoomReaderOptions) {
    this.#options = options;
  }

  get room(): RoomName {
    return this.#options.room;
  }

  /** A change that was just committed. */
  deliver(live: Live): void {
    if (this.#waiting) this.#waiting.push(live);
    else this.#send(live.broadcast);
  }

  /** Something told on the channel that is not a row. */
  send(message: Uint8Array): void {
    this.#send(new Broadcast(message));
  }

  /** Brings a replica that holds this many rows of each writer up to date. */
  async sync(held: ReadonlyMap<number, number>): Promise<void> {
    if (this.#waiting) {
      this.#again = held;
      return;
    }
    this.#waiting = [];
    try {
      await this.#answer(held);
    } finally {
      for (const { broadcast } of this.#waiting.splice(0)) this.#send(broadcast);
      this.#waiting = null;
    }
    const again = this.#again;
    this.#again = null;
    if (again && !this.#closed) await this.sync(again);
  }

  /** Idempotent. Sends nothing from then on. */
  close(): void {
    this.#closed = true;
  }

  #send(message: Broadcast): void {
    if (!this.#closed) this.#options.send(message);
  }

  async #answer(held: ReadonlyMap<number, number>): Promise<void> {
    const { storage, room, generation, knowsDigest } = this.#options;
    const writer = writerOf(room, generation);
    let from = held.get(writer) ?? 0;
    for (;;) {
      const range = await storage.range(room, from, CHUNK_BYTES);
      if (this.#closed) return;
      const { head } = range;
      const end = Math.max(range.end, from);
      const done = end >= head.next;
      const pieces = from < end ? piecesOf(range.rows, range.erased, from, end) : [];
      const erased = done ? range.erased : [];
      const update = encodeRows(writer, pieces, erased);
      this.send(done ? step2Message(update) : updateMessage(update));
      from = end;
      if (!done) continue;
      // This digest includes changes that happened while earlier chunks were read.
      const waiting = this.#waiting ?? [];
      const before = waiting.filter(({ rev }) => rev <= head.rev);
      this.#waiting = waiting.filter(({ rev }) => rev > head.rev);
      for (const { broadcast } of before) this.#send(broadcast);
      if (knowsDigest) this.send(encodeChannelMessage({ type: 'digest', digest: head }));
      return;
    }
  }
}
