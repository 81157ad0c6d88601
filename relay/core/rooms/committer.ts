/**
 * The one place where rooms change. Works are loaded beside each other, applied to the batch that is
 * being filled, and committed together; while one batch is on its way to the disk the next is filled,
 * so rooms in memory may be ahead of the disk by it. Nothing is answered or told before it is on disk:
 * when a batch fails, its rooms are let go, and what was applied on top of it fails with it.
 */
import type { EntryId } from '../../../shared/ids.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { RelayEvent } from '../ports/events.ts';
import type { Log } from '../ports/log.ts';
import type { Platform } from '../ports/platform.ts';
import type { RoomChange, RoomStorage, StorageBatch } from '../ports/room-storage.ts';
import { Batch } from './batch.ts';
import type { Checkpoints } from './checkpoints.ts';
import { type Projection, project } from './projection.ts';
import type { RoomCache, Rooms } from './room-cache.ts';
import { RoomLease } from './room-lease.ts';
import { type Loaded, type Work, WorkQueue } from './work-queue.ts';

export interface CommitterOptions {
  readonly storage: Pick<RoomStorage, 'commit'>;
  readonly rooms: RoomCache;
  /** Told of each room that may have changed, before anybody hears of the change. */
  readonly changed: (room: RoomName) => void;
  readonly checkpoints: Checkpoints;
  readonly log: Log;
  readonly turn: NonNullable<Platform['turn']>;
  /** Told what is about to leave its room, or never comes into one: nobody knows, once a commit has failed. */
  readonly fating: (ids: readonly EntryId[]) => void;
  /** Told of each committed change, after the works are settled. */
  readonly publish: (change: RoomChange) => void;
  /** Told what happened, after that. */
  readonly tell: (event: RelayEvent) => void;
}

/** Works in one batch. */
const MOST_WORKS = 200;
/** Features' own writes: in the order in which they came. */
const FEATURES = 'features';

const isEmpty = ({ changes, writes, forget = [] }: StorageBatch): boolean =>
  changes.length === 0 && writes.length === 0 && forget.length === 0;

interface Filling {
  readonly batch: Batch;
  readonly lease: RoomLease;
  readonly works: Loaded[];
  /** A work threw half way: rooms are changed by what must not be written. */
  isBroken: boolean;
}

export class Committer {
  readonly #options: CommitterOptions;
  /** Last touch on each batch, in this order. */
  projections: readonly Projection[] = [];
  readonly #queue: WorkQueue;
  #filling: Filling;
  /** Batches that have ended, well or not. */
  ended = 0;
  /** A batch gets its last touch: nothing may be applied on top of it until its heads are known. */
  #isSealing = false;
  #running: Promise<void> | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#queue = new WorkQueue(options.rooms, options.log, () => this.#fill());
    this.#filling = this.#empty();
  }

  /** Works that wait. */
  get length(): number {
    return this.#queue.length;
  }

  add(work: Work): void {
    this.#queue.add(work);
  }

  /**
   * Changes rooms. Resolves once the change is durable, rejects if it cannot be.
   * @param load finds the rooms, and reads whatever else `apply` needs; may be called more than once.
   * @param apply fills the batch; synchronous, and called while the rooms are as they were found.
   */
  write<Loaded>(
    load: (rooms: Rooms) => Promise<Loaded>,
    apply: (batch: Batch, loaded: Loaded) => void,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      let loaded: Loaded;
      this.add({
        source: FEATURES,
        load: async (rooms) => {
          loaded = await load(rooms);
        },
        apply: (batch) => apply(batch, loaded),
        settle: (durable) => (durable ? resolve() : reject(new Error('storage did not take it'))),
      });
    });
  }

  /** Resolves when nothing waits and nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#running || this.#queue.length > 0) await (this.#running ?? this.#queue.moved());
  }

  #empty(): Filling {
    const { rooms } = this.#options;
    return { batch: new Batch(), lease: new RoomLease(rooms), works: [], isBroken: false };
  }

  /** Applies what is loaded to the batch that is being filled. */
  #fill(): void {
    const filling = this.#filling;
    const { works, batch } = filling;
    while (!this.#isSealing && !filling.isBroken && works.length < MOST_WORKS) {
      const loaded = this.#queue.take();
      if (!loaded) break;
      works.push(loaded);
      try {
        loaded.work.apply(batch);
      } catch (error) {
        this.#options.log.error('a batch could not be filled', error);
        filling.isBroken = true;
      }
    }
    if (works.length > 0) this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#filling.works.length > 0) {
      await this.#options.turn(); // what arrived together goes together
      await this.#commit(this.#replace());
    }
    this.#running = undefined;
    this.#options.checkpoints.rest();
  }

  #replace(): Filling {
    const filled = this.#filling;
    this.#filling = this.#empty();
    return filled;
  }

  async #commit(filled: Filling): Promise<void> {
    const { storage, log } = this.#options;
    let durable = false;
    let sealed: StorageBatch = { changes: [], writes: [] };
    try {
      if (filled.isBroken) throw new Error('a work could not be applied');
      sealed = await this.#seal(filled);
      this.#options.fating(filled.batch.fated);
      const committing = isEmpty(sealed) ? 'committed' : storage.commit(sealed);
      this.#fill();
      durable = (await committing) === 'committed';
      if (!durable) log.warn('a batch met a change by another node');
    } catch (error) {
      log.error('a batch was not committed', error);
    }
    this.#settle(filled, durable);
    if (durable) {
      this.#options.checkpoints.changed(filled.batch.rooms);
      this.#tell(filled.batch, sealed);
    } else if (this.#filling.works.length > 0) {
      this.#settle(this.#replace(), false); // applied on top of it
    }
    this.#fill();
  }

  async #seal({ batch, lease }: Filling): Promise<StorageBatch> {
    this.#isSealing = true;
    try {
      await project(batch, this.projections, (name) => lease.keyed(name));
      return batch.seal();
    } finally {
      this.#isSealing = false;
    }
  }

  #settle({ batch, lease, works }: Filling, durable: boolean): void {
    this.ended++;
    const { rooms, changed } = this.#options;
    if (!durable) batch.lost();
    for (const room of batch.rooms) {
      changed(room.name);
      if (!durable) rooms.forget(room);
    }
    for (const { work } of works) this.#safely(() => work.settle(durable));
    for (const loaded of works) loaded.lease.release();
    lease.release();
    rooms.weigh(batch.rooms);
  }

  #tell(batch: Batch, { changes }: StorageBatch): void {
    for (const change of changes) this.#safely(() => this.#options.publish(change));
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
