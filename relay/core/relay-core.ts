/**
 * The one writer of rooms: it judges what is submitted, commits it and tells what happened. It knows no
 * feature and no connection. Features add what follows to its batches, and listen to its events.
 */
import { parseRoom } from '../../shared/protocol/rooms.ts';
import type { Feature } from './feature.ts';
import { Memory } from './memory/memory.ts';
import { HeldBook } from './held/held-book.ts';
import type { HeldStorage } from './held/held-storage.ts';
import { Holdings } from './held/holding.ts';
import { ReadAllowance } from './limits/read-allowance.ts';
import { askedProjection } from './asked/asked.ts';
import { Askers } from './asked/askers.ts';
import type { AskedStorage } from './ports/asked-storage.ts';
import type { Authority } from './ports/authority.ts';
import type { CheckpointStorage } from './ports/checkpoint-storage.ts';
import { Events } from './ports/events.ts';
import type { Log } from './ports/log.ts';
import type { People } from './ports/people.ts';
import type { Platform } from './ports/platform.ts';
import type { RoomChange, RoomStorage } from './ports/room-storage.ts';
import type { SpaceBook } from './ports/space-book.ts';
import { Checkpoints } from './rooms/checkpoints.ts';
import { Committer } from './rooms/committer.ts';
import { KnownRooms } from './rooms/known-rooms.ts';
import { RoomReading } from './rooms/read-room.ts';
import type { ConversationRoom } from './rooms/room.ts';
import { ROOM_BYTES, RoomCache } from './rooms/room-cache.ts';
import { EntryFates } from './submit/entry-fates.ts';
import { RelayActs } from './submit/relay-acts.ts';
import { SubmitPath } from './submit/submit-path.ts';

export interface RelayCoreOptions {
  readonly storage: RoomStorage;
  readonly checkpoints: CheckpointStorage;
  readonly asked: AskedStorage;
  readonly held: Pick<HeldStorage, 'heldMarks'>;
  readonly platform: Platform;
  readonly authority: Authority;
  readonly log: Log;
  /** Found late: a feature keeps them, over this core. */
  readonly people: () => Pick<People, 'membersOf'>;
  /** Found late, as above. */
  readonly spaces: () => Pick<SpaceBook, 'modeOf'>;
  /** Memory for rooms that nobody works on, about. @default 64 MiB of the whole of memory */
  readonly roomBytes?: number;
  /** Entries that one author may write in a minute. @default 300 */
  readonly entriesPerMinute?: number;
  /** Questions that one author may ask in an hour. @default 30 */
  readonly questionsPerHour?: number;
}

const defaults = {
  entriesPerMinute: 300,
  questionsPerHour: 30,
} satisfies Partial<RelayCoreOptions>;

export class RelayCore {
  readonly storage: RoomStorage;
  readonly platform: Platform;
  readonly authority: Authority;
  readonly log: Log;
  readonly events: Events;
  readonly rooms: RoomCache;
  /** Who may have rooms read into memory. */
  readonly reads: ReadAllowance<ConversationRoom>;
  /** What is known of rooms without asking storage. */
  readonly known: KnownRooms;
  readonly committer: Committer;
  /** The relay's own entries. */
  readonly acts: RelayActs;
  /** Who asked each conversation. */
  readonly askers: Askers;
  readonly submitPath: SubmitPath;
  /** What waits to be read before others read it. */
  readonly holdings: Holdings;
  readonly #publishers = new Set<(change: RoomChange) => void>();
  readonly #checkpoints: Checkpoints;
  #features: readonly Feature[] = [];
  #loading: Promise<void> = Promise.resolve();

  constructor(options: RelayCoreOptions) {
    const { storage, platform, authority, log, entriesPerMinute, questionsPerHour } = {
      ...defaults,
      ...options,
    };
    const modeOf: SpaceBook['modeOf'] = (id) => options.spaces().modeOf(id);
    this.storage = storage;
    this.platform = platform;
    this.authority = authority;
    this.log = log;
    this.events = new Events(log);
    const community = authority.fingerprint;
    const reading = new RoomReading({ storage, checkpoints: options.checkpoints, community });
    const { memory = new Memory() } = platform;
    this.rooms = new RoomCache(reading, options.roomBytes ?? memory.share(ROOM_BYTES));
    const fates = new EntryFates(storage);
    const book = new HeldBook(options.held);
    this.holdings = new Holdings({ book, now: platform.clock.now, log });
    this.known = new KnownRooms({ storage, asked: options.asked, memory });
    this.reads = new ReadAllowance({
      rooms: this.rooms,
      storage: this.known,
      now: platform.clock.steady,
      memory,
    });
    this.#checkpoints = new Checkpoints(reading, this.rooms, log);
    this.committer = new Committer({
      storage,
      rooms: this.rooms,
      changed: (room) => this.known.changed(room),
      checkpoints: this.#checkpoints,
      log,
      turn: platform.turn ?? (() => Promise.resolve()),
      fating: (ids) => fates.add(ids),
      publish: (change) => {
        for (const publish of this.#publishers) publish(change);
      },
      tell: (event) => this.events.tell(event),
    });
    this.askers = new Askers({
      known: this.known,
      rooms: this.rooms,
      reads: this.reads,
      committer: this.committer,
      log,
    });
    this.acts = new RelayActs({ authority, modeOf, platform });
    this.submitPath = new SubmitPath({
      fates,
      holdings: this.holdings,
      reads: this.reads,
      committer: this.committer,
      membersOf: (devices) => options.people().membersOf(devices),
      authority,
      platform,
      limits: { entriesPerMinute, questionsPerHour },
      modeOf,
    });
  }

  /** Calls back with each committed change of a room, in order. Returns a function that undoes it. */
  onCommit(publish: (change: RoomChange) => void): () => void {
    this.#publishers.add(publish);
    return () => this.#publishers.delete(publish);
  }

  /** Takes the features and starts them, in their order. */
  async start(features: readonly Feature[]): Promise<void> {
    this.#features = features;
    const theirs = features.flatMap(({ projection }) => projection ?? []);
    this.committer.projections = [askedProjection(), ...theirs];
    this.submitPath.policies = features.flatMap(({ policy }) => policy ?? []);
    this.events.subscribe(this.submitPath.members.events);
    this.events.subscribe({ 'members-merged': (merge) => this.holdings.book.moved(merge) });
    this.#loading = this.submitPath.fates
      .load()
      .catch((error: unknown) => this.log.error('what is in no room could not be read', error));
    for (const { events } of features) if (events) this.events.subscribe(events);
    for (const feature of features) await feature.start?.();
    await this.#reconcile();
  }

  /** Stops the features and writes what waits. Idempotent. The caller closes storage. */
  async stop(): Promise<void> {
    for (const feature of this.#features.toReversed()) await feature.stop?.();
    await this.committer.idle();
    await this.#loading;
    await this.#checkpoints
      .flush()
      .catch((error: unknown) => this.log.error('a checkpoint was not kept', error));
  }

  /** After the erased list cleaned an older backup, derives again what was derived before. */
  async #reconcile(): Promise<void> {
    for (const name of await this.storage.reconciled()) {
      const room = parseRoom(name);
      if (room.kind !== 'conversation') continue;
      await this.committer.write(
        (rooms) => rooms.conversation(room.id),
        (batch, held) => batch.touch(held),
      );
    }
  }
}
