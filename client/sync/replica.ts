/**
 * One room on this device: a Yjs document that follows the relay (in the leading tab) or the leading
 * tab (in the others), kept in IndexedDB, repaired when the relay's digest says that it differs.
 */
import { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import type { EntryId, Fingerprint, MemberId } from '../../shared/ids.ts';
import type { ChannelMessage } from '../../shared/protocol/channel.ts';
import { CloseCode, isFinal } from '../../shared/protocol/close-codes.ts';
import { type Digest, sameRows } from '../../shared/protocol/digest.ts';
import type { RoomName } from '../../shared/protocol/rooms.ts';
import { type AsideRow, asideRow, stillLacking } from '../../shared/replica/aside.ts';
import { digestOfReplica, numberedIds, rowBytes, rowsOf } from './replica-rows.ts';
import { createWritable } from '../signals/readable.ts';
import type { RoomState } from '../store/sync-port.ts';
import type { Database } from './database.ts';
import type { Line } from './line.ts';
import { PERSISTED, type ReplicaRecord, ReplicaStore } from './replica-store.ts';
import { RoomProvider } from './room-provider.ts';

/** Somebody who writes says so every 3 s. */
const TYPING_LASTS_MS = 6_000;
/** Waits between repairs when the relay's digest differs again and again. */
const REPAIR_MS = { first: 2_500, most: 300_000 };

export interface ReplicaOptions {
  readonly room: RoomName;
  readonly community: Fingerprint;
  readonly database: Database;
  /** Rows or state changed. */
  changed(replica: Replica): void;
  /** In the leading tab: the room changed by these bytes. */
  updated(replica: Replica, update: Uint8Array): void;
  /** Gives it back how far its room was read; part of what is read from the device. */
  recall(replica: Replica): Promise<void>;
  /** Rows that the relay lacks, to offer to it. */
  offer(rows: readonly AsideRow[]): void;
  /** Something could not be kept: `storage` says so already. */
  failed(error: unknown): void;
}

/** What the leading tab tells the others of a room beside its rows. */
export interface SharedState extends Pick<
  RoomState,
  'status' | 'typing' | 'read' | 'asker' | 'attributes'
> {
  readonly aside: readonly Uint8Array[];
  readonly epoch: number;
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
  /** Resolves once what this device holds was read. */
  readonly loaded: Promise<void>;
  readonly #typing = new Map<MemberId, ReturnType<typeof setTimeout>>();
  #doc = new Doc();
  #aside = new Map<EntryId, AsideRow>();
  /** Of what is set aside, what the relay's history erased: most likely withdrawn, so not shown. */
  readonly #gone = new Set<EntryId>();
  #provider: RoomProvider | undefined;
  #line: Line | undefined;
  #epoch = 0;
  #contactAt = 0;
  #changedAt = 0;
  /** Told things by another tab that may not be in the store. */
  #taken = false;
  #own: Extract<ChannelMessage, { type: 'read' }> | undefined;
  #freshly = false;
  #differed = 0;
  #repairTimer: ReturnType<typeof setTimeout> | undefined;
  /**
   * Rows held when the channel opened, until the digest agrees. A relay restored from a backup may
   * erase other rows under the same numbers: nothing of this is kept on the device before it is known
   * to be the same history, and what it took away can still be set aside.
   */
  #unsure: readonly Uint8Array[] | null = null;
  #unkept = false;
  #disposed = false;
  #publishing = false;

  /** @param line when this tab leads: then nothing was stored by another since it is read. */
  constructor(options: ReplicaOptions, line?: Line) {
    this.#options = options;
    this.room = options.room;
    this.#line = line;
    this.#store = new ReplicaStore(options.database, options.room);
    this.loaded = this.#load();
    if (line) void this.loaded.then(() => this.#begin(line));
  }

  async #load(): Promise<void> {
    try {
      const [{ record, aside }] = await Promise.all([
        this.#store.load(this.#doc),
        this.#options.recall(this),
      ]);
      this.#takeRecord(record);
      this.#keepAside(aside);
    } catch (error) {
      this.#options.failed(error);
    }
    this.#watch(); // only now: for listeners Yjs would encode all that was read once more
    if (this.#disposed) return;
    const { status } = this.state.get();
    this.#set({ ...this.#held(), status: status === 'loading' ? 'local' : status });
  }

  /** From now on this tab leads: follows the relay and keeps what comes. */
  async lead(line: Line): Promise<void> {
    this.#line = line;
    await this.loaded;
    try {
      await this.#takeOver();
    } catch (error) {
      this.#options.failed(error);
    }
    this.#begin(line);
  }

  /**
   * The tab that led before has written since this one read: what it stored and what it told are put
   * together, or the next update would be written over one of its.
   */
  async #takeOver(): Promise<void> {
    const stored = new Doc();
    const { record, aside } = await this.#store.load(stored);
    if (this.#disposed) return;
    if (record && record.epoch >= this.#epoch) {
      if (record.epoch > this.#epoch || record.generation !== this.generation) {
        this.#reset();
        this.#taken = false;
      }
      this.#takeRecord(record);
      applyUpdate(this.#doc, encodeStateAsUpdate(stored), PERSISTED);
    }
    stored.destroy();
    this.#keepAside(aside);
    if (this.#taken) await this.#store.compact(this.#doc, this.#record);
    this.#taken = false;
    this.#publish();
  }

  #begin(line: Line): void {
    if (!this.#disposed && this.#line === line) this.#connect(line);
  }

  #takeRecord(record: ReplicaRecord | undefined): void {
    this.generation = record?.generation ?? 0;
    this.#epoch = record?.epoch ?? 0;
    this.#contactAt = record?.contactAt ?? 0;
    this.#changedAt = record?.changedAt ?? 0;
  }

  /** Follows the leading tab: no channel, no writes. */
  follow(): void {
    this.#line = undefined;
    clearTimeout(this.#repairTimer);
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
    const { status, typing, read, asker, attributes = null } = this.state.get();
    return {
      status,
      typing,
      read,
      asker,
      attributes,
      epoch: this.#epoch,
      aside: this.#shownAside().map((row) => row.bytes),
    };
  }

  /** Takes bytes and state from the leading tab. False: of another history; ask for all of it. */
  async take(generation: number, update: Uint8Array | null, shared: SharedState): Promise<boolean> {
    await this.loaded;
    if (this.#line || this.#disposed) return true;
    const same = this.generation === generation && this.#epoch === shared.epoch;
    const other = !same && !this.#blank;
    if (other) this.#reset();
    this.generation = generation;
    this.#epoch = shared.epoch;
    this.#taken = true;
    if (update && !other) applyUpdate(this.#doc, update, this);
    this.#aside.clear();
    this.#keepAside(shared.aside);
    const { status, typing, read, asker, attributes = null } = shared;
    this.#set({ status, typing, read, asker, attributes });
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

  /** This member has read so far: shown at once, told now and again on each contact. */
  read(side: 'asker' | 'desk', seq: number): void {
    if (seq <= (this.#own?.seq ?? -1)) return;
    this.#own = { type: 'read', side, seq };
    this.markRead(side, seq);
    this.tell(this.#own);
  }

  /** A side has read so far. */
  markRead(side: 'asker' | 'desk', seq: number): void {
    const { read } = this.state.get();
    if (read[side] < seq) this.#set({ read: { ...read, [side]: seq } });
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#repairTimer);
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
      this.#set({ status: 'local', typing: [], asker: null, attributes: null });
  }

  /** Not asked yet, or the relay was restored from a backup older than the whole conversation. */
  #unknown(): void {
    this.#set({ status: 'unknown' });
    if (rowBytes(this.#doc).length > 0) queueMicrotask(() => void this.#startOver(0));
    else queueMicrotask(() => this.offerLacking());
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
      case 'attributes':
        this.#set({ attributes: message.json });
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
      this.#differed = 0;
      this.#contactAt = Date.now();
      const gone = this.#goneSinceOpen();
      this.#unsure = null;
      const record = this.#record;
      this.#keep(
        this.#unkept
          ? this.#store.compact(this.#doc, record, gone)
          : this.#store.saveRecord(record),
      );
      if (this.#unkept) this.#options.updated(this, encodeStateAsUpdate(this.#doc));
      this.#unkept = false;
      this.#set({ status: 'synced' });
      this.#publish();
      if (this.#own) this.tell(this.#own);
      queueMicrotask(() => this.offerLacking());
    } else this.#repair();
  }

  /**
   * What was here when the channel opened and the relay has erased since. It may have been another
   * row under the same number, on a relay that was restored from a backup: then only this device
   * still holds it. Offered; the relay knows what was withdrawn.
   */
  #goneSinceOpen(): AsideRow[] {
    const numbered = numberedIds(rowsOf(this.#doc), this.#options.community);
    const gone = stillLacking(this.#asideRows(this.#unsure ?? []), numbered);
    for (const row of gone) {
      this.#gone.add(row.id);
      this.#aside.set(row.id, row);
    }
    return gone;
  }

  /**
   * The relay holds other rows: it was restored from a backup, or this replica went wrong. Loaded
   * again at once; if that did not help, less and less often.
   */
  #repair(): void {
    const soon = this.#differed === 0 && !this.#freshly;
    const wait = soon ? 0 : Math.min(REPAIR_MS.most, REPAIR_MS.first * 2 ** this.#differed);
    this.#differed++;
    clearTimeout(this.#repairTimer);
    this.#repairTimer = setTimeout(() => void this.#startOver(this.generation), wait);
  }

  /** Sets the rows aside, drops the replica, and loads it again from the relay. */
  async #startOver(generation: number): Promise<void> {
    if (this.#disposed || !this.#line) return;
    const rows = this.#asideRows([...(this.#unsure ?? []), ...rowBytes(this.#doc)]);
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
    this.#epoch++;
    this.#connect(this.#line);
    this.#publish();
  }

  /** Offers what was set aside and the relay turned out to lack. */
  offerLacking(): void {
    if (this.#aside.size === 0 || this.#disposed || !this.#line) return;
    const lacking = stillLacking(this.#aside.values(), this.numbered);
    const kept = new Set(lacking.map((row) => row.id));
    const back = Array.from(this.#aside.keys()).filter((id) => !kept.has(id));
    this.#keep(this.forget(back));
    if (lacking.length > 0) this.#options.offer(lacking);
  }

  #keepAside(rows: readonly Uint8Array[]): void {
    for (const row of this.#asideRows(rows)) this.#aside.set(row.id, row);
  }

  #asideRows(rows: readonly Uint8Array[]): AsideRow[] {
    return rows.flatMap((bytes) => asideRow(bytes, this.#options.community) ?? []);
  }

  #shownAside(): AsideRow[] {
    return stillLacking(this.#aside.values(), this.numbered).filter(
      ({ id }) => !this.#gone.has(id),
    );
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
        this.#changedAt = Date.now();
        if (!this.sure) {
          this.#unkept = true;
          return;
        }
        const erases = transaction.deleteSet.clients.size > 0;
        this.#keep(this.#store.append(doc, update, this.#record, erases));
        this.#options.updated(this, update);
      },
    );
  }

  get #record(): ReplicaRecord {
    const { generation } = this;
    const epoch = this.#epoch;
    return { generation, epoch, changedAt: this.#changedAt, contactAt: this.#contactAt };
  }

  get #blank(): boolean {
    return this.#doc.store.clients.size === 0 && this.#aside.size === 0;
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
      if (!this.#disposed) this.#set(this.#held());
    });
  }

  /** What is shown of what it holds. */
  #held(): Pick<RoomState, 'rows' | 'overlay'> {
    const rows = rowsOf(this.#doc);
    this.numbered = numberedIds(rows, this.#options.community);
    return { rows, overlay: this.#shownAside().map((row) => row.entry) };
  }
}
