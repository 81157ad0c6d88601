/** Storage, the way to the relay, rooms and outbox put together: what one tells the other. */
import type { Row } from '../../shared/conversation/row.ts';
import type { Fingerprint } from '../../shared/ids.ts';
import type { FromRelay } from '../../shared/protocol/control.ts';
import { type RoomName, memberRoom } from '../../shared/protocol/rooms.ts';
import type { DeviceEnd } from '../store/sync-port.ts';
import { fetchOnce } from '../signals/fetch-once.ts';
import { Contact } from './contact/contact.ts';
import type { Dial } from './contact/connection.ts';
import type { Credentials } from './credentials.ts';
import type { Identity } from './identity.ts';
import type { Heard } from './contact/said.ts';
import type { LateParts } from './member/late-parts.ts';
import { MemberRoom } from './member/member-room.ts';
import { PageAttributes } from './member/page-attributes.ts';
import { ReadMarkers } from './member/read-markers.ts';
import type { Outbox } from './outbox/outbox.ts';
import { Sender } from './outbox/sender.ts';
import { Writer } from './outbox/writer.ts';
import type { Replica } from './rooms/replica.ts';
import { RoomProvider } from './rooms/room-provider.ts';
import { Rooms } from './rooms/rooms.ts';
import type { Database } from './storage/database.ts';
import type { SyncPart } from './sync-part.ts';
import { type TabTargets, receiveFromTab } from './from-tab.ts';
import { browserTimers } from './timers.ts';

const fetchLateParts = fetchOnce(() => import('./member/late-parts.ts'));

export interface SyncCoreOptions {
  readonly url: string;
  readonly dial: Dial;
  readonly community: Fingerprint;
  readonly build: number;
  readonly database: Database;
  readonly identity: Identity;
  readonly credentials: Credentials;
  readonly outbox: Outbox;
}

export class SyncCore implements TabTargets {
  readonly community: Fingerprint;
  readonly database: Database;
  readonly identity: Identity;
  readonly credentials: Credentials;
  readonly contact: Contact;
  readonly outbox: Outbox;
  readonly rooms: Rooms;
  readonly member: MemberRoom;
  readonly attributes: PageAttributes;
  readonly sender: Sender;
  readonly writer: Writer;
  readonly markers: ReadMarkers;
  #part: SyncPart | undefined;
  #late: Promise<LateParts> | undefined;
  #disposed = false;

  constructor(options: SyncCoreOptions) {
    const { community, database, outbox } = options;
    this.community = community;
    this.database = database;
    this.identity = options.identity;
    this.credentials = options.credentials;
    this.outbox = outbox;
    const contact = new Contact({
      ...options,
      lead: (socket) => {
        this.rooms.lead(socket);
        // What another tab wrote while nobody led is only in the store.
        void this.#loadOutbox();
      },
      follow: () => {
        this.sender.stop();
        this.rooms.follow();
      },
      welcomed: (welcome, relayKey) => this.#welcomed(welcome, relayKey),
      heard: (message) => void this.#heard(message),
      fromTab: (message, from) => {
        if (!receiveFromTab(this, message, from)) this.#part?.fromTab(message);
      },
      gone: (tab) => this.rooms.gone(tab),
      linkChanged: ({ status }) => {
        if (status !== 'online') return this.#lately(({ devices }) => devices.giveUp());
        // A relay that was silent is back on the same connection: what was written meanwhile leaves.
        queueMicrotask(() => this.sender.sendDue(false));
        if (!contact.leads) this.attributes.remind();
      },
      ended: (why) => void this.end(why),
    });
    this.contact = contact;
    this.attributes = new PageAttributes(contact);
    this.rooms = new Rooms({
      community,
      database,
      timers: browserTimers,
      follow: (room) => new RoomProvider(room),
      post: (message) => contact.post(message),
      changed: (replica) => this.#roomChanged(replica),
      recall: (replica) => this.markers.recall(replica),
      offer: (rows) => this.sender.offer(rows),
    });
    this.member = new MemberRoom(database, this.rooms);
    this.sender = new Sender({
      outbox,
      rooms: this.rooms,
      timers: browserTimers,
      linked: () => contact.isOpen,
      say: (message) => contact.send(message),
      tell: (put, drop) => contact.post({ type: 'outbox', put, drop }),
    });
    this.writer = new Writer({
      ...options,
      now: () => contact.now(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      linked: () => this.contact.link.get().status === 'online',
      kept: (put) => {
        contact.post({ type: 'outbox', put, drop: [] });
        contact.wanted();
        this.sender.sendDue(false);
      },
    });
    this.markers = new ReadMarkers({
      database,
      rooms: this.rooms,
      me: () => this.credentials.me.get(),
      tell: (conversation, seq) => contact.post({ type: 'read', conversation, seq }),
    });
  }

  /** Takes what only some surface brings along, before it is loaded. */
  add(part: SyncPart): void {
    this.#part = part;
  }

  /** Reads what earlier visits left. */
  async load(): Promise<void> {
    await Promise.all([this.contact.load(), this.member.load(), this.#part?.load()]);
  }

  start(): void {
    this.contact.start();
    this.watchMember();
  }

  /** What no first screen needs, once its code is here. */
  late(): Promise<LateParts> {
    return (this.#late ??= fetchLateParts()
      .then(({ LateParts }) => LateParts.open(this))
      .catch((error: unknown) => {
        this.#late = undefined;
        throw error;
      }));
  }

  /** The relay said something of theirs, to this tab or another; null: another tab stored something. */
  lateHeard(message: Heard | null): void {
    void this.late().then(
      (parts) => parts.heard(message),
      () => {}, // whoever waits asks again, and the relay tells again
    );
  }

  /** If they are here, or on their way. */
  #lately(act: (parts: LateParts) => void): void {
    void this.#late?.then(act, () => {});
  }

  /** The member that this device is may have changed. */
  watchMember(): void {
    const rows = this.#disposed ? null : this.member.open(this.credentials.me.get().member);
    if (rows) this.#memberRows(rows);
  }

  /** Dials now if there is no link, and sends at once what waits. */
  retry(): void {
    if (this.contact.retry()) this.sender.sendDue(true);
  }

  /** Deletes everything, in every tab; `why`: to begin anew. */
  forget(why: DeviceEnd | null): Promise<void> {
    return this.database.destroy(() => {
      this.contact.post({ type: 'erase', why });
      this.#stop();
    });
  }

  /** Deletes everything that this device held, then tells the screen why. */
  async end(why: DeviceEnd): Promise<void> {
    await this.forget(why).catch(() => {}); // storage says so
    this.contact.end(why);
  }

  /** Idempotent. */
  dispose(): void {
    this.#stop();
    void this.database.close();
  }

  #stop(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#lately(({ devices }) => devices.giveUp());
    this.sender.stop();
    this.contact.dispose();
    this.rooms.dispose();
  }

  async #loadOutbox(): Promise<void> {
    await this.outbox.load().catch(() => {}); // storage says so; what is in memory goes on
    this.sender.sendDue(false);
  }

  #welcomed(welcome: Extract<FromRelay, { type: 'welcome' }>, relayKey: Uint8Array): void {
    const { contact } = this;
    if (welcome.identity === 'accepted')
      void this.database
        .write((transaction) => transaction.put(['customer'], true))
        .catch(() => {}); // storage says so
    void this.credentials
      .adopt(welcome.grant, relayKey, welcome.member)
      .then(() => {
        contact.post({ type: 'me' });
        this.watchMember();
      })
      .catch(() => {}); // not kept: storage says so; or not ours: this device stays what it was
    queueMicrotask(() => {
      for (const replica of this.rooms.all()) replica.reconnect();
      this.sender.sendDue(true);
      this.attributes.again();
      this.#part?.welcomed();
      this.#lately(({ decisions }) => decisions.welcomed());
    });
  }

  async #heard(message: Heard): Promise<void> {
    switch (message.type) {
      case 'answer':
        await this.sender.answered(message.answers);
        break;
      case 'erased':
        for (const replica of this.rooms.all()) replica.erased(message.ids);
        await this.sender.drop(message.ids.filter((id) => this.outbox.get(id)));
        break;
      case 'linkCode':
      case 'linked':
      case 'unread':
        this.contact.post({ type: 'heard', message });
        this.lateHeard(message);
        break;
      default: // the socket's own: challenge, welcome; nothing here waits for a token
    }
  }

  #roomChanged(replica: Replica): void {
    const { rows, overlay } = replica.state.get();
    if (replica.room.startsWith('conversation/')) {
      const numbered = rows.flatMap((row) => (row.type === 'entry' ? [row.entry] : []));
      void this.credentials.learn([...numbered, ...overlay.map(({ bytes }) => bytes)]);
      if (this.contact.leads) this.sender.roomChanged(replica);
    } else if (replica.room === memberRoom(this.credentials.me.get().member)) {
      this.#memberRows(rows);
    }
  }

  #memberRows(rows: readonly Row[]): void {
    this.member.rowsChanged(rows);
    this.#part?.memberRows(rows);
  }

  /** Tells those who follow a room whether this member writes. */
  typing(room: RoomName, typing: boolean): void {
    if (!this.contact.leads) return this.contact.post({ type: 'typing', room, typing });
    this.rooms
      .get(room)
      ?.tell({ type: 'typing', member: this.credentials.me.get().member, typing });
  }
}
