/**
 * The rooms that this browser has open, and who watches each, here and in other tabs. In the leading tab
 * they follow the relay, in others the leading tab.
 */
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { AsideRow } from '../../../shared/replica/aside.ts';
import type { Transport } from './transport.ts';
import { Replica, type ReplicaOptions } from './replica.ts';
import type { ReplicaParts } from './replica-runner.ts';
import type { RoomTabMessage } from './room-tab-message.ts';

export interface RoomsOptions extends ReplicaParts {
  /** Tells the other tabs. */
  post(message: RoomTabMessage): void;
  /** A replica's rows or state changed. */
  changed(replica: Replica): void;
  /** Restores how far a replica's room was read. */
  recall(replica: Replica): Promise<void>;
  offer(rows: readonly AsideRow[]): void;
}

interface Watched {
  readonly replica: Replica;
  /** This tab's handles by number, other tabs by name. */
  readonly watchers: Set<number | string>;
}

/** A follower's first words about a room when nothing is known yet. */
const NOTHING = new Uint8Array([0]);

export class Rooms {
  readonly #options: RoomsOptions;
  readonly #open = new Map<RoomName, Watched>();
  #transport: Transport | undefined;
  #nextHandle = 0;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  get(room: RoomName): Replica | undefined {
    return this.#open.get(room)?.replica;
  }

  all(): Replica[] {
    return [...this.#open.values()].map(({ replica }) => replica);
  }

  /** Watches a room for this tab; the second value ends it. */
  watch(room: RoomName): [Replica, () => void] {
    const handle = this.#nextHandle++;
    const watched = this.#ensure(room);
    watched.watchers.add(handle);
    return [watched.replica, () => this.#unwatch(room, handle)];
  }

  /** From now on this tab leads, over `transport`. */
  lead(transport: Transport): void {
    this.#transport = transport;
    for (const { replica } of this.#open.values()) void replica.lead(transport);
  }

  /** From now on another tab leads. */
  follow(): void {
    this.#transport = undefined;
    for (const [room, watched] of this.#open) {
      for (const watcher of watched.watchers) {
        if (typeof watcher === 'string') watched.watchers.delete(watcher);
      }
      if (watched.watchers.size === 0) this.#drop(room, watched);
      else {
        watched.replica.follow();
        this.#ask(watched.replica);
      }
    }
  }

  /** Another tab watches a room: tells it everything that it lacks, then what changes. */
  watchFor(tab: string, room: RoomName, vector: Uint8Array): void {
    if (!this.#transport) return;
    const { replica, watchers } = this.#ensure(room);
    watchers.add(tab);
    void replica.loaded.then(() => this.#tell(replica, () => replica.updateSince(vector), tab));
  }

  unwatchFor(tab: string, room: RoomName): void {
    this.#unwatch(room, tab);
  }

  /** A tab is gone, with everything that it watched. */
  gone(tab: string): void {
    for (const room of new Set(this.#open.keys())) this.#unwatch(room, tab);
  }

  /** What the leading tab says about a room that this one follows. */
  async receive(message: Extract<RoomTabMessage, { type: 'room' }>): Promise<void> {
    const replica = this.get(message.room);
    if (!replica || this.#transport) return;
    await replica.receive(message.generation, message.update, message.shared);
  }

  /** Idempotent. */
  dispose(): void {
    for (const { replica } of this.#open.values()) replica.dispose();
    this.#open.clear();
  }

  #ensure(room: RoomName): Watched {
    const there = this.#open.get(room);
    if (there) return there;
    const options: ReplicaOptions = {
      ...this.#options,
      room,
      changed: (changed) => {
        if (this.#transport) this.#tell(changed, () => null);
        this.#options.changed(changed);
      },
      updated: (changed, update) => this.#tell(changed, () => update ?? changed.updateSince()),
      ask: (other) => this.#ask(other),
    };
    const replica = new Replica(options, this.#transport);
    const watched = { replica, watchers: new Set<number | string>() };
    this.#open.set(room, watched);
    if (!this.#transport) this.#ask(replica);
    return watched;
  }

  #unwatch(room: RoomName, watcher: number | string): void {
    const watched = this.#open.get(room);
    if (!watched?.watchers.delete(watcher) || watched.watchers.size > 0) return;
    this.#drop(room, watched);
    if (!this.#transport) this.#options.post({ type: 'unwatch', room });
  }

  #drop(room: RoomName, watched: Watched): void {
    this.#open.delete(room);
    watched.replica.dispose();
  }

  #ask(replica: Replica): void {
    const vector = replica.generation === 0 ? NOTHING : replica.vector;
    this.#options.post({ type: 'watch', room: replica.room, vector });
  }

  #tell(replica: Replica, update: () => Uint8Array | null, to?: string): void {
    const watched = this.#open.get(replica.room);
    const others = [...(watched?.watchers ?? [])].some((watcher) => typeof watcher === 'string');
    // Until it was read from the store there is nothing to tell, not even its epoch.
    if (!others || replica.state.get().status === 'loading') return;
    const { room, generation, shared } = replica;
    const message = { type: 'room', room, generation, update: update(), shared } as const;
    this.#options.post(to === undefined ? message : { ...message, to });
  }
}
