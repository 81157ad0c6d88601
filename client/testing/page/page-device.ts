/** One browser of a test: the shipped sync over real IndexedDB, with a network and a disk that can fail. */
import type {
  ConversationId,
  DeviceKey,
  Fingerprint,
  MemberId,
  SpaceId,
} from '../../../shared/ids.ts';
import type { Content } from '../../../shared/entry/content.ts';
import { contentOf } from '../../../shared/entry/entry.ts';
import type { SignedGrant } from '../../../shared/grant/grant.ts';
import type { RosterRecord } from '../../../shared/protocol/records.ts';
import { type RoomName, spaceRoom } from '../../../shared/protocol/rooms.ts';
import { createWritable, until } from '../../signals/readable.ts';
import type { DeskSync } from '../../store/sync-port.ts';
import { createDeskSync } from '../../sync/create-desk-sync.ts';
import type { PageSocket } from './page-socket.ts';

/** The relay as its devices know it. */
export interface Reachable {
  readonly url: string;
  readonly community: Fingerprint;
  dial(onClose: () => void): PageSocket;
  /** A device that has been here before. */
  again(isOnline: boolean, profile: string): Promise<PageDevice>;
}

let profiles = 0;

export class PageDevice {
  readonly sync: DeskSync;
  /** Rooms that are watched, as often as they are. */
  readonly rooms = createWritable<readonly RoomName[]>([]);
  /** How often a room was opened. */
  opened = 0;
  /** The most that were open at once. */
  mostOpen = 0;
  /** Whether this device wrote or stopped, each time it told others. */
  readonly typingSent: boolean[] = [];
  /** What the page told of the visitor, last. */
  attributes: Readonly<Record<string, string>> = {};
  readonly #network: TestNetwork;
  readonly #profile: string;
  readonly #database: string;
  readonly #openRoom: DeskSync['openRoom'];
  #mend: () => void = () => {};

  private constructor(sync: DeskSync, network: TestNetwork, profile: string) {
    this.sync = sync;
    this.#network = network;
    this.#profile = profile;
    this.#database = `comptoir-${sync.community}${profile}`;
    const open = sync.openRoom.bind(sync);
    this.#openRoom = open;
    sync.openRoom = (name) => {
      const handle = open(name);
      let isOpen = true;
      this.rooms.set([...this.openRooms, name]);
      this.opened++;
      this.mostOpen = Math.max(this.mostOpen, this.openRooms.length);
      const typing = (is: boolean): void => {
        this.typingSent.push(is);
        handle.typing(is);
      };
      const close = (): void => {
        const at = isOpen ? this.openRooms.indexOf(name) : -1;
        isOpen = false;
        if (at >= 0) this.rooms.set(this.openRooms.toSpliced(at, 1));
        handle.close();
      };
      return { name, state: handle.state, typing, read: (seq) => handle.read(seq), close };
    };
    const tell = sync.tellAttributes.bind(sync);
    sync.tellAttributes = (attributes) => {
      this.attributes = attributes;
      tell(attributes);
    };
  }

  static async open(
    relay: Reachable,
    isOnline: boolean,
    profile = `-page-${++profiles}`,
  ): Promise<PageDevice> {
    const network = new TestNetwork(relay, isOnline);
    const { community, url } = relay;
    const dial = (): WebSocket => network.dial();
    const sync = await createDeskSync({ relay: url, community, profile, dial });
    const device = new PageDevice(sync, network, profile);
    await until(sync.link, ({ status }) => status === (isOnline ? 'online' : 'offline'));
    return device;
  }

  get openRooms(): readonly RoomName[] {
    return this.rooms.get();
  }

  get device(): DeviceKey {
    return this.sync.me.get().device;
  }

  get member(): MemberId {
    return this.sync.me.get().member;
  }

  get grant(): SignedGrant | null {
    return this.sync.me.get().grant;
  }

  /** Resolves when everybody is told that this helper is here. */
  async untilHere(space: SpaceId): Promise<void> {
    const room = this.#openRoom(spaceRoom(space));
    await until(room.state, ({ rows }) => {
      const roster = rows.find((row) => row.type === 'record' && row.key === 'roster');
      if (roster?.type !== 'record') return false;
      return (JSON.parse(roster.value) as RosterRecord).here.includes(this.member);
    });
    room.close();
  }

  /** The network goes; resolves once the device says so. */
  async cut(): Promise<void> {
    this.#network.isUp = false;
    this.#network.socket?.cut();
    await until(this.sync.link, ({ status }) => status === 'offline');
  }

  /** The network is back. */
  async restore(): Promise<void> {
    this.#network.isUp = true;
    this.sync.retry();
    await until(this.sync.link, ({ status }) => status === 'online');
  }

  /** From now on the browser keeps nothing more for this device, until it is mended. */
  breakStorage(): void {
    const { put } = IDBObjectStore.prototype;
    const database = this.#database;
    IDBObjectStore.prototype.put = function full(this: IDBObjectStore, value, key) {
      const { transaction } = this;
      if (transaction.db.name === database) {
        // As a browser does: the transaction ends by itself, later, and says why.
        const value = new DOMException('full', 'QuotaExceededError');
        Object.defineProperty(transaction, 'error', { value, configurable: true });
        queueMicrotask(() => transaction.abort());
      }
      return put.call(this, value, key);
    };
    this.#mend = () => (IDBObjectStore.prototype.put = put);
  }

  mendStorage(): void {
    this.#mend();
    this.#mend = () => {};
  }

  /** The entries of a conversation that the relay has not answered for. */
  pending(conversation: ConversationId): Content[] {
    return this.sync.outbox
      .get()
      .filter(({ entry }) => entry.conversation === conversation)
      .map(({ entry }) => contentOf(entry));
  }

  /** Resolves when the relay has answered for all that was written, if there is a network. */
  async idle(): Promise<void> {
    if (!this.#network.isUp) return;
    await until(this.sync.outbox, (items) => items.every(({ state }) => state.type !== 'waiting'));
  }

  /** Becomes a device of the other's member, by a linking code. */
  async join(other: PageDevice): Promise<void> {
    const { code } = await other.sync.linkCode('first');
    await this.sync.joinByCode(code, 'second');
    await until(this.sync.me, ({ member }) => member === other.member);
    await until(this.sync.link, ({ status }) => status === 'online');
  }

  /** Whether this browser keeps nothing any more. */
  async isErased(): Promise<boolean> {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    return !names.includes(this.#database);
  }

  /** The same device in a page opened later. */
  reopened(): Promise<PageDevice> {
    this.sync.dispose();
    return this.#network.relay.again(this.#network.isUp, this.#profile);
  }

  /** Another tab of the same browser. */
  tab(): Promise<PageDevice> {
    return this.#network.relay.again(this.#network.isUp, this.#profile);
  }

  /** Lets go of everything and deletes it. */
  async close(): Promise<void> {
    this.mendStorage();
    this.sync.dispose();
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(this.#database);
      request.onsuccess = request.onerror = request.onblocked = resolve;
    });
  }
}

/** What lies between a device and the relay. */
class TestNetwork {
  isUp: boolean;
  socket: PageSocket | null = null;
  readonly relay: Reachable;

  constructor(relay: Reachable, isUp: boolean) {
    this.relay = relay;
    this.isUp = isUp;
  }

  dial(): WebSocket {
    if (!this.isUp) throw new DOMException('no network', 'NetworkError');
    this.socket = this.relay.dial(() => (this.socket = null));
    return this.socket as unknown as WebSocket;
  }
}
