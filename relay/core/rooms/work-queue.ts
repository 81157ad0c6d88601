/**
 * What waits to be written. Each work reads what it needs as soon as it may, beside the others; works
 * of one source are taken in the order in which they came, so that a room that takes long to read
 * holds up nobody else.
 */
import type { Log } from '../ports/log.ts';
import type { Batch } from './batch.ts';
import type { RoomCache, Rooms } from './room-cache.ts';
import { RoomLease } from './room-lease.ts';

/** Something to write. */
export interface Work {
  /** Works of one source are applied in their order. */
  readonly source: string;
  /** Reads what `apply` needs. Called again when that is not true any more. */
  load(rooms: Rooms): Promise<void>;
  /** Whether what was read beside the rooms is still true. @default it is */
  holds?(): boolean;
  /** Judges and fills the batch; synchronous. */
  apply(batch: Batch): void;
  /** Called once, with whether what it put in the batch is on disk. */
  settle(durable: boolean): void;
}

/** A work and its rooms, which are let go when it is settled. */
export interface Loaded {
  readonly work: Work;
  readonly lease: RoomLease;
}

interface Waiting {
  readonly work: Work;
  lease: RoomLease | null;
  state: 'waits' | 'loading' | 'loaded';
}

/** Works of one source that are loaded at a time: nobody fills the machine with their own alone. */
const LOADED_AHEAD = 2;

export class WorkQueue {
  readonly #rooms: RoomCache;
  readonly #log: Log;
  readonly #ready: () => void;
  readonly #sources = new Map<string, Waiting[]>();
  /** Loaded, and the first of their source. */
  readonly #firsts: Waiting[] = [];
  #length = 0;
  readonly #watchers: (() => void)[] = [];

  /** @param ready called when there may be something to take. */
  constructor(rooms: RoomCache, log: Log, ready: () => void) {
    this.#rooms = rooms;
    this.#log = log;
    this.#ready = ready;
  }

  /** Works that wait. */
  get length(): number {
    return this.#length;
  }

  add(work: Work): void {
    const waiting: Waiting = { work, lease: null, state: 'waits' };
    const source = this.#sources.get(work.source);
    if (source) source.push(waiting);
    else this.#sources.set(work.source, [waiting]);
    this.#length++;
    this.#loadAhead(work.source);
  }

  /** The next work that is loaded and whose turn it is. */
  take(): Loaded | undefined {
    for (let waiting = this.#firsts.shift(); waiting; waiting = this.#firsts.shift()) {
      const { work, lease } = waiting;
      if (lease?.isCurrent && (work.holds?.() ?? true)) {
        this.#leave(waiting);
        return { work, lease };
      }
      void this.#load(waiting); // something changed meanwhile
    }
    return undefined;
  }

  /** Resolves when a work has been loaded, or could not be. */
  moved(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve));
  }

  async #load(waiting: Waiting): Promise<void> {
    waiting.lease?.release();
    const lease = new RoomLease(this.#rooms);
    Object.assign(waiting, { lease, state: 'loading' });
    try {
      await waiting.work.load(lease);
      waiting.state = 'loaded';
      if (this.#sources.get(waiting.work.source)?.[0] === waiting) this.#firsts.push(waiting);
    } catch (error) {
      this.#log.error('what a write needs could not be read', error);
      lease.release();
      this.#leave(waiting);
      waiting.work.settle(false);
    }
    for (const resolve of this.#watchers.splice(0)) resolve();
    this.#ready();
  }

  /** It waits no more: the next of its source is the first. */
  #leave(waiting: Waiting): void {
    const { source: name } = waiting.work;
    const source = this.#sources.get(name) ?? [];
    const index = source.indexOf(waiting);
    source.splice(index, 1);
    this.#length--;
    if (source.length === 0) this.#sources.delete(name);
    else if (index === 0 && source[0]?.state === 'loaded') this.#firsts.push(source[0]);
    this.#loadAhead(name);
  }

  #loadAhead(name: string): void {
    const source = this.#sources.get(name) ?? [];
    for (const waiting of source.slice(0, LOADED_AHEAD))
      if (waiting.state === 'waits') void this.#load(waiting);
  }
}
