/**
 * Somebody who follows a room: a channel of the shared socket, or a stock y-websocket provider. A state
 * vector is answered page by page, straight from storage, as the line takes them. Live rows that come
 * meanwhile, or while the line is behind, are not kept here: they are read from storage with the rest.
 */
import { encodeChannelMessage } from '../../shared/protocol/channel.ts';
import { type RoomName, writerOf } from '../../shared/protocol/rooms.ts';
import { Broadcast } from './broadcast.ts';
import type { Feed } from './output/output.ts';
import { step2Message, updateMessage } from './room-message.ts';
import { PAGE_BYTES, type RoomPage, type RoomStorage } from '../core/ports/room-storage.ts';

/** What a page costs beside its bytes: finding the room, and each erased run of it. */
const PAGE_COST = 2_000;
const RUN_COST = 200;

/** A change that was just committed. */
export interface Live {
  readonly rev: number;
  /** The first row that it may have added. */
  readonly first: number;
  readonly broadcast: Broadcast;
}

interface Reading {
  /** The next row to read. */
  from: number;
  isUnderWay?: boolean;
  /** Whether a state vector is answered; otherwise live rows were left in storage. */
  readonly answers: boolean;
}

export interface RoomReaderOptions {
  readonly room: RoomName;
  readonly generation: number;
  readonly storage: Pick<RoomStorage, 'page'>;
  readonly output: {
    readonly isClear: boolean;
    want(feed: Feed, isFresh: boolean): void;
    drop(feed: Feed): void;
  };
  readonly send: (message: Broadcast) => void;
  /** Whether this reader knows our own messages besides sync. */
  readonly knowsDigest: boolean;
}

export class RoomReader implements Feed {
  readonly #options: RoomReaderOptions;
  #reading: Reading | null = null;
  /** Rows of the replica that asked while another answer was under way. */
  #again: number | null = null;
  /** The revision up to which everything was sent. */
  #told = -1;
  /** The latest revision of which something is still in storage only. */
  #newest = -1;
  #closed = false;

  constructor(options: RoomReaderOptions) {
    this.#options = options;
  }

  get room(): RoomName {
    return this.#options.room;
  }

  /** A change that was just committed. */
  deliver({ rev, first, broadcast }: Live): void {
    if (this.#closed || rev <= this.#told) return;
    if (!this.#reading && this.#options.output.isClear) {
      this.#told = rev;
      this.#options.send(broadcast);
      return;
    }
    this.#newest = rev;
    if (!this.#reading) this.#read({ from: first, answers: false });
  }

  /** Something told on the channel that is not a row. */
  send(message: Uint8Array): void {
    if (!this.#closed) this.#options.send(new Broadcast(message));
  }

  /** Brings a replica that holds this many rows of each writer up to date. */
  sync(held: ReadonlyMap<number, number>): void {
    if (this.#closed) return;
    const { room, generation } = this.#options;
    const from = held.get(writerOf(room, generation)) ?? 0;
    if (this.#reading?.answers === true) this.#again = from;
    else this.#read({ from, answers: true });
  }

  async turn(): Promise<number> {
    const reading = this.#reading;
    if (!reading) return 0;
    const { room, generation, storage } = this.#options;
    const most = reading.isUnderWay === true ? PAGE_BYTES.later : PAGE_BYTES.first;
    const page = await storage.page(room, generation, reading.from, most);
    if (!this.#closed && this.#reading === reading) this.#send(page, reading);
    return PAGE_COST + RUN_COST * page.runs + page.read;
  }

  /** Idempotent. Sends nothing from then on. */
  close(): void {
    this.#closed = true;
    this.#reading = null;
    this.#options.output.drop(this);
  }

  #read(reading: Reading): void {
    this.#reading = reading;
    this.#options.output.want(this, reading.answers);
  }

  #send({ head, update, to, isLast }: RoomPage, reading: Reading): void {
    const isAnswer = isLast && reading.answers;
    this.send(isAnswer ? step2Message(update) : updateMessage(update));
    if (!isLast) {
      reading.from = to;
      reading.isUnderWay = true;
      this.#options.output.want(this, false);
      return;
    }
    // Whatever was changed meanwhile and is in this page is not sent again.
    this.#told = head.rev;
    if (this.#options.knowsDigest)
      this.send(encodeChannelMessage({ type: 'digest', digest: head }));
    this.#reading = null;
    const again = this.#again;
    this.#again = null;
    if (again !== null) this.#read({ from: again, answers: true });
    else if (this.#newest > head.rev) this.#read({ from: head.next, answers: false });
  }
}
