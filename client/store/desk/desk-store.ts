/** The helper's store: from sync to what the desk shows, and from what a helper does to entries. */
import type { Content } from '../../../shared/entry/content.ts';
import { Limits } from '../../../shared/limits.ts';
import type { CannedReply } from '../../../shared/protocol/records.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import { attributesIn } from './attributes.ts';
import { createInvitationApi } from './invitation-api.ts';
import { createBell } from './bell.ts';
import { cannedKey, cannedOf } from './canned.ts';
import { type Computed, createComputed } from '../../signals/computed.ts';
import { ConversationWatch } from '../conversation/conversation-watch.ts';
import { type ActContext, claimEntries, sayEntries } from './act-entries.ts';
import { DeskRooms, type SeenTimes } from './desk-rooms.ts';
import { DeskEntrance } from './entrance.ts';
import type { DeskState, DeskStore, DeskStoreOptions, DeskTab } from './desk-state.ts';
import type { DeviceActs } from '../devices.ts';
import { DeviceSettings } from '../device-settings.ts';
import { deviceActs, devicesOf } from '../devices.ts';
import { Drafts } from '../drafts.ts';
import { type InboxLists, toKeep } from './inbox.ts';
import { networkOf } from '../network.ts';
import { LiveOwnCard } from './card/own-card.ts';
import { takeBack, withdraw } from '../conversation/own-entries.ts';
import { Prefetch } from './prefetch.ts';
import type { Readable } from '../../signals/readable.ts';
import { memo, reuse } from '../../signals/reuse.ts';
import { sayable } from '../sayable.ts';
import { createSessionApi } from '../session-api.ts';
import { kept } from '../kept.ts';
import { uiLanguage } from '../space.ts';
import type { DeskSync } from '../sync-port.ts';
import { titleOf } from '../conversation/thread.ts';
import type { ThreadState } from '../conversation/thread-state.ts';
import { createTicker } from '../../signals/ticker.ts';
import { ActionQueue } from '../action-queue.ts';
import { unsentOf } from './unsent.ts';

const DEFAULT_LIMIT = 3;

/** What this device keeps; `available` is written by sync, which tells it to the relay too. */
const defaults = {
  available: true,
  sound: true,
  notify: false,
  lang: null as string | null,
  'desk-screen': { tab: 'waiting', selected: null } as Screen,
  'desk-seen': {} as SeenTimes,
};

interface Screen {
  readonly tab: DeskTab;
  readonly selected: ConversationId | null;
}

/** The store disposes of the sync it is given. */
export function createDeskStore(sync: DeskSync, options: DeskStoreOptions): DeskStore {
  return new LiveDeskStore(sync, options);
}

class LiveDeskStore implements DeskStore {
  readonly card: LiveOwnCard;
  readonly #sync: DeskSync;
  readonly #options: DeskStoreOptions;
  readonly #limit: number;
  readonly #rooms: DeskRooms;
  readonly #settings: DeviceSettings<typeof defaults>;
  readonly #entrance: DeskEntrance;
  readonly #drafts: Drafts;
  readonly #prefetch: Prefetch;
  readonly #bell = createBell();
  readonly #ticker = createTicker(() => this.#tick());
  readonly #computed: Computed<DeskState>;
  readonly #undo: (() => void)[] = [];
  readonly #queue = new ActionQueue();
  readonly devices: DeviceActs;
  #watch: ConversationWatch | null = null;
  #visible = false;
  #at: number;
  #ring: DeskState['bell'] = null;
  #ready = false;
  #disposed = false;

  constructor(sync: DeskSync, options: DeskStoreOptions) {
    this.#sync = sync;
    this.#options = options;
    this.#limit = options.limit ?? DEFAULT_LIMIT;
    this.#at = sync.now();
    const changed = (): void => this.#computed.invalidate();
    this.#rooms = new DeskRooms(sync, options.relay);
    this.#settings = new DeviceSettings(sync, defaults, changed);
    const api = options.api ?? createInvitationApi(options.relay);
    this.#entrance = new DeskEntrance(sync, api, options.space ?? null, () => {
      this.#openRooms();
      changed();
    });
    const { relay } = options;
    const device = (): string => sync.me.get().device;
    const sign = (host: string, nonce: string): Promise<string> => sync.signSession(host, nonce);
    const sessionApi = options.sessionApi ?? createSessionApi({ relay, device, sign });
    this.card = new LiveOwnCard({ sync, api: sessionApi, relay, changed });
    this.#drafts = new Drafts(sync, changed);
    this.#prefetch = new Prefetch(sync, changed);
    this.#computed = createComputed(() => this.#compute());
    this.devices = deviceActs(sync);
    const { link, storage, outbox, grants, me, privateRecords, devices } = sync;
    for (const source of [link, storage, outbox, grants, me, privateRecords, devices]) {
      this.#undo.push(source.subscribe(changed));
    }
    this.#undo.push(
      me.subscribe(() => (me.get().grant ? this.#openRooms() : this.#closeRooms())),
      privateRecords.subscribe(() => this.#openRooms()),
      link.subscribe(() => this.#bring()),
      outbox.subscribe(() => this.#now()),
      this.#computed.subscribe(() => this.#see()),
    );
    addEventListener('online', changed);
    addEventListener('offline', changed);
    this.#undo.push(() => {
      removeEventListener('online', changed);
      removeEventListener('offline', changed);
    });
    void this.#load();
  }

  get state(): Readable<DeskState> {
    return this.#computed;
  }

  async #load(): Promise<void> {
    await Promise.all([this.#settings.load(), this.#entrance.load(), this.card.load()]);
    if (this.#disposed) return;
    this.#ready = true;
    this.#openRooms();
    const { selected } = this.#settings.get('desk-screen');
    if (this.#rooms.isOpen && !this.#watch && selected !== null) this.#show(selected);
    this.#computed.invalidate();
  }

  /** Opens the space and its inbox once this device is at the desk of one. */
  #openRooms(): void {
    const { space } = this.#entrance;
    const inside = this.#sync.me.get().grant !== null && space !== null;
    if (!this.#ready || this.#disposed || this.#rooms.isOpen || !inside) return;
    this.#rooms.open(
      space,
      () => this.#computed.invalidate(),
      () => this.#inboxChanged(),
    );
    void this.#entrance.share();
    this.#inboxChanged();
  }

  /** The place at the desk has ended: sync deletes what was kept of others, so nothing stays open. */
  #closeRooms(): void {
    if (!this.#rooms.isOpen) return;
    this.select(null);
    this.#prefetch.forget();
    this.#rooms.close();
    this.#computed.invalidate();
  }

  #inboxChanged(): void {
    this.#now();
    if (this.#rooms.inboxKnown) {
      const ring = this.#bell(this.#rooms.records, {
        me: this.#sync.me.get().member,
        available: this.#settings.get('available'),
        watched: this.#visible ? (this.#watch?.id ?? null) : null,
      });
      if (ring) this.#ring = ring;
    }
    this.#bring();
    this.#computed.invalidate();
  }

  #bring(): void {
    const lists = this.#lists();
    this.#prefetch.want(toKeep(lists, this.#at), lists.mine.length + lists.waiting.length);
  }

  #now(): void {
    this.#at = this.#sync.now();
  }

  #tick(): void {
    this.#now();
    this.#computed.invalidate();
  }

  // ---- Coming in -----------------------------------------------------------------------------

  present(code: string): Promise<void> {
    return this.#entrance.present(code);
  }

  redeem(name: string): Promise<void> {
    return this.#entrance.redeem(name.slice(0, Limits.nameLength));
  }

  // ---- Looking -------------------------------------------------------------------------------

  setTab(tab: DeskTab): void {
    this.#keepScreen(tab);
  }

  select(id: ConversationId | null): void {
    if (id !== (this.#watch?.id ?? null)) this.#show(id);
    this.#keepScreen(this.#settings.get('desk-screen').tab);
  }

  #show(id: ConversationId | null): void {
    this.#watch?.dispose();
    this.#watch =
      id === null
        ? null
        : new ConversationWatch(this.#sync, id, 'desk', () => this.#computed.invalidate());
    if (id !== null) void this.#drafts.load(id);
    this.#see();
  }

  #keepScreen(tab: DeskTab): void {
    void this.#settings.set('desk-screen', { tab, selected: this.#watch?.id ?? null });
  }

  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (visible) this.#see();
    else this.#watch?.unseen();
    this.#computed.invalidate();
  }

  /** Marks what is on the screen as read, if it can be seen. */
  #see(): void {
    const watch = this.#watch;
    if (!watch || !this.#visible || this.#disposed) return;
    watch.seen(this.#rooms.around(watch.id));
    const { all } = this.#lists();
    const ask = all.find(({ id }) => id === watch.id);
    const seen = this.#settings.get('desk-seen');
    if (!ask || ask.lastAt <= (seen[watch.id] ?? 0)) return;
    const listed = new Set<string>(all.map(({ id }) => id));
    const left = Object.entries(seen).filter(([id]) => listed.has(id));
    const next = { ...Object.fromEntries(left), [watch.id]: ask.lastAt };
    void this.#settings.set('desk-seen', next);
  }

  // ---- Acting --------------------------------------------------------------------------------

  async setAvailable(available: boolean): Promise<void> {
    this.#settings.show('available', available);
    await kept(this.#sync.setAvailable(available));
  }

  async claim(id: ConversationId): Promise<void> {
    if (!this.#canTake) return;
    this.select(id);
    const watch = this.#watch;
    if (watch?.id !== id) return;
    await this.#act(`claim ${id}`, async () => {
      await watch.loaded();
      if (!this.#canTake) return; // taken up by the turn before
      for (const { entry, state } of this.#rooms.outboxOf(id)) {
        if (state.type === 'claimed') await this.#sync.dismiss(entry.id); // known by now
      }
      const contents = claimEntries(this.#context(watch));
      if (contents.length > 0) await this.#sync.write(id, contents);
    });
  }

  async release(id: ConversationId): Promise<void> {
    const ask = this.#lists().mine.find((one) => one.id === id);
    if (ask) await this.#write(id, { kind: 'release' });
  }

  async setClosed(id: ConversationId, closed: boolean): Promise<void> {
    await this.#write(id, { kind: closed ? 'close' : 'reopen' });
  }

  setDraft(text: string): void {
    if (!this.#watch) return;
    this.#drafts.set(this.#watch.id, text);
    this.#watch.typing(text.trim() !== '');
  }

  async send(text: string): Promise<void> {
    const watch = this.#watch;
    const said = sayable(text);
    if (!watch || said === null) return;
    watch.typing(false);
    await this.#queue.run(`say ${watch.id} ${said}`, async () => {
      await watch.loaded();
      const contents = sayEntries(this.#context(watch), said);
      await this.#drafts.send(watch.id, text, () => this.#sync.write(watch.id, contents, watch.id));
    });
  }

  async withdraw(messageId: string): Promise<void> {
    await kept(withdraw(this.#sync, messageId, this.#watch?.id ?? null));
  }

  async edit(messageId: string): Promise<void> {
    const edited = (async () => {
      const item = await takeBack(
        this.#sync,
        messageId,
        this.#drafts,
        ({ entry }) => entry.conversation,
      );
      if (item) this.select(item.entry.conversation);
    })();
    await kept(edited);
  }

  #write(id: ConversationId, content: Content): Promise<void> {
    return this.#act(`${content.kind} ${id}`, () => this.#sync.write(id, [content]));
  }

  #act(name: string, act: () => Promise<unknown>): Promise<void> {
    return this.#queue.run(name, () => kept(act()));
  }

  #context(watch: ConversationWatch): ActContext {
    const around = this.#rooms.around(watch.id);
    return {
      community: this.#sync.community,
      me: around.me,
      view: watch.view(around),
      rows: watch.handle.state.get().rows,
      outbox: around.outbox,
      taken: this.#lists().all.some(({ id, claim }) => id === watch.id && claim !== null),
    };
  }

  get #canTake(): boolean {
    return this.#rooms.isOpen && this.#lists().mine.length < this.#limit;
  }

  // ---- Settings ------------------------------------------------------------------------------

  async saveCanned(id: string | null, reply: CannedReply): Promise<void> {
    const value = JSON.stringify({ shortcut: reply.shortcut.trim(), text: reply.text });
    if (value.length > Limits.recordLength) return;
    await kept(this.#sync.writePrivate(cannedKey(id), value));
  }

  async removeCanned(id: string): Promise<void> {
    await kept(this.#sync.writePrivate(cannedKey(id), ''));
  }

  setSound(sound: boolean): Promise<void> {
    return this.#settings.set('sound', sound);
  }

  setNotify(notify: boolean): Promise<void> {
    return this.#settings.set('notify', notify);
  }

  setLang(lang: string | null): Promise<void> {
    return this.#settings.set('lang', lang);
  }

  retry(): void {
    this.#sync.retry();
  }

  async erase(): Promise<void> {
    this.#letGo();
    await this.#sync.erase();
  }

  dispose(): void {
    this.#letGo();
    this.#sync.dispose();
  }

  #letGo(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#ticker.dispose();
    this.#computed.dispose();
    for (const undo of this.#undo) undo();
    this.#watch?.dispose();
    this.#prefetch.dispose();
    this.#rooms.close();
  }

  // ---- What the screen shows -----------------------------------------------------------------

  #lists(): InboxLists {
    return this.#rooms.lists(this.#at, this.#settings.get('desk-seen'));
  }

  #compute(): DeskState {
    const sync = this.#sync;
    const settings = this.#settings;
    const link = sync.link.get();
    const { people } = this.#rooms;
    const lists = this.#lists();
    const me = sync.me.get();
    const lang = uiLanguage(settings.get('lang'), this.#options.pageLang());
    const title = (id: ConversationId): string =>
      titleOf(lists.all.find((ask) => ask.id === id)?.text ?? '');
    const selected = this.#watch?.id ?? null;
    const chosen = lists.all.find(({ id }) => id === selected);
    const asker = chosen?.asker.member ?? this.#thread?.asker?.member;
    const waits = lists.waiting.length > 0 || lists.mine.some(({ wait }) => wait !== null);
    this.#ticker.run((waits || link.status === 'connecting') && !this.#disposed);
    return {
      session: this.#ready ? this.#entrance.session : { status: 'loading' },
      at: this.#at,
      me: me.grant && people.person(me.member, me.grant.role),
      card: this.card.state(people.person(me.member).card),
      available: settings.get('available'),
      network: networkOf(link, sync.outbox.get(), Date.now(), navigator.onLine),
      storage: sync.storage.get(),
      tab: settings.get('desk-screen').tab,
      waiting: lists.waiting,
      mine: lists.mine,
      others: lists.others,
      closed: lists.closed,
      canTake: this.#canTake,
      limit: this.#limit,
      selected,
      thread: this.#withRecord(this.#thread, chosen),
      draft: selected === null ? '' : this.#drafts.get(selected),
      earlier: lists.all
        .filter((ask) => ask.asker.member === asker && ask.id !== selected)
        .toSorted((a, b) => b.askedAt - a.askedAt),
      canned: cannedOf(sync.privateRecords.get(), lang),
      unsent: unsentOf(sync.outbox.get(), title, people),
      keptConversations: this.#prefetch.count,
      devices: devicesOf(sync),
      attributes: this.#attributes(this.#watch?.handle.state.get().attributes ?? ''),
      sound: settings.get('sound'),
      notify: settings.get('notify'),
      lang: settings.get('lang'),
      bell: this.#ring,
    };
  }

  get #thread(): ThreadState | null {
    return this.#watch?.thread(this.#rooms.around(this.#watch.id)) ?? null;
  }

  readonly #attributes = memo(attributesIn);

  /** Until its rows are here, a conversation is headed by what the inbox says of it. */
  readonly #withRecord = memo(
    (thread: ThreadState | null, ask: DeskState['closed'][number] | undefined) => {
      if (!thread || !ask || thread.asker) return thread;
      return reuse(thread, {
        ...thread,
        title: titleOf(ask.text),
        page: ask.page,
        asker: ask.asker,
      });
    },
  );
}
