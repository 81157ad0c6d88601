/**
 * The one place where rooms change: works queue up, are judged together, committed in one batch, and
 * settled. One batch is in flight while the next collects.
 */
import type { Fingerprint } from '../../../shared/ids.ts';
import { Batch } from './batch.ts';
import type { RelayEvent } from '../ports/events.ts';
import type { Log } from '../ports/log.ts';
import { type Projection, project } from './projection.ts';
import type { RoomCache } from './room-cache.ts';
import type { RoomChange, RoomStorage, StorageBatch } from '../ports/room-storage.ts';

/** Where rooms are found. */
export type Rooms = Pick<RoomCache, 'conversation' | 'keyed'>;

/** Something to write. */
export interface Work {
  /** Reads what `apply` needs. Runs when no batch is in flight, so what it reads stays true. */
  load(): Promise<void>;
  /** Judges and fills the batch; synchronous. */
  apply(batch: Batch): void;
  /** Called once: whether what it put in the batch is on disk. */
  settle(durable: boolean): void;
}

export interface CommitterOptions {
  readonly storage: RoomStorage;
  readonly rooms: RoomCache;
  readonly community: Fingerprint;
  readonly log: Log;
  /** Told of each committed change, after the works are settled. */
  readonly publish: (change: RoomChange) => void;
  /** Told what happened, after that. */
  readonly tell: (event: RelayEvent) => void;
}

/** Works in one batch. */
const MOST_WORKS = 200;

export class Committer {
  readonly #options: CommitterOptions;
  /** Last touch on each batch, in this order. */
  projections: readonly Projection[] = [];
  #queue: Work[] = [];
  #running: Promise<void> | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  /** Works that wait. */
  get length(): number {
    return this.#queue.length;
  }

  add(work: Work): void {
    this.#queue.push(work);
    this.#running ??= this.#run();
  }

  /**
   * Changes rooms; resolves once durable, rejects if it cannot be.
   * @param load finds the rooms, and reads whatever else `apply` needs. May be called more than once.
   * @param apply fills the batch; synchronous, and called when the rooms are as they were found.
   */
  write<Loaded>(
    load: (rooms: Rooms) => Promise<Loaded>,
    apply: (batch: Batch, loaded: Loaded) => void,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      let loaded: Loaded;
      this.add({
        load: async () => {
          loaded = await load(this.#options.rooms);
        },
        apply: (batch) => apply(batch, loaded),
        settle: (durable) => (durable ? resolve() : reject(new Error('storage did not take it'))),
      });
    });
  }

  /** Resolves when nothing waits and nothing is in flight. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // whatever is submitted in this turn goes together
    while (this.#queue.length > 0) {
      await this.#commit(this.#queue.splice(0, MOST_WORKS));
      this.#options.rooms.trim();
    }
    this.#running = undefined;
  }

  async #commit(works: readonly Work[]): Promise<void> {
    const { storage, community } = this.#options;
    const batch = new Batch(community);
    let sealed: StorageBatch = { changes: [], writes: [] };
    let durable = false;
    try {
      await Promise.all(works.map((work) => work.load()));
      for (const work of works) work.apply(batch);
      await project(batch, this.projections, (name) => this.#options.rooms.keyed(name));
      sealed = batch.seal();
      const isEmpty = sealed.changes.length === 0 && sealed.writes.length === 0;
      durable = isEmpty || (await storage.commit(sealed)) === 'committed';
      if (!durable) this.#options.log.warn('a batch met a change by another node');
    } catch (error) {
      this.#options.log.error('a batch was not committed', error);
    }
    if (!durable) for (const room of batch.rooms) this.#options.rooms.forget(room.name);
    for (const work of works) this.#safely(() => work.settle(durable));
    if (!durable) return;
    for (const change of sealed.changes) this.#safely(() => this.#options.publish(change));
    for (const event of batch.events) this.#safely(() => this.#options.tell(event));
  }

  /** A reader that cannot be told must not stop the others, nor the next batch. */
  #safely(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#options.log.error('after a commit', error);
    }
  }
}
