/** One browser of the memory relay: outbox, replicas, drafts and settings in maps, a link to cut. */
import { bytesToText, concatBytes } from '../../shared/bytes.ts';
import type { Row } from '../../shared/conversation/row.ts';
import { domainPrefix } from '../../shared/domain.ts';
import type { Content } from '../../shared/entry/content.ts';
import { conversationIdOf } from '../../shared/entry/conversation-id.ts';
import { type Entry, contentOf, entryIdOf } from '../../shared/entry/entry.ts';
import { signEntry } from '../../shared/entry/sign-entry.ts';
import { type SignedGrant, decodeGrant, verifyGrant } from '../../shared/grant/grant.ts';
import { ownMemberOf, textBytes } from '../../shared/hash.ts';
import type {
  ConversationId,
  DeviceKey,
  EntryId,
  Fingerprint,
  MemberId,
} from '../../shared/ids.ts';
import type { LinkOutcome } from '../../shared/protocol/control.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
import { type RoomName, conversationRoom } from '../../shared/protocol/rooms.ts';
import { afterAnswer, byTime, isOpen } from '../sync/outbox/outbox-item.ts';
import { type Writable, createWritable } from '../signals/readable.ts';
import type {
  LinkCode,
  MemberDevice,
  AskedConversation,
  LinkState,
  Me,
  OutboxItem,
  Question,
  RoomHandle,
  RoomState,
  StorageState,
  DeskSync,
} from '../store/sync-port.ts';
import { StorageError } from '../sync/storage-error.ts';
import type { MemoryListener, MemoryRelay } from './memory-relay.ts';
import { type MemoryKey, makeKey, verifySignature } from './memory-key.ts';

interface Watched {
  readonly state: Writable<RoomState>;
  watchers: number;
}

const EMPTY: RoomState = {
  status: 'loading',
  rows: [],
  overlay: [],
  typing: [],
  read: { asker: -1, desk: -1 },
  asker: null,
};

export class MemoryDevice implements DeskSync, MemoryListener {
  readonly community: Fingerprint;
  readonly relay: MemoryRelay;
  readonly link = createWritable<LinkState>({ status: 'connecting', since: Date.now() });
  readonly storage = createWritable<StorageState>('ok');
  readonly outbox = createWritable<readonly OutboxItem[]>([]);
  readonly asked = createWritable<readonly AskedConversation[]>([]);
  readonly grants = createWritable<ReadonlyMap<DeviceKey, SignedGrant>>(new Map());
  readonly devices = createWritable<readonly MemberDevice[]>([]);
  /** What the page told, last. */
  attributes: Readonly<Record<string, string>> = {};
  readonly privateRecords = createWritable<ReadonlyMap<string, string>>(new Map());
  /** How often a side was told to write, for tests. */
  readonly told: { room: RoomName; typing: boolean }[] = [];
  readonly drafts = new Map<string, string>();
  readonly settings = new Map<string, unknown>();
  erased = false;
  readonly #me: Writable<Me>;
  readonly #key: MemoryKey;
  readonly #rooms = new Map<RoomName, Watched>();
  /** What is kept of each room while nobody watches it. */
  readonly #kept = new Map<RoomName, { rows: readonly Row[]; changedAt: number }>();
  readonly #read = new Map<RoomName, number>();
  #lastTime = 0;

  private constructor(relay: MemoryRelay, key: MemoryKey) {
    this.relay = relay;
    this.community = relay.community;
    this.#key = key;
    const device = bytesToText(key.raw) as DeviceKey;
    this.#me = createWritable<Me>({ device, member: ownMemberOf(device), grant: null });
  }

  static async create(relay: MemoryRelay, options: { offline?: boolean }): Promise<MemoryDevice> {
    const device = new MemoryDevice(relay, await makeKey());
    if (options.offline === true) device.cut();
    else device.restore();
    return device;
  }

  get me(): Writable<Me> & { get(): Me } {
    return this.#me;
  }

  get member(): MemberId {
    return this.#me.get().member;
  }

  get grant(): SignedGrant | null {
    return this.#me.get().grant;
  }

  get device(): DeviceKey {
    return this.#me.get().device;
  }

  // ---- Controls of tests ---------------------------------------------------------------------

  /** The link goes. */
  cut(since = Date.now()): void {
    this.relay.unlink(this);
    this.link.set({ status: 'offline', since });
    for (const { state } of this.#rooms.values()) {
      if (state.get().status === 'synced') {
        state.set({ ...state.get(), status: 'local', typing: [], asker: null });
      }
    }
  }

  /** The link is back: what waits is sent, what is open is synced. */
  restore(): void {
    this.link.set({ status: 'online' });
    this.relay.link(this);
    for (const name of this.#rooms.keys()) this.roomChanged(name);
    this.#send();
  }

  /** From now on nothing can be kept; `ok` mends it. */
  breakStorage(state: StorageState): void {
    this.storage.set(state);
  }

  /** The entries of a conversation that this device made and the relay did not settle. */
  unsettled(conversation: ConversationId): Content[] {
    return this.outbox
      .get()
      .filter(({ entry }) => entry.conversation === conversation)
      .map(({ entry }) => contentOf(entry));
  }

  // ---- What the relay tells ------------------------------------------------------------------

  roomChanged(name: RoomName): void {
    const watched = this.#rooms.get(name);
    if (!watched || this.link.get().status !== 'online') return;
    const opened = this.relay.open(name, this);
    if (opened === 'unknown' || opened === 'refused') {
      watched.state.set({ ...watched.state.get(), status: opened });
      return;
    }
    const { rows, asker } = opened;
    if (this.#kept.get(name)?.rows !== rows) {
      this.#kept.set(name, { rows, changedAt: this.now() });
    }
    const read = this.#withOwnRead(name, opened.read);
    watched.state.set({ ...watched.state.get(), status: 'synced', rows, read, asker });
    this.#learn(rows);
    this.#settle(rows);
  }

  typing(name: RoomName, member: MemberId, typing: boolean): void {
    const watched = this.#rooms.get(name);
    if (!watched) return;
    const state = watched.state.get();
    const others = state.typing.filter((other) => other !== member);
    watched.state.set({ ...state, typing: typing ? [...others, member] : others });
  }

  answer(id: EntryId, outcome: Outcome): void {
    const item = this.outbox.get().find(({ entry }) => entry.id === id);
    if (!item) return;
    const after = afterAnswer(item, outcome, Date.now());
    if (after.type === 'keep') {
      this.outbox.set(this.outbox.get().map((other) => (other === item ? after.item : other)));
      return;
    }
    const name = conversationRoom(item.entry.conversation);
    if (this.#rooms.has(name)) this.roomChanged(name); // shows the row, then forgets the item
    this.#drop([id]);
  }

  /** Nothing to forget: rows come whole, and there is no overlay. */
  forget(ids: readonly EntryId[]): void {
    this.#drop(ids);
  }

  // ---- The port ------------------------------------------------------------------------------

  now(): number {
    return this.relay.now();
  }

  openRoom(name: RoomName): RoomHandle {
    let watched = this.#rooms.get(name);
    if (!watched) {
      watched = { state: createWritable(EMPTY), watchers: 0 };
      this.#rooms.set(name, watched);
      queueMicrotask(() => this.#load(name));
    }
    watched.watchers++;
    let open = true;
    return {
      name,
      state: watched.state,
      typing: (typing) => {
        this.told.push({ room: name, typing });
        if (this.link.get().status === 'online') this.relay.typing(name, this, typing);
      },
      read: (seq) => this.#markRead(name, seq),
      close: () => {
        if (!open) return;
        open = false;
        if (--watched.watchers === 0) this.#rooms.delete(name);
      },
    };
  }

  /** Rooms that are watched now, for tests of who opens what. */
  get openRooms(): RoomName[] {
    return Array.from(this.#rooms.keys());
  }

  keptRooms(): Promise<readonly { readonly name: RoomName; readonly changedAt: number }[]> {
    return Promise.resolve(
      Array.from(this.#kept, ([name, { changedAt }]) => ({ name, changedAt })),
    );
  }

  async ask(question: Question, draftKey?: string): Promise<ConversationId> {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const id = conversationIdOf(this.device, salt, this.community);
    await this.#write(id, [{ kind: 'ask', salt, ...question }], draftKey, () => {
      const asked = { id, space: question.space, askedAt: this.now() };
      this.asked.set([...this.asked.get(), asked]);
    });
    return id;
  }

  write(
    conversation: ConversationId,
    contents: readonly Content[],
    draftKey?: string,
  ): Promise<readonly Entry[]> {
    return this.#write(conversation, contents, draftKey, () => {});
  }

  dismiss(id: EntryId): Promise<boolean> {
    const item = this.outbox.get().find(({ entry }) => entry.id === id);
    if (!item || (isOpen(item) && this.link.get().status === 'online')) {
      return Promise.resolve(false);
    }
    this.#drop([id]);
    return Promise.resolve(true);
  }

  retry(): void {
    if (this.link.get().status === 'online') this.#send();
  }

  readDraft(key: string): Promise<string> {
    return Promise.resolve(this.drafts.get(key) ?? '');
  }

  async writeDraft(key: string, text: string): Promise<void> {
    await this.#commit(() => {
      if (text === '') this.drafts.delete(key);
      else this.drafts.set(key, text);
    });
  }

  readSetting<T>(key: string): Promise<T | undefined> {
    return Promise.resolve(this.settings.get(key) as T | undefined);
  }

  async writeSetting(key: string, value: unknown): Promise<void> {
    await this.#commit(() => this.settings.set(key, structuredClone(value)));
  }

  async writePrivate(key: string, value: string): Promise<void> {
    await this.#commit(() => {
      const records = new Map(this.privateRecords.get());
      if (value === '') records.delete(key);
      else records.set(key, value);
      this.privateRecords.set(records);
    });
  }

  async setAvailable(available: boolean): Promise<void> {
    await this.writeSetting('available', available);
    this.relay.setAvailable(this.member, available);
  }

  async adoptGrant(bytes: Uint8Array, communityKey: Uint8Array): Promise<void> {
    if (!(await verifyGrant(bytes, this.community, communityKey, verifySignature))) {
      throw new RangeError('grant not signed by the community');
    }
    const grant = decodeGrant(bytes);
    const online = this.link.get().status === 'online';
    if (online) this.relay.unlink(this);
    this.#me.set({ device: this.device, member: grant.member, grant });
    this.grants.set(new Map(this.grants.get()).set(grant.device, grant));
    if (online) this.restore();
  }

  async signSession(host: string, nonce: string): Promise<string> {
    const said = concatBytes(
      domainPrefix('session', this.community),
      textBytes(`${host}\n${nonce}`),
    );
    return bytesToText(await this.#key.sign(said));
  }

  async signRedeem(code: string, name: string): Promise<string> {
    const said = concatBytes(domainPrefix('redeem', this.community), textBytes(`${code}\n${name}`));
    return bytesToText(await this.#key.sign(said));
  }

  tellAttributes(attributes: Readonly<Record<string, string>>): void {
    this.attributes = attributes;
  }

  linkCode(): Promise<LinkCode> {
    return this.#online(() => ({ code: 'ABCD2345', expires: Date.now() + 300_000 }));
  }

  joinByCode(code: string): Promise<LinkOutcome> {
    return this.#online(() => (code === 'ABCD2345' ? 'linked' : 'unknown'));
  }

  removeDevice(device: DeviceKey): Promise<void> {
    return this.#online(() =>
      this.devices.set(this.devices.get().filter((one) => one.device !== device)),
    );
  }

  #online<T>(answer: () => T): Promise<T> {
    if (this.link.get().status !== 'online') return Promise.reject(new Error('offline'));
    return Promise.resolve(answer());
  }

  identify(): Promise<void> {
    return Promise.resolve();
  }

  erase(): Promise<void> {
    this.drafts.clear();
    this.settings.clear();
    this.#kept.clear();
    this.outbox.set([]);
    this.asked.set([]);
    this.erased = true;
    this.dispose();
    return Promise.resolve();
  }

  dispose(): void {
    this.relay.unlink(this);
  }

  // ---- Inside --------------------------------------------------------------------------------

  #load(name: RoomName): void {
    const watched = this.#rooms.get(name);
    if (!watched || watched.state.get().status !== 'loading') return;
    const rows = this.#kept.get(name)?.rows ?? [];
    const read = this.#withOwnRead(name, EMPTY.read);
    watched.state.set({ ...watched.state.get(), status: 'local', rows, read });
    queueMicrotask(() => this.roomChanged(name));
  }

  #withOwnRead(name: RoomName, read: RoomState['read']): RoomState['read'] {
    const own = this.#read.get(name) ?? -1;
    return { ...read, [this.#side]: Math.max(own, read[this.#side]) };
  }

  get #side(): 'asker' | 'desk' {
    return this.grant ? 'desk' : 'asker';
  }

  #markRead(name: RoomName, seq: number): void {
    const state = this.#rooms.get(name)?.state;
    if (!state || state.get().read[this.#side] >= seq) return;
    this.#read.set(name, seq);
    state.set({ ...state.get(), read: { ...state.get().read, [this.#side]: seq } });
    if (this.link.get().status === 'online') this.relay.read(name, this.#side, seq, this.member);
  }

  async #write(
    conversation: ConversationId,
    contents: readonly Content[],
    draftKey: string | undefined,
    also: () => void,
  ): Promise<readonly Entry[]> {
    const start = Math.max(Math.round(this.now()), this.#lastTime + 1);
    this.#lastTime = start + contents.length - 1;
    const entries = await Promise.all(
      contents.map((content, index) => {
        const nonce = crypto.getRandomValues(new Uint8Array(8));
        const draft = { conversation, author: this.device, time: start + index, content, nonce };
        return signEntry(draft, this.community, this.#key.sign);
      }),
    );
    await this.#commit(() => {
      if (draftKey !== undefined) this.drafts.delete(draftKey);
      also();
      const items = entries.map((entry): OutboxItem => ({ entry, state: { type: 'waiting' } }));
      this.outbox.set([...this.outbox.get(), ...items].toSorted(byTime));
    });
    if (this.link.get().status === 'online') {
      for (const entry of entries) this.relay.submit(entry, this);
    }
    return entries;
  }

  /** As a transaction: all of it, later, or an error. */
  async #commit(work: () => void): Promise<void> {
    await Promise.resolve();
    const state = this.storage.get();
    if (state !== 'ok') throw new StorageError(state);
    work();
  }

  #send(): void {
    for (const item of this.outbox.get()) if (isOpen(item)) this.relay.submit(item.entry, this);
  }

  #drop(ids: readonly EntryId[]): void {
    const left = this.outbox.get().filter(({ entry }) => !ids.includes(entry.id));
    if (left.length < this.outbox.get().length) this.outbox.set(left);
  }

  #settle(rows: readonly Row[]): void {
    if (this.outbox.get().length === 0) return;
    const numbered = rows.flatMap((row) =>
      row.type === 'entry' ? [entryIdOf(row.entry, this.community)] : [],
    );
    this.#drop(numbered);
  }

  /** Grants come with the roster of the community here: the relay vouches for them. */
  #learn(rows: readonly Row[]): void {
    const known = this.grants.get();
    const met = rows.flatMap((row) => this.relay.grantIn(row) ?? []);
    const fresh = met.filter((grant) => (known.get(grant.device)?.expires ?? 0) < grant.expires);
    if (fresh.length === 0) return;
    this.grants.set(new Map([...known, ...fresh.map((grant) => [grant.device, grant] as const)]));
  }
}
