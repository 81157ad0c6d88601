/** The visitor's store: from sync to what `<comptoir-chat>` shows, and from what they do to entries. */
import { Kind } from '../../../shared/entry/kinds.ts';
import type { ConversationId, SpaceId } from '../../../shared/ids.ts';
import { parseSpaceId } from '../../../shared/ids.ts';
import { spaceRoom } from '../../../shared/protocol/rooms.ts';
import type {
  ChatState,
  ChatStore,
  ChatStoreOptions,
  ChatView,
  Identification,
  TalkSummary,
  Unread,
} from './chat-state.ts';
import type { DeviceActs } from '../devices.ts';
import { type Computed, createComputed } from '../../signals/computed.ts';
import { ConversationWatch, type Surroundings } from '../conversation/conversation-watch.ts';
import { DeviceSettings } from '../device-settings.ts';
import { deviceActs, devicesOf } from '../devices.ts';
import { Drafts } from '../drafts.ts';
import type { LaterParts } from './later-parts.ts';
import { networkOf } from '../network.ts';
import { createOutboxGroups, outboxOf } from '../outbox-groups.ts';
import type { OpenSpace } from './open-space.ts';
import { peopleOf } from '../people.ts';
import type { Readable } from '../../signals/readable.ts';
import { memo, reuse } from '../../signals/reuse.ts';
import { pageOf, sayable } from '../sayable.ts';
import { kept } from '../kept.ts';
import { type UiLanguage, recordOf, spaceMode, spaceView, uiLanguage } from '../space.ts';
import type { AskedConversation, RoomHandle, Sync } from '../sync-port.ts';
import {
  type StoredTalks,
  followedOf,
  storedSummary,
  summaryOf,
  toStored,
} from './conversation-list.ts';
import type { ThreadMessage, ThreadState } from '../conversation/thread-state.ts';
import { createTicker } from '../../signals/ticker.ts';
import { Turns } from '../action-queue.ts';

/** The draft of a question that is not asked yet. */
const NEW = 'new';

/** What this device keeps beside entries and drafts. */
const defaults = {
  sound: true,
  lang: null as string | null,
  view: { type: 'welcome' } as ChatView,
  talks: {} as StoredTalks,
};

/** The store disposes of the sync it is given. */
export function createChatStore(sync: Sync, options: ChatStoreOptions): ChatStore {
  return new LiveChatStore(sync, options);
}

class LiveChatStore implements ChatStore {
  readonly #sync: Sync;
  readonly #options: ChatStoreOptions;
  readonly #space: SpaceId;
  readonly #spaceRoom: RoomHandle;
  readonly #watches = new Map<ConversationId, ConversationWatch>();
  readonly #settings: DeviceSettings<typeof defaults>;
  readonly #drafts: Drafts;
  readonly #turns = new Turns();
  readonly #ticker = createTicker(() => this.#computed.invalidate());
  readonly #computed: Computed<ChatState>;
  readonly #undo: (() => void)[] = [];
  readonly devices: DeviceActs;
  #attributes: Readonly<Record<string, string>> = {};
  #view: ChatView = { type: 'welcome' };
  #visible = false;
  #ready = false;
  #news: Unread | null = null;
  /** Until when messages are no news: undefined while it is not known what was unread. */
  #newsSince: number | undefined;
  #disposed = false;
  #parts: LaterParts | undefined;
  #openSpace: OpenSpace | undefined;

  constructor(sync: Sync, options: ChatStoreOptions) {
    this.#sync = sync;
    this.#options = options;
    this.#space = parseSpaceId(options.space);
    this.#spaceRoom = sync.openRoom(spaceRoom(this.#space));
    const changed = (): void => this.#computed.invalidate();
    this.#settings = new DeviceSettings(sync, defaults, changed);
    this.#drafts = new Drafts(sync, changed);
    this.#computed = createComputed(() => this.#compute());
    this.devices = deviceActs(sync);
    const { link, storage, outbox, asked, grants, me, devices } = sync;
    for (const source of [
      this.#spaceRoom.state,
      link,
      storage,
      outbox,
      asked,
      grants,
      me,
      devices,
    ]) {
      this.#undo.push(source.subscribe(changed));
    }
    this.#undo.push(asked.subscribe(() => this.#follow()));
    this.#undo.push(this.#spaceRoom.state.subscribe(() => this.#tellAttributes()));
    // What changed is first told to the screen, then marked as seen and kept as a summary.
    this.#undo.push(this.#computed.subscribe(() => this.#after()));
    addEventListener('online', changed);
    addEventListener('offline', changed);
    this.#undo.push(() => {
      removeEventListener('online', changed);
      removeEventListener('offline', changed);
    });
    void this.#load();
  }

  get state(): Readable<ChatState> {
    return this.#computed;
  }

  async #load(): Promise<void> {
    await Promise.all([this.#settings.load(), this.#drafts.load(NEW)]);
    if (this.#disposed) return;
    const view = this.#settings.get('view');
    const untouched = this.#view.type === 'welcome';
    if (untouched && (view.type !== 'thread' || this.#isAsked(view.id))) this.#go(view);
    const id = this.#openId;
    if (id !== null) await Promise.all([this.#drafts.load(id), this.#open?.loaded()]);
    if (this.#disposed) return;
    this.#ready = true;
    this.#follow();
    this.#computed.invalidate();
  }

  #isAsked(id: ConversationId): boolean {
    return this.#asked().some((one) => one.id === id);
  }

  show(view: ChatView): void {
    this.#go(view);
    void this.#settings.set('view', view);
  }

  #go(view: ChatView): void {
    this.#open?.typing(false);
    this.#view = view;
    if (view.type === 'thread') {
      this.#watch(view.id).opened();
      this.#openSpace?.opened(view.id);
    }
    void this.#drafts.load(this.#draftKey);
    this.#follow();
    this.#see();
    this.#computed.invalidate();
  }

  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (visible) this.#see();
    else this.#open?.unseen();
    this.#computed.invalidate();
  }

  setDraft(text: string): void {
    this.#drafts.set(this.#draftKey, text);
    this.#open?.typing(text.trim() !== '');
  }

  async send(text: string): Promise<void> {
    const said = sayable(text);
    if (said === null) return;
    await this.#turns.take(`${this.#draftKey} ${said}`, () => this.#say(text, said));
  }

  async #say(text: string, said: string): Promise<void> {
    const view = this.#view;
    const watch = this.#open;
    watch?.typing(false);
    const key = this.#draftKey;
    if (view.type === 'thread' && watch && !watch.view(this.#around(view.id)).full) {
      const say = { kind: 'say', text: said } as const;
      await this.#drafts.send(key, text, () => this.#sync.write(view.id, [say], key));
      if (!this.#isAsked(view.id)) this.#openSpace?.answered(view.id);
      return;
    }
    // A conversation that took all it can goes on as a new one.
    let asked: ConversationId | undefined;
    const question = {
      space: this.#space,
      text: said,
      page: pageOf(this.#options.page()),
      lang: this.#language,
    };
    const done = await this.#drafts.send(key, text, async () => {
      asked = await this.#sync.ask(question, key);
    });
    if (done && asked !== undefined && this.#view === view)
      this.show({ type: 'thread', id: asked });
  }

  async withdraw(messageId: string): Promise<void> {
    if (this.#parts) await kept(this.#parts.withdraw(this.#sync, messageId, this.#openId));
  }

  async edit(messageId: string): Promise<void> {
    const keyOf = (item: { entry: { conversation: string } }, asks: boolean): string =>
      asks ? NEW : item.entry.conversation;
    const edited = (async () => {
      const item = await this.#parts?.takeBack(this.#sync, messageId, this.#drafts, keyOf);
      if (item?.entry.kind === Kind.ask) this.show({ type: 'welcome' });
    })();
    await kept(edited);
  }

  async setClosed(closed: boolean): Promise<void> {
    const id = this.#openId;
    if (id) await kept(this.#sync.write(id, [{ kind: closed ? 'close' : 'reopen' }]));
  }

  setSound(sound: boolean): Promise<void> {
    return this.#settings.set('sound', sound);
  }

  setLang(lang: string | null): Promise<void> {
    return this.#settings.set('lang', lang);
  }

  refresh(): void {
    this.#computed.invalidate();
  }

  grow(parts: LaterParts): void {
    if (this.#disposed || this.#parts) return;
    this.#parts = parts;
    const changed = (): void => {
      this.#follow();
      this.#computed.invalidate();
    };
    this.#openSpace = parts.openSpace({
      sync: this.#sync,
      space: this.#space,
      room: this.#spaceRoom,
      changed,
    });
    changed();
  }

  dismissInvitation(): void {
    this.#openSpace?.dismiss();
  }

  retry(): void {
    this.#sync.retry();
  }

  identify(...[token, attributes]: Identification): Promise<void> {
    if (attributes) {
      this.#attributes = attributes;
      this.#tellAttributes();
      this.#computed.invalidate();
    }
    return this.#sync.identify(token);
  }

  /** What the page told that this space lets through: nothing else leaves the page. */
  get #allowedAttributes(): Readonly<Record<string, string>> {
    const allowed = recordOf(this.#spaceRoom.state.get().rows, 'space')?.attributes ?? [];
    const told = Object.entries(this.#attributes);
    return Object.fromEntries(
      told.filter(([name, text]) => allowed.includes(name) && typeof text === 'string'),
    );
  }

  #tellAttributes(): void {
    this.#sync.tellAttributes(this.#allowedAttributes);
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
    this.#openSpace?.dispose();
    for (const undo of this.#undo) undo();
    for (const watch of this.#watches.values()) watch.dispose();
    this.#watches.clear();
    this.#spaceRoom.close();
  }

  // ---- Which conversations are followed ------------------------------------------------------

  get #openId(): ConversationId | null {
    return this.#view.type === 'thread' ? this.#view.id : null;
  }

  get #open(): ConversationWatch | undefined {
    const id = this.#openId;
    return id === null ? undefined : this.#watches.get(id);
  }

  get #draftKey(): string {
    return this.#openId ?? NEW;
  }

  get #language(): UiLanguage {
    return uiLanguage(this.#settings.get('lang'), this.#options.pageLang());
  }

  #watch(id: ConversationId): ConversationWatch {
    let watch = this.#watches.get(id);
    if (!watch) {
      watch = new ConversationWatch(this.#sync, id, 'asker', () => this.#computed.invalidate());
      this.#watches.set(id, watch);
    }
    return watch;
  }

  #follow(): void {
    if (!this.#ready || this.#disposed) return;
    const wanted = new Set(followedOf(this.#asked(), this.#settings.get('talks')));
    if (this.#openId !== null) wanted.add(this.#openId);
    for (const [id, watch] of this.#watches) {
      if (wanted.has(id)) continue;
      watch.dispose();
      this.#watches.delete(id);
    }
    for (const id of wanted) this.#watch(id);
  }

  #asked(): readonly AskedConversation[] {
    const asked = this.#sync.asked.get().filter(({ space }) => space === this.#space);
    return this.#openSpace?.withAnswered(asked) ?? asked;
  }

  /** What follows a change, once the screen knows it. */
  #after(): void {
    this.#see();
    this.#store();
    this.#hear();
  }

  /** What came and is not seen is news, once all was read from the device. */
  #hear(): void {
    if (!this.#ready || Array.from(this.#watches.values()).some(({ loading }) => loading)) return;
    const { latestUnread } = this.#computed.get();
    const time = latestUnread?.time ?? 0;
    const since = this.#newsSince;
    this.#newsSince = Math.max(time, since ?? 0);
    if (since === undefined || time <= since) return;
    this.#news = latestUnread;
    this.#computed.invalidate();
  }

  #see(): void {
    const id = this.#openId;
    if (this.#visible && this.#ready && id !== null) this.#open?.seen(this.#around(id));
  }

  /** Keeps summaries, so that older conversations can be listed without opening their rooms. */
  #store(): void {
    if (!this.#ready) return;
    const fresh = this.#computed.get().talks.filter((talk) => talk.title !== '');
    const stored = this.#settings.get('talks');
    const next = reuse(stored, {
      ...stored,
      ...Object.fromEntries(fresh.map((talk) => [talk.id, toStored(talk)])),
    });
    if (next === stored) return;
    void this.#settings.set('talks', next);
    this.#follow();
  }

  // ---- What the screen shows -----------------------------------------------------------------

  readonly #groups = createOutboxGroups();
  readonly #people = memo(peopleOf);

  #around(id: ConversationId): Surroundings {
    const sync = this.#sync;
    const { rows } = this.#spaceRoom.state.get();
    const grants = sync.grants.get();
    const link = sync.link.get();
    return {
      outbox: outboxOf(this.#groups(sync.outbox.get()), id),
      me: sync.me.get(),
      grants,
      mode: spaceMode(recordOf(rows, 'space')),
      people: this.#people(rows, grants, link.status === 'online', this.#options.relay),
      link,
    };
  }

  #compute(): ChatState {
    const sync = this.#sync;
    const { rows } = this.#spaceRoom.state.get();
    const link = sync.link.get();
    const people = this.#people(
      rows,
      sync.grants.get(),
      link.status === 'online',
      this.#options.relay,
    );
    const stored = this.#settings.get('talks');
    const threads = new Map<ConversationId, ThreadState>();
    for (const [id, watch] of this.#watches) threads.set(id, watch.thread(this.#around(id)));
    const talks = this.#asked()
      .flatMap((asked): TalkSummary[] => {
        const thread = threads.get(asked.id);
        if (!thread || thread.status === 'loading')
          return [storedSummary(asked, stored[asked.id], people)];
        // A question taken back before it left leaves nothing to list.
        const gone = thread.status === 'ready' && thread.items.length === 0;
        return gone ? [] : [summaryOf(thread, asked.askedAt)];
      })
      .toSorted((a, b) => b.lastAt - a.lastAt);
    this.#ticker.run(link.status === 'connecting' && !this.#disposed);
    return {
      status: this.#ready ? 'ready' : 'loading',
      view: this.#view,
      space: spaceView(recordOf(rows, 'space'), this.#language),
      network: networkOf(link, sync.outbox.get(), Date.now(), navigator.onLine),
      storage: sync.storage.get(),
      people: people.shown,
      here: people.here,
      talks,
      open: this.#openSpace?.view ?? null,
      thread: this.#openId === null ? null : (threads.get(this.#openId) ?? null),
      draft: this.#drafts.get(this.#draftKey),
      unread: talks.reduce((sum, talk) => sum + talk.unread, 0),
      latestUnread: latestOf(threads.values()),
      news: this.#news,
      devices: devicesOf(sync),
      attributes: this.#allowedAttributes,
      identity: (link.status === 'online' && link.identity) || 'none',
      sound: this.#settings.get('sound'),
      lang: this.#settings.get('lang'),
    };
  }
}

/** The newest unread message of all followed conversations. */
function latestOf(threads: Iterable<ThreadState>): Unread | null {
  let latest: { readonly conversation: ConversationId; readonly message: ThreadMessage } | null =
    null;
  for (const thread of threads) {
    if (thread.unread === 0) continue;
    const message = thread.items.findLast(
      (item): item is ThreadMessage => item.type === 'message' && !item.mine,
    );
    if (message && (!latest || message.time > latest.message.time)) {
      latest = { conversation: thread.id, message };
    }
  }
  if (!latest) return null;
  const { id, from, text, time } = latest.message;
  return { conversation: latest.conversation, id, from, text, time };
}
