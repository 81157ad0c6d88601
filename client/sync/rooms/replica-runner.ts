/** Runs a room's machine: carries out its effects on a document, a store and a channel. */
import type { Fingerprint } from '../../../shared/ids.ts';
import type { ChannelMessage } from '../../../shared/protocol/channel.ts';
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import type { AsideRow } from '../../../shared/replica/aside.ts';
import type { ReplicaEffect, ReplicaEvent } from '../../../shared/replica/replica-events.ts';
import { ReplicaMachine } from '../../../shared/replica/replica-machine.ts';
import type { KeptReplica } from '../../../shared/replica/replica-record.ts';
import type { KeyValueStore } from '../storage/key-value-store.ts';
import type { Timers } from '../timers.ts';
import type { FollowRoom, FollowedRoom } from './follow-room.ts';
import type { Transport } from './transport.ts';
import { ReplicaStore } from './replica-store.ts';
import { RoomDocument } from './room-document.ts';

/** What a device gives every replica. */
export interface ReplicaParts {
  readonly community: Fingerprint;
  readonly database: KeyValueStore;
  readonly timers: Timers;
  readonly follow: FollowRoom;
}

/** What the runner leaves to its owner. */
export interface ReplicaOwner {
  /** The way to the relay, while this tab leads. */
  transport(): Transport | undefined;
  /** A channel's message other than the digest. */
  hear(message: ChannelMessage): void;
  /** The channel is gone. */
  lost(): void;
  /** An effect of the same name, and `show`, `pass`, `ask`, `offer`. */
  agreed(): void;
  show(): void;
  pass(update: Uint8Array | null): void;
  ask(): void;
  offer(rows: readonly AsideRow[]): void;
}

export class ReplicaRunner {
  readonly machine: ReplicaMachine;
  readonly #parts: ReplicaParts;
  readonly #owner: ReplicaOwner;
  readonly #room: RoomName;
  readonly #store: ReplicaStore;
  readonly #events: ReplicaEvent[] = [];
  #document = this.#newDocument();
  #followed: FollowedRoom | undefined;
  #cancelWait = (): void => {};
  #goesOn = false;
  #running = false;
  #disposed = false;

  constructor(room: RoomName, parts: ReplicaParts, owner: ReplicaOwner) {
    this.#room = room;
    this.#parts = parts;
    this.#owner = owner;
    this.machine = new ReplicaMachine(parts.community);
    this.#store = new ReplicaStore(parts.database, room);
  }

  get document(): RoomDocument {
    return this.#document;
  }

  /** Undefined if it cannot be read: the database's state says so. */
  readKept(): Promise<KeptReplica | undefined> {
    return this.#store.load().catch(() => undefined);
  }

  /** Events that effects cause at once are handled after them. */
  run(event: ReplicaEvent): void {
    if (this.#disposed) return;
    this.#events.push(event);
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) {
        for (const effect of this.machine.handle(next)) this.#carryOut(effect);
      }
    } finally {
      this.#running = false;
    }
  }

  /** Opens the channel again after the relay closed it for good. */
  reconnect(): void {
    this.#followed?.connect();
  }

  /** Tells on the channel, if there is one. */
  tell(message: ChannelMessage): void {
    this.#followed?.send(message);
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#close();
    this.#document.dispose();
  }

  #carryOut(effect: ReplicaEffect): void {
    const { timers } = this.#parts;
    switch (effect.type) {
      case 'apply':
        this.#document.apply(effect.updates);
        this.#changed(null);
        break;
      case 'drop':
        this.#document.dispose();
        this.#document = this.#newDocument();
        break;
      case 'open':
        this.#open();
        break;
      case 'close':
        this.#close();
        break;
      case 'sync':
        this.#goesOn = true;
        break;
      case 'append':
      case 'keepWhole':
      case 'keepRecord':
      case 'dropAside':
        // The database's state says what failed.
        this.#store.keep(effect, this.#document).catch(() => this.run({ type: 'notKept' }));
        break;
      case 'setAside':
        void this.#setAside(effect.rows);
        break;
      case 'wait':
        this.#cancelWait();
        this.#cancelWait = timers.after(effect.ms, () => this.run({ type: 'waited' }));
        break;
      case 'offer':
        this.#owner.offer(effect.rows);
        break;
      case 'pass':
        this.#owner.pass(effect.update);
        break;
      case 'ask':
      case 'agreed':
      case 'show':
        this.#owner[effect.type]();
        break;
    }
  }

  #newDocument(): RoomDocument {
    return new RoomDocument((bytes, erases) => this.#changed({ bytes, erases }));
  }

  #changed(update: Extract<ReplicaEvent, { type: 'changed' }>['update']): void {
    const { rows, isBlank: blank } = this.#document;
    this.run({ type: 'changed', rows, blank, update, at: this.#parts.timers.now() });
  }

  #open(): void {
    const transport = this.#owner.transport();
    if (!transport) return;
    this.#close();
    const isCurrent = (): boolean => this.#followed === followed;
    const followed = this.#parts.follow({
      doc: this.#document.doc,
      transport,
      room: this.#room,
      generation: () => this.machine.generation,
      accept: (generation) => {
        this.#goesOn = false;
        if (isCurrent()) this.run({ type: 'opened', generation });
        return this.#goesOn;
      },
      message: (message) => {
        if (!isCurrent()) return;
        if (message.type !== 'digest') this.#owner.hear(message);
        else this.run({ ...message, at: this.#parts.timers.now() });
      },
      closed: (code) => {
        if (!isCurrent()) return;
        this.#owner.lost();
        this.run({ type: 'closed', code });
      },
    });
    this.#followed = followed;
  }

  /** Later: this may be in the middle of a message of this very channel. */
  #close(): void {
    this.#cancelWait();
    const followed = this.#followed;
    this.#followed = undefined;
    if (followed) queueMicrotask(() => followed.dispose());
  }

  async #setAside(rows: readonly AsideRow[]): Promise<void> {
    let failed = false;
    try {
      await this.#store.setAside(rows);
    } catch {
      failed = true; // the database's state says it
    }
    this.run({ type: 'setAside', failed });
  }
}
