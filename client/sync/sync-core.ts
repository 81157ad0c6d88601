/** The implementation of the port `Sync`: storage, tabs, socket and rooms put together. */
import type { Content } from '../../shared/entry/content.ts';
import { conversationIdOf } from '../../shared/entry/conversation-id.ts';
import type { Entry } from '../../shared/entry/entry.ts';
import type { ConversationId, DeviceKey, EntryId, Fingerprint } from '../../shared/ids.ts';
import type { Row } from '../../shared/conversation/row.ts';
import type { FromDevice, FromRelay, LinkOutcome } from '../../shared/protocol/control.ts';
import { type RoomName, memberRoom, parseRoom } from '../../shared/protocol/rooms.ts';
import { createWritable } from '../signals/readable.ts';
import type {
  AskedConversation,
  DeviceEnd,
  LinkCode,
  LinkState,
  Question,
  RoomHandle,
  Sync,
} from '../store/sync-port.ts';
import type { Credentials } from './credentials.ts';
import type { Database } from './database.ts';
import type { Identity } from './identity.ts';
import { keepForLong } from './keep-for-long.ts';
import { MemberRoom } from './member-room.ts';
import type { Outbox } from './outbox/outbox.ts';
import { ReadMarkers } from './read-markers.ts';
import { RelayAnswers } from './relay-answers.ts';
import { type Dial, RelaySocket } from './relay-socket.ts';
import type { Replica } from './rooms/replica.ts';
import { RoomProvider } from './rooms/room-provider.ts';
import { Rooms } from './rooms/rooms.ts';
import { Sender } from './outbox/sender.ts';
import * as settings from './settings.ts';
import type { TabMessage } from './tab-message.ts';
import { Tabs } from './tabs.ts';
import { browserTimers } from './timers.ts';
import { Writer } from './outbox/writer.ts';

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

/** As JSON: nothing to tell. */
const NO_ATTRIBUTES = '{}';

export class SyncCore implements Sync {
  readonly community: Fingerprint;
  readonly link = createWritable<LinkState>({ status: 'connecting', since: Date.now() });
  readonly #options: SyncCoreOptions;
  readonly #rooms: Rooms;
  readonly #own: MemberRoom;
  readonly #tabs: Tabs;
  readonly #sender: Sender;
  readonly #writer: Writer;
  readonly #markers: ReadMarkers;
  readonly #answers = new RelayAnswers();
  #attributes = NO_ATTRIBUTES;
  #socket: RelaySocket | undefined;
  #offset = 0;
  #token = '';
  #disposed = false;

  constructor(options: SyncCoreOptions) {
    this.#options = options;
    this.community = options.community;
    this.#rooms = new Rooms({
      community: options.community,
      database: options.database,
      timers: browserTimers,
      follow: (room) => new RoomProvider(room),
      post: (message) => this.#tabs.post(message),
      changed: (replica) => this.#roomChanged(replica),
      recall: (replica) => this.#markers.recall(replica),
      offer: (rows) => this.#sender.offer(rows),
    });
    this.#own = new MemberRoom(options.database, this.#rooms);
    this.#sender = new Sender({
      outbox: options.outbox,
      rooms: this.#rooms,
      timers: browserTimers,
      linked: () => this.#socket?.link.get().status === 'online',
      say: (message) => this.#socket?.control(message) ?? false,
      tell: (put, drop) => this.#tabs.post({ type: 'outbox', put, drop }),
    });
    this.#writer = new Writer({
      ...options,
      now: () => this.now(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      linked: () => this.link.get().status === 'online',
      kept: (put) => {
        this.#tabs.post({ type: 'outbox', put, drop: [] });
        this.#sender.sendDue(false);
      },
    });
    this.#markers = new ReadMarkers({
      database: options.database,
      rooms: this.#rooms,
      me: () => this.me.get(),
      tell: (conversation, seq) => this.#tabs.post({ type: 'read', conversation, seq }),
    });
    this.#tabs = new Tabs({
      name: options.database.name,
      build: options.build,
      lead: () => this.#lead(),
      asked: () => this.#setLink(this.link.get()),
      follow: () => this.#follow(),
      message: (message, from) => void this.fromTab(message, from),
      gone: (tab) => this.#rooms.gone(tab),
    });
  }

  /** Reads what is left of the earlier visits. */
  async load(): Promise<void> {
    const { database } = this.#options;
    const [clock] = await Promise.all([database.get(['clock']), this.#own.load()]);
    this.#offset = (clock as number | undefined) ?? 0;
  }

  start(): void {
    this.#tabs.start();
    this.watchMember();
  }

  get database(): Database {
    return this.#options.database;
  }

  get me(): Sync['me'] {
    return this.#options.credentials.me;
  }

  get storage(): Sync['storage'] {
    return this.#options.database.state;
  }

  get asked(): Sync['asked'] {
    return this.#own.asked;
  }

  get devices(): Sync['devices'] {
    return this.#own.devices;
  }

  get outbox(): Sync['outbox'] {
    return this.#options.outbox.items;
  }

  get grants(): Sync['grants'] {
    return this.#options.credentials.grants;
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  openRoom(name: RoomName): RoomHandle {
    const [replica, close] = this.#rooms.watch(name);
    const room = parseRoom(name);
    return {
      name,
      state: replica.state,
      typing: (typing) => this.#typing(name, typing),
      read: (seq) => {
        if (room.kind === 'conversation') void this.#markers.read(room.id, seq);
      },
      close,
    };
  }

  async ask(question: Question, draftKey?: string): Promise<ConversationId> {
    const { device } = this.me.get();
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const id = conversationIdOf(device, salt, this.community);
    const asked: AskedConversation = { id, space: question.space, askedAt: this.now() };
    const content: Content = { kind: 'ask', salt, ...question };
    await this.#writer.write(id, [content], draftKey, (transaction) =>
      transaction.put(['asked', id], asked),
    );
    this.#own.add(asked);
    this.#tabs.post({ type: 'asked', asked });
    keepForLong();
    return id;
  }

  write(
    conversation: ConversationId,
    contents: readonly Content[],
    draftKey?: string,
  ): Promise<readonly Entry[]> {
    return this.#writer.write(conversation, contents, draftKey);
  }

  async dismiss(id: EntryId): Promise<boolean> {
    const gone = await this.#options.outbox.dismiss(id);
    if (gone) this.#tabs.post({ type: 'outbox', put: [], drop: [id] });
    return gone;
  }

  retry(): void {
    if (!this.#socket) return this.#tabs.post({ type: 'retry' });
    this.#socket.retry();
    this.#sender.sendDue(true);
  }

  readDraft(key: string): Promise<string> {
    return settings.readDraft(this.#options.database, key);
  }

  writeDraft(key: string, text: string): Promise<void> {
    return settings.writeDraft(this.#options.database, key, text);
  }

  readSetting<T>(key: string): Promise<T | undefined> {
    return settings.readSetting<T>(this.#options.database, key);
  }

  writeSetting(key: string, value: unknown): Promise<void> {
    return settings.writeSetting(this.#options.database, key, value);
  }

  tellAttributes(attributes: Readonly<Record<string, string>>): void {
    const json = JSON.stringify(attributes);
    if (json === this.#attributes) return;
    this.#attributes = json;
    this.#sayAttributes();
  }

  #sayAttributes(): void {
    this.say({ type: 'attributes', json: this.#attributes });
  }

  linkCode(label: string): Promise<LinkCode> {
    return this.#exchange({ type: 'linkWanted', label }, 'linkCode');
  }

  async joinByCode(code: string, label: string): Promise<LinkOutcome> {
    return (await this.#exchange({ type: 'link', code, label }, 'linked')).outcome;
  }

  removeDevice(device: DeviceKey): Promise<void> {
    if (this.link.get().status !== 'online') return Promise.reject(new Error('offline'));
    this.say({ type: 'removeDevice', device });
    return Promise.resolve();
  }

  /** Says something to the relay, by whichever tab has the socket. */
  protected say(message: FromDevice): void {
    if (this.#socket) this.#socket.control(message);
    else this.#tabs.post({ type: 'say', message });
  }

  #exchange<T extends 'linkCode' | 'linked'>(
    message: FromDevice,
    type: T,
  ): Promise<Extract<FromRelay, { type: T }>> {
    if (this.link.get().status !== 'online') return Promise.reject(new Error('offline'));
    const answer = this.#answers.wait(type);
    this.say(message);
    return answer;
  }

  async identify(token: string | null): Promise<void> {
    const { database } = this.#options;
    if (token === null && (await database.get(['customer'])) === true) {
      await this.#end('signed-out');
    } else if ((token ?? '') !== this.#token) this.redial(token ?? '');
  }

  erase(): Promise<void> {
    return this.#forget(null);
  }

  #forget(why: DeviceEnd | null): Promise<void> {
    return this.#options.database.destroy(() => {
      this.#tabs.post({ type: 'erase', why });
      this.#stop();
    });
  }

  /** Of what this device held nothing stays; then the screen learns why. */
  async #end(why: DeviceEnd): Promise<void> {
    await this.#forget(why).catch(() => {}); // storage says so
    this.#takeLink({ status: 'refused', why });
  }

  dispose(): void {
    this.#stop();
    void this.#options.database.close();
  }

  #stop(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#answers.giveUp();
    this.#sender.stop();
    this.#socket?.dispose();
    this.#tabs.dispose();
    this.#rooms.dispose();
  }

  /** Whether this tab has the socket. */
  protected get leads(): boolean {
    return this.#socket !== undefined;
  }

  // ---- Who leads -----------------------------------------------------------------------------

  #lead(): void {
    const { community, identity } = this.#options;
    const socket = new RelaySocket({
      dial: this.#options.dial,
      url: this.#options.url,
      community,
      identity,
      token: () => this.#token,
      welcomed: (welcome, relayKey) => this.#welcomed(welcome, relayKey),
      control: (message) => void this.#control(message),
    });
    this.#socket = socket;
    socket.link.subscribe(() => this.#setLink(socket.link.get()));
    this.#setLink(socket.link.get());
    this.#rooms.lead(socket);
    // What another tab wrote while nobody led is in the store only.
    void this.#loadOutbox();
  }

  async #loadOutbox(): Promise<void> {
    await this.#options.outbox.load().catch(() => {}); // storage says so; what is in memory goes on
    this.#sender.sendDue(false);
  }

  #follow(): void {
    this.#sender.stop();
    this.#socket?.dispose();
    this.#socket = undefined;
    this.#rooms.follow();
  }

  #setLink(link: LinkState): void {
    if (link.status === 'refused' && (link.why === 'removed' || link.why === 'other-member'))
      return void this.#end(link.why);
    this.#takeLink(link);
    if (this.#socket) this.#tabs.post({ type: 'link', link, offset: this.#offset });
  }

  #takeLink(link: LinkState): void {
    this.link.set(link);
    if (link.status === 'online') return;
    this.#answers.giveUp();
  }

  /** Tells the other tabs. */
  protected post(message: TabMessage): void {
    this.#tabs.post(message);
  }

  /** What another tab tells. */
  protected async fromTab(message: TabMessage, from: string): Promise<void> {
    switch (message.type) {
      case 'watch':
        this.#rooms.watchFor(from, message.room, message.vector);
        break;
      case 'unwatch':
        this.#rooms.unwatchFor(from, message.room);
        break;
      case 'room':
        if (message.to === undefined || message.to === this.#tabs.id)
          await this.#rooms.take(message);
        break;
      case 'link':
        if (this.#socket) break;
        this.#offset = message.offset;
        this.#takeLink(message.link);
        break;
      case 'outbox':
        this.#options.outbox.take(message.put, message.drop);
        this.#sender.sendDue(false);
        break;
      case 'me':
        await this.#options.credentials.load();
        this.watchMember();
        break;
      case 'asked':
        this.#own.add(message.asked);
        break;
      case 'typing':
        if (this.#socket) this.#typing(message.room, message.typing);
        break;
      case 'read':
        this.#markers.take(message.conversation, message.seq);
        break;
      case 'retry':
        if (this.#socket) this.retry();
        break;
      case 'redial':
        if (this.#socket) this.redial(message.token);
        break;
      case 'say':
        this.#socket?.control(message.message);
        break;
      case 'heard':
        this.#answers.take(message.message);
        break;
      case 'erase':
        this.dispose();
        this.link.set({ status: 'refused', why: message.why ?? 'forbidden' });
        break;
    }
  }

  /** Says hello again, with what is known now. */
  protected redial(token = this.#token): void {
    this.#token = token;
    if (this.#socket) this.#socket.redial();
    else this.#tabs.post({ type: 'redial', token });
  }

  // ---- The relay's words ---------------------------------------------------------------------

  #welcomed(welcome: Extract<FromRelay, { type: 'welcome' }>, relayKey: Uint8Array): void {
    this.#offset = welcome.time - Date.now();
    void this.#options.database
      .write((transaction) => transaction.put(['clock'], this.#offset))
      .catch(() => {});
    if (welcome.identity === 'accepted')
      void this.#options.database
        .write((transaction) => transaction.put(['customer'], true))
        .catch(() => {}); // storage says so
    void this.#options.credentials
      .adopt(welcome.grant, relayKey, welcome.member)
      .then(() => {
        this.#tabs.post({ type: 'me' });
        this.watchMember();
      })
      .catch(() => {}); // not kept: storage says so; or not ours: this device stays what it was
    queueMicrotask(() => {
      for (const replica of this.#rooms.all()) replica.reconnect();
      this.#sender.sendDue(true);
      if (this.#attributes !== NO_ATTRIBUTES) this.#sayAttributes();
      this.contact();
    });
  }

  async #control(message: FromRelay): Promise<void> {
    switch (message.type) {
      case 'keepalive':
        this.#offset = message.time - Date.now();
        break;
      case 'answer':
        await this.#sender.answered(message.answers);
        break;
      case 'erased':
        for (const replica of this.#rooms.all()) replica.erased(message.ids);
        await this.#sender.drop(message.ids.filter((id) => this.#options.outbox.get(id)));
        break;
      case 'linkCode':
      case 'linked':
        this.#answers.take(message);
        this.#tabs.post({ type: 'heard', message });
        break;
      default: // the socket's own: challenge, welcome; nothing here waits for a token
    }
  }

  #roomChanged(replica: Replica): void {
    const { rows, overlay } = replica.state.get();
    if (replica.room.startsWith('conversation/')) {
      const numbered = rows.flatMap((row) => (row.type === 'entry' ? [row.entry] : []));
      void this.#options.credentials.learn([...numbered, ...overlay.map(({ bytes }) => bytes)]);
      if (this.#socket) this.#sender.settle(replica);
    } else if (replica.room === memberRoom(this.me.get().member)) {
      this.takeMemberRoom(rows);
    }
  }

  /** What a desk has to say after each hello. */
  protected contact(): void {}

  /** The member's room changed. */
  protected takeMemberRoom(rows: readonly Row[]): void {
    this.#own.take(rows);
  }

  #typing(room: RoomName, typing: boolean): void {
    if (!this.#socket) return this.#tabs.post({ type: 'typing', room, typing });
    this.#rooms.get(room)?.tell({ type: 'typing', member: this.me.get().member, typing });
  }

  /** The member that this device is may have changed. */
  protected watchMember(): void {
    const rows = this.#disposed ? null : this.#own.open(this.me.get().member);
    if (rows) this.takeMemberRoom(rows);
  }
}
