/**
 * What goes out on one socket. Pages of rooms are read only when the line has taken what was sent before,
 * and by turns: a room that has just been asked for comes first, then each of the others in a circle.
 */
import type { Log } from '../../core/ports/log.ts';
import type { OutputPool, PooledOutput } from './output-pool.ts';
import type { Transport } from './transport.ts';

/** While more than this waits for the line, nothing is read for it, and live rows stay in storage. */
const CLEAR_BYTES = 64 * 1024;
/**
 * So much may be on its way, in buffers of the network and of proxies, before the reader has read it. At 100 ms
 * there and back this is 160 Mbit/s.
 */
const UNREAD_BYTES = 2_000_000;
/** How far it has read is asked again after so many bytes, so that few such questions are under way. */
const ASK_EVERY_BYTES = 64 * 1024;
/** What is not a room's page is sent at once. Who lets this much of it wait is let go. */
export const MOST_BUFFERED_BYTES = 1024 * 1024;
/** Sends below this tell nobody when the line has taken them, as long as nothing waits. */
const SMALL_BYTES = 4 * 1024;

/** A room that has pages to send. */
export interface Feed {
  /** Reads a page and sends it. Resolves with what that cost, in bytes. */
  turn(): Promise<number>;
}

export interface OutputOptions {
  readonly transport: Transport;
  readonly pool: OutputPool;
  /** Who shares turns with it: its neighbourhood, its address, itself. */
  readonly path: readonly string[];
  readonly log: Log;
  /** The reader reads too slowly: ends the connection. */
  readonly slow: () => void;
  /** A page could not be read. */
  readonly failed: () => void;
}

export class Output implements PooledOutput {
  readonly #options: OutputOptions;
  readonly #fresh = new Set<Feed>();
  readonly #going = new Set<Feed>();
  /** It has a turn, waits for one, or must pay for its last one first. */
  #queued = false;
  /** Bytes, since the connection began. */
  #sent = 0;
  /** Those of them behind which there is a probe. */
  #probed = 0;
  /** Those that the reader has told to have read. */
  #read = 0;
  /** Probes that the reader has not answered yet. */
  #probes = 0;
  #ended = false;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  get path(): readonly string[] {
    return this.#options.path;
  }

  /** Bytes that wait for the line. */
  get held(): number {
    return this.#ended ? 0 : this.#options.transport.bufferedBytes();
  }

  /** Whether the line has taken all but a little, and the reader is not far behind. */
  get isClear(): boolean {
    return this.held <= CLEAR_BYTES && !this.#isFarBehind;
  }

  /** Whether nothing is known to be under way. */
  get isIdle(): boolean {
    return this.held === 0 && this.#probes === 0;
  }

  /** Sends at once, behind whatever waits. */
  send(bytes: Uint8Array): void {
    if (this.#ended) return;
    const { transport, pool, slow } = this.#options;
    const before = transport.bufferedBytes();
    if (before > MOST_BUFFERED_BYTES) return slow();
    if (before === 0 && bytes.length < SMALL_BYTES) transport.send(bytes);
    else transport.send(bytes, this.#taken);
    this.#sent += bytes.length;
    if (this.#sent - this.#probed >= ASK_EVERY_BYTES) this.#probe();
    const held = transport.bufferedBytes();
    if (held > 0) pool.lags(this, held);
  }

  /** Finds out whether the reader still reads, unless that is being found out. */
  probe(): void {
    if (!this.#ended && this.#probes === 0) this.#probe();
  }

  /** A room has pages to send; asked again before its turn, it has one turn. */
  want(feed: Feed, isFresh: boolean): void {
    if (this.#ended) return;
    (isFresh ? this.#fresh : this.#going).add(feed);
    this.#ask();
  }

  drop(feed: Feed): void {
    this.#fresh.delete(feed);
    this.#going.delete(feed);
  }

  /** Stands in the queue for a turn, if a room waits and the line is clear. */
  #ask(): void {
    if (this.#queued || this.#ended || !this.isClear) return;
    if (this.#fresh.size + this.#going.size === 0) return;
    this.#queued = true;
    this.#options.pool.queue(this);
  }

  /** Its turn: a page of the room that is next. Resolves with what that cost. Never rejects. */
  async turn(): Promise<number> {
    let cost = 0;
    const feed = this.#next();
    try {
      if (feed) cost = await feed.turn();
    } catch (error) {
      this.#options.log.error('a room could not be read', error);
      this.#options.failed();
    }
    if (this.#sent > this.#probed) this.probe();
    return cost;
  }

  /** It may have another turn. */
  ready(): void {
    this.#queued = false;
    this.#ask();
  }

  /** The reader reads too slowly. */
  cut(): void {
    this.#options.slow();
  }

  /** Idempotent. */
  end(): void {
    this.#ended = true;
    this.#fresh.clear();
    this.#going.clear();
    this.#options.pool.forget(this);
  }

  get #isFarBehind(): boolean {
    return this.#options.transport.probe !== undefined && this.#sent - this.#read > UNREAD_BYTES;
  }

  #probe(): void {
    const { transport, pool } = this.#options;
    if (!transport.probe) return;
    const sent = this.#sent;
    this.#probed = sent;
    this.#probes++;
    pool.lags(this, this.held);
    transport.probe(() => {
      this.#read = sent;
      this.#probes--;
      this.#taken();
    });
  }

  readonly #taken = (): void => {
    if (this.#ended) return;
    this.#options.pool.moved(this, this.held);
    this.#ask();
  };

  #next(): Feed | undefined {
    for (const feeds of [this.#fresh, this.#going]) {
      for (const feed of feeds) {
        feeds.delete(feed);
        return feed;
      }
    }
    return undefined;
  }
}
