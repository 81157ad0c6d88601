/**
 * One room on this device: a Yjs document that follows the relay (in the leading tab) or the leading
 * tab (in the others), kept in IndexedDB, repaired when the relay's digest says that it differs.
 */
import { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import type { Row } from '../../shared/conversation/row.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { EntryId, Fingerprint, MemberId } from '../../shared/ids.ts';
import type { ChannelMessage } from '../../shared/protocol/channel.ts';
import { CloseCode, isFinal } from '../../shared/protocol/close-codes.ts';
import { type Digest, sameRows } from '../../shared/protocol/digest.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';
import { type AsideRow, asideRow, stillLacking } from '../model/repair.ts';
import { digestOfReplica, numberedIds, rowBytes, rowsOf } from '../model/replica-rows.ts';
import { createWritable } from '../store/readable.ts';
import type { RoomState } from '../store/sync-port.ts';
import type { Database } from './database.ts';
import type { Line } from './line.ts';
import { PERSISTED, type ReplicaRecord, ReplicaStore } from './replica-store.ts';
import { RoomProvider } from './room-provider.ts';

/** Somebody who writes says so every 3 s. */
const TYPING_LASTS_MS = 6_000;

export interface ReplicaOptions {
  readonly room: RoomName;
  readonly community: Fingerprint;
  readonly database: Database;
  /** Rows or state changed. */
  changed(replica: Replica): void;
  /** In the leading tab: the room changed by these bytes. */
  updated(replica: Replica, update: Uint8Array): void;
  /** Rows that the relay lacks, to offer to it. */
  offer(rows: readonly AsideRow[]): void;
  /** Something could not be kept: `storage` says so already. */
  failed(error: unknown): void;
}

/** What the leading tab tells the others of a room beside its rows. */
export interface SharedState extends Pick<RoomState, 'status' | 'typing' | 'read' | 'asker'> {
  readonly aside: readonly Uint8Array[];
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
  generation = 0;
  /** Ids of the entries that the room numbers. */
  numbered: ReadonlySet<EntryId> = new Set();
  readonly #options: ReplicaOptions;
  readonly #store: ReplicaStore;
  readonly #loaded: Promise<void>;
  readonly #typing = new Map<MemberId, ReturnType<typeof setTimeout>>();
  #doc = new Doc();
  #aside = new Map<EntryId, AsideRow>();
  #provider: RoomProvider | undefined;
  #line: Line | undefined;
  #contactAt = 0;
  #freshly = false;
  /**
   * Rows held when the channel opened, until the digest agrees. A relay restored from a backup may
   * erase other rows under the same numbers: nothing of this is kept on the device before it is known
   * to be the same history, and what it took away can still be set aside.
   */
  #unsure: readonly Uint8Array[] | null = null;
  #unkept = false;
  #disposed = false;
  #publishing = false;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.room = options.room;
    this.#store = new ReplicaStore(options.database, options.room);
    this.#watch();
    this.#loaded = this.#load();
  }

  async #load(): Promise<void> {
    try {
      const { record, aside } = await this.#store.load(this.#doc);
      this.generation = record?.generation ?? 0;
      this.#contactAt = record?.contactAt ?? 0;
      this.#keepAside(aside);
    } catch (error) {
      this.#options.failed(error);
    }
    if (this.state.get().status === 'loading') this.#set({ status: 'local' });
    this.#publish();
  }

  /** Follows the relay and keeps what comes: this tab leads. */
  async lead(line: Line): Promise<void> {
    this.#line = line;
    await this.#loaded;
    if (this.#disposed || this.#line !== line) return;
    this.#connect(line);
  }

  /** Follows the leading tab: no channel, no writes. */
  follow(): void {
    this.#line = undefined;
    this.#provider?.dispose();
    this.#provider = undefined;
    this.#set({ status: this.state.get().status === 'loading' ? 'loading' : 'local' });
  }

  /** Tries again after the relay had closed the channel for good. */
  reconnect(): void {
    this.#provider?.connect();
  }

  /** Tells on the channel; in a tab that does not lead it does nothing. */
  tell(message: ChannelMessage): void {
    this.#provider?.send(message);
  }

  /** What a tab that holds `vector` lacks. */
  updateSince(vector: Uint8Array): Uint8Array {
    return encodeStateAsUpdate(this.#doc, vector);
  }

  /** Whether what it holds is known to be the relay's history, and kept on the device. */
  get sure(): boolean {
    return this.#unsure === null;
  }

  get vector(): Uint8Array {
    return encodeStateVector(this.#doc);
  }

  get shared(): SharedState {
    const { status, typing, read, asker } = this.state.get();
    return {
      status,
      typing,
      read,
      asker,
      aside: Array.from(this.#aside.values(), (row) => row.bytes),
    };
  }

  /** Takes bytes and state from the leading tab. False: of another generation; ask for all of it. */
  async take(generation: number, update: Uint8Array | null, shared: SharedState): Promise<boolean> {
    await this.#loaded;
    if (this.#line || this.#disposed) return true;
    const other = this.generation !== 0 && this.generation !== generation;
    if (other) this.#reset();
    this.generation = generation;
    if (update && !other) applyUpdate(this.#doc, update, this);
    this.#aside.clear();
    this.#keepAside(shared.aside);
    const { status, typing, read, asker } = shared;
    this.#set({ status, typing, read, asker });
    this.#publish();
    return !other;
  }

  /** Forgets entries that were set aside. */
  async forget(ids: readonly EntryId[]): Promise<void> {
    const known = ids.filter((id) => this.#aside.delete(id));
    if (known.length === 0) return;
    this.#publish();
    await this.#store.dropAside(known);
  }

  /** This member has read so far: shown at once, told by the caller. */
  markRead(side: 'asker' | 'desk', seq: number): void {
    const { read } = this.state.get();
    if (read[side] < seq) this.#set({ read: { ...read, [side]: seq } });
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#provider?.dispose();
    for (const timer of this.#typing.values()) clearTimeout(timer);
    this.#typing.clear();
    this.#doc.destroy();
  }

  #connect(line: Line): void {
    this.#provider?.dispose();
    this.#freshly = rowBytes(this.#doc).length === 0;
    this.#provider = new RoomProvider({
      doc: this.#doc,
      line,
      room: this.room,
      generation: () => this.generation,
      accept: (generation) => this.#accept(generation),
      message: (message) => this.#hear(message),
      closed: (code) => this.#closed(code),
    });
  }

  /** A replica of another generation is dropped before it could be mixed with the new one. */
  #accept(generation: number): boolean {
    const same = this.generation === generation || this.generation === 0;
    if (!same && rowBytes(this.#doc).length > 0) {
      queueMicrotask(() => void this.#startOver(generation));
      return false;
    }
    this.generation = generation;
    if (!this.#freshly) this.#unsure ??= rowBytes(this.#doc);
    return true;
  }

  #closed(code: number): void {
    if (this.#disposed) return;
    if (code === CloseCode.unknownRoom) this.#unknown();
    else if (isFinal(code)) this.#set({ status: 'refused' });
    else if (this.state.get().status === 'synced')
      this.#set({ status: 'local', typing: [], asker: null });
  }

  /** Not asked yet, or the relay was restored from a backup older than the whole conversation. */
  #unknown(): void {
    this.#set({ status: 'unknown' });
    if (rowBytes(this.#doc).length > 0) queueMicrotask(() => void this.#startOver(0));
    else queueMicrotask(() => this.#offerLacking());
  }

  #hear(message: ChannelMessage): void {
    switch (message.type) {
      case 'digest':
        this.#compare(message.digest);
        break;
      case 'typing':
        this.#hearTyping(message.member, message.typing);
        break;
      case 'read':
        this.markRead(message.side, message.seq);
        break;
      case 'asker':
        this.#set({ asker: { here: message.here, seen: message.seen } });
        break;
    }
  }

  #hearTyping(member: MemberId, typing: boolean): void {
    clearTimeout(this.#typing.get(member));
    this.#typing.delete(member);
    if (typing) {
      const over = setTimeout(() => this.#hearTyping(member, false), TYPING_LASTS_MS);
      this.#typing.set(member, over);
    }
    const now = Array.from(this.#typing.keys());
    if (now.join() !== this.state.get().typing.join()) this.#set({ typing: now });
  }

  #compare(digest: Digest): void {
    if (sameRows(digest, digestOfReplica(this.#doc, this.#options.community))) {
      this.#freshly = false;
      this.#contactAt = Date.now();
      this.#unsure = null;
      const record = this.#record;
      this.#keep(
        this.#unkept ? this.#store.compact(this.#doc, record) : this.#store.saveRecord(record),
      );
      this.#unkept = false;
      this.#set({ status: 'synced' });
      this.#publish();
      queueMicrotask(() => this.#offerLacking());
    } else if (!this.#freshly) {
      // The relay holds other rows: it was restored from a backup, or this replica went wrong.
      queueMicrotask(() => void this.#startOver(this.generation));
    }
  }

  /** Sets the rows aside, drops the replica, and loads it again from the relay. */
  async #startOver(generation: number): Promise<void> {
    const { community } = this.#options;
    const held = new Set([...(this.#unsure ?? []), ...rowBytes(this.#doc)]);
    const rows = Array.from(held).flatMap((bytes) => asideRow(bytes, community) ?? []);
    this.#unsure = null;
    this.#unkept = false;
    this.#provider?.dispose();
    this.#provider = undefined;
    try {
      await this.#store.setAside(rows);
    } catch (error) {
      this.#options.failed(error); // what is in memory is still shown, and offered
    }
    if (this.#disposed || !this.#line) return;
    for (const row of rows) this.#aside.set(row.id, row);
    this.#reset();
    this.generation = generation;
    this.#connect(this.#line);
    this.#publish();
  }

  #offerLacking(): void {
    if (this.#aside.size === 0 || this.#disposed) return;
    const lacking = stillLacking(this.#aside.values(), this.numbered);
    const kept = new Set(lacking.map((row) => row.id));
    const back = Array.from(this.#aside.keys()).filter((id) => !kept.has(id));
    this.#keep(this.forget(back));
    if (lacking.length > 0) this.#options.offer(lacking);
  }

  #keepAside(rows: readonly Uint8Array[]): void {
    for (const bytes of rows) {
      const row = asideRow(bytes, this.#options.community);
      if (row) this.#aside.set(row.id, row);
    }
  }

  #reset(): void {
    this.#doc.destroy();
    this.#doc = new Doc();
    this.#watch();
  }

  #watch(): void {
    const doc = this.#doc;
    doc.on(
      'update',
      (
        update: Uint8Array,
        origin: unknown,
        _doc: Doc,
        transaction: { deleteSet: { clients: Map<number, unknown> } },
      ) => {
        this.#publish();
        if (origin === PERSISTED || !this.#line) return;
        const erases = transaction.deleteSet.clients.size > 0;
        this.#keep(this.#store.append(doc, update, this.#record, erases));
        this.#options.updated(this, update);
      },
    );
  }

  get #record(): ReplicaRecord {
    return { generation: this.generation, changedAt: Date.now(), contactAt: this.#contactAt };
  }

  #keep(write: Promise<void>): void {
    write.catch((error: unknown) => this.#options.failed(error));
  }

  #set(part: Partial<RoomState>): void {
    this.state.set({ ...this.state.get(), ...part });
    this.#options.changed(this);
  }

  /** Tells the rows, once for all that changed in this turn. */
  #publish(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      if (this.#disposed) return;
      const rows: readonly Row[] = rowsOf(this.#doc);
      this.numbered = numberedIds(rows, this.#options.community);
      const overlay: Entry[] = stillLacking(this.#aside.values(), this.numbered).map(
        (row) => row.entry,
      );
      this.#set({ rows, overlay });
    });
  }
}
