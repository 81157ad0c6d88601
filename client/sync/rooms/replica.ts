/**
 * One room on this device, as screens see it: its rows by the machine of shared/replica, and what its
 * channel tells. In the leading tab it follows the relay, in the others the leading tab.
 */
import type { EntryId } from '../../../shared/ids.ts';
import type { ChannelMessage, Side } from '../../../shared/protocol/channel.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { AsideRow } from '../../../shared/replica/aside.ts';
import { createWritable } from '../../signals/readable.ts';
import type { RoomState } from '../../store/sync-port.ts';
import type { Transport } from './transport.ts';
import { type ReplicaParts, ReplicaRunner } from './replica-runner.ts';
import type { SharedState } from './room-tab-message.ts';
import { RoomPresence } from './room-presence.ts';

export interface ReplicaOptions extends ReplicaParts {
  readonly room: RoomName;
  /** Rows or state changed. */
  changed(replica: Replica): void;
  /** In the leading tab: the room changed by these bytes; null: take the whole room. */
  updated(replica: Replica, update: Uint8Array | null): void;
  /** In another tab: what is held belongs to another history than the leading tab's. */
  ask(replica: Replica): void;
  /** Restores how far its room was read; part of reading the device. */
  recall(replica: Replica): Promise<void>;
  /** Rows that the relay lacks, to offer to it. */
  offer(rows: readonly AsideRow[]): void;
}

export class Replica {
  readonly room: RoomName;
  readonly state = createWritable<RoomState>({
    status: 'loading',
    rows: [],
    overlay: [],
    typing: [],
    read: { asker: -1, desk: -1 },
    asker: null,
  });
  /** Resolves once what this device holds has been read. */
  readonly loaded: Promise<void>;
  readonly #options: ReplicaOptions;
  readonly #runner: ReplicaRunner;
  readonly #presence: RoomPresence;
  #transport: Transport | undefined;
  #own: Extract<ChannelMessage, { type: 'read' }> | undefined;
  #publishing = false;
  #disposed = false;

  /** @param transport given if this tab leads: then no other tab has stored anything since the read. */
  constructor(options: ReplicaOptions, transport?: Transport) {
    this.#options = options;
    this.room = options.room;
    this.#transport = transport;
    this.#presence = new RoomPresence(options.timers, () => this.#publish());
    this.#runner = new ReplicaRunner(options.room, options, {
      transport: () => this.#transport,
      hear: (message) => this.#presence.hear(message),
      lost: () => this.#presence.lost(),
      agreed: () => {
        if (this.#own) this.tell(this.#own);
      },
      show: () => this.#publish(),
      pass: (update) => options.updated(this, update),
      ask: () => options.ask(this),
      offer: (rows) => options.offer(rows),
    });
    this.loaded = this.#load(transport);
  }

  async #load(transport: Transport | undefined): Promise<void> {
    const [kept] = await Promise.all([this.#runner.readKept(), this.#options.recall(this)]);
    const nothing = { record: undefined, updates: [], aside: [] };
    this.#runner.run({ type: 'loaded', ...(kept ?? nothing) });
    if (transport && this.#transport === transport) this.#runner.run({ type: 'lead', kept: null });
    this.#tell();
  }

  get generation(): number {
    return this.#runner.machine.generation;
  }

  /** Whether what it holds is known to be the relay's history, and kept on the device. */
  get sure(): boolean {
    return this.#runner.machine.sure;
  }

  /** Ids of the entries that the room numbers. */
  get numbered(): ReadonlySet<EntryId> {
    return this.#runner.machine.numbered;
  }

  /** Whether it holds any entry, be it aside. */
  get holdsEntries(): boolean {
    return this.#runner.machine.holdsEntries;
  }

  get vector(): Uint8Array {
    return this.#runner.document.vector;
  }

  /** What a tab that holds `vector` lacks; without a vector, everything. */
  updateSince(vector?: Uint8Array): Uint8Array {
    return this.#runner.document.updateSince(vector);
  }

  /** What the other tabs are told besides the rows. */
  get shared(): SharedState {
    const { status, epoch, asideBytes } = this.#runner.machine;
    return { ...this.#presence.state, status, epoch, aside: asideBytes };
  }

  /** From now on this tab leads: it follows the relay and stores what comes. */
  async lead(transport: Transport): Promise<void> {
    this.#transport = transport;
    await this.loaded;
    const kept = await this.#runner.readKept();
    if (this.#transport === transport) this.#runner.run({ type: 'lead', kept: kept ?? null });
  }

  /** Follows the leading tab: no channel, no writes. */
  follow(): void {
    this.#transport = undefined;
    this.#runner.run({ type: 'follow' });
  }

  /** Takes bytes and state from the leading tab. */
  async receive(generation: number, update: Uint8Array | null, shared: SharedState): Promise<void> {
    await this.loaded;
    if (this.#transport || this.#disposed) return;
    const { status, epoch, aside, ...presence } = shared;
    this.#presence.set(presence);
    this.#runner.run({ type: 'leaderUpdate', generation, update, status, epoch, aside });
  }

  /** Tries again after the relay had closed the channel for good. */
  reconnect(): void {
    this.#runner.reconnect();
  }

  /** Tells on the channel. In a tab that does not lead it does nothing. */
  tell(message: ChannelMessage): void {
    this.#runner.tell(message);
  }

  /** These were withdrawn or erased, forever. */
  erased(ids: readonly EntryId[]): void {
    this.#runner.run({ type: 'erased', ids });
  }

  /** The relay does not take these back. */
  refused(ids: readonly EntryId[]): void {
    this.#runner.run({ type: 'refused', ids });
  }

  /** Offers once more what the relay put off. */
  offerAgain(): void {
    this.#runner.run({ type: 'offerAgain' });
  }

  /** This member has read this far: it shows at once, and is told now and again on each contact. */
  read(side: Side, seq: number): void {
    if (seq <= (this.#own?.seq ?? -1)) return;
    this.#own = { type: 'read', side, seq };
    this.#presence.markRead(side, seq);
    this.tell(this.#own);
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#runner.dispose();
    this.#presence.dispose();
  }

  /** Tells what is held, once for everything that changed in this turn. */
  #publish(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      this.#tell();
    });
  }

  #tell(): void {
    if (this.#disposed) return;
    const { status, rows, overlay } = this.#runner.machine;
    this.state.set({ ...this.#presence.state, status, rows, overlay });
    this.#options.changed(this);
  }
}
