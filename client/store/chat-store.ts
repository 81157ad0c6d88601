/** The visitor's store: from sync to what `<comptoir-chat>` shows, and from what they do to entries. */
import type { ConversationView, Message } from '../../shared/conversation/view.ts';
import { SpaceMode } from '../../shared/conversation/permissions.ts';
import { contentOf } from '../../shared/entry/entry.ts';
import { isSayable } from '../../shared/entry/content.ts';
import { type ConversationId, type EntryId, type SpaceId, parseSpaceId } from '../../shared/ids.ts';
import { Limits } from '../../shared/protocol/limits.ts';
import { conversationRoom, spaceRoom } from '../../shared/protocol/rooms.ts';
import type {
  ChatState,
  ChatStore,
  ChatStoreOptions,
  ChatView,
  TalkSummary,
} from './chat-state.ts';
import { ConversationCache } from './conversation-cache.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { langOf, spaceView } from './local-text.ts';
import { networkState } from './network.ts';
import { type People, createPeople, spacePeople } from './people.ts';
import { type Readable, createWritable } from './readable.ts';
import { RoomSet } from './room-set.ts';
import type { RoomState, Sync } from './sync-port.ts';
import { isMine, threadState, titleOf, unreadMessages } from './thread.ts';
import { TypingSignal } from './typing-signal.ts';

/** Conversations of a visitor that are followed; the older stay on the device, unlisted. */
const FOLLOWED = 50;
const PEOPLE_SHOWN = 8;

const NEW_QUESTION = 'new';

/** The store of one `<comptoir-chat>`; it takes the sync over and disposes it. */
export function createChatStore(sync: Sync, options: ChatStoreOptions): ChatStore {
  return new VisitorStore(sync, options);
}

class VisitorStore implements ChatStore {
  readonly #sync: Sync;
  readonly #options: ChatStoreOptions;
  readonly #space: SpaceId;
  readonly #state;
  readonly #rooms: RoomSet;
  readonly #drafts: DraftKeeper;
  readonly #cache: ConversationCache;
  readonly #typing = new TypingSignal();
  readonly #undo: (() => void)[];
  #view: ChatView = { type: 'welcome' };
  #unreadFrom: string | null = null;
  #opening = false;
  #visible = false;
  #sound = false;
  #lang: string | null = null;
  #loaded = false;
  #due = false;
  #disposed = false;

  constructor(sync: Sync, options: ChatStoreOptions) {
    this.#sync = sync;
    this.#options = options;
    this.#space = parseSpaceId(options.space);
    this.#rooms = new RoomSet(sync, () => this.#changed());
    this.#drafts = new DraftKeeper(sync);
    this.#cache = new ConversationCache(sync);
    void this.#drafts.show(NEW_QUESTION);
    this.#state = createWritable<ChatState>(this.#compute());
    const sources: Readable<unknown>[] = [
      sync.me,
      sync.link,
      sync.storage,
      sync.outbox,
      sync.asked,
      sync.grants,
      this.#drafts.text,
    ];
    this.#undo = sources.map((source) => source.subscribe(() => this.#changed()));
    const changed = (): void => this.#changed();
    addEventListener('online', changed);
    addEventListener('offline', changed);
    document.addEventListener('visibilitychange', changed);
    this.#undo.push(() => {
      removeEventListener('online', changed);
      removeEventListener('offline', changed);
      document.removeEventListener('visibilitychange', changed);
    });
    void this.#load();
  }

  get state(): Readable<ChatState> {
    return this.#state;
  }

  async #load(): Promise<void> {
    const settings = await Promise.all([
      this.#sync.readSetting<boolean>('sound'),
      this.#sync.readSetting<string | null>('lang'),
      this.#sync.readSetting<ConversationId | null>('open-conversation'),
    ]).catch(() => [undefined, undefined, undefined] as const); // storage says why
    const [sound, lang, open] = settings;
    this.#sound = sound ?? false;
    this.#lang = lang ?? null;
    this.#loaded = true;
    const known = this.#sync.asked.get().some(({ id }) => id === open);
    if (this.#view.type === 'welcome')
      this.show(open && known ? { type: 'thread', id: open } : this.#view);
    this.#changed();
  }

  show(view: ChatView): void {
    this.#view = view;
    this.#unreadFrom = null;
    this.#opening = view.type === 'thread';
    this.#typing.stop();
    const id = view.type === 'thread' ? view.id : null;
    if (this.#loaded) void this.#sync.writeSetting('open-conversation', id).catch(() => {});
    void this.#drafts.show(id ?? NEW_QUESTION);
    this.#changed();
  }

  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (visible && this.#view.type === 'thread') this.#opening = true;
    this.#changed();
  }

  setDraft(text: string): void {
    this.#drafts.set(text);
    const room = this.#view.type === 'thread' ? conversationRoom(this.#view.id) : undefined;
    this.#typing.update(room && this.#rooms.get(room), text.trim() !== '');
  }

  async send(text: string): Promise<void> {
    const said = text.trim();
    if (!isSayable(said) || said.length > Limits.textLength) return;
    this.#typing.stop();
    const view = this.#view;
    if (view.type === 'thread') {
      await this.#drafts.send(text, (key) =>
        this.#sync.write(view.id, [{ kind: 'say', text: said }], key),
      );
      this.#unreadFrom = null;
      return;
    }
    const page = this.#options.page();
    const question = {
      space: this.#space,
      text: said,
      page: {
        url: page.url.slice(0, Limits.urlLength),
        title: page.title.slice(0, Limits.titleLength),
      },
      lang: this.#state.get().lang ?? langOf(this.#options.pageLang()),
    };
    const id = await this.#drafts.send(text, (key) => this.#sync.ask(question, key));
    this.show({ type: 'thread', id });
  }

  async withdraw(messageId: string): Promise<void> {
    const id = messageId as EntryId;
    if (await this.#sync.dismiss(id)) return;
    const item = this.#sync.outbox.get().find(({ entry }) => entry.id === id);
    const conversation =
      item?.entry.conversation ?? (this.#view.type === 'thread' ? this.#view.id : null);
    if (conversation) await this.#sync.write(conversation, [{ kind: 'retract', target: id }]);
  }

  async edit(messageId: string): Promise<void> {
    const item = this.#sync.outbox.get().find(({ entry }) => entry.id === messageId);
    if (!item) return;
    const content = contentOf(item.entry);
    if (content.kind !== 'say' && content.kind !== 'ask') return;
    this.#drafts.set(content.text);
    await this.#sync.dismiss(item.entry.id);
  }

  async setClosed(closed: boolean): Promise<void> {
    if (this.#view.type !== 'thread') return;
    await this.#sync.write(this.#view.id, [{ kind: closed ? 'close' : 'reopen' }]);
  }

  async setSound(sound: boolean): Promise<void> {
    this.#sound = sound;
    this.#changed();
    await this.#sync.writeSetting('sound', sound);
  }

  async setLang(lang: string | null): Promise<void> {
    this.#lang = lang;
    this.#changed();
    await this.#sync.writeSetting('lang', lang);
  }

  retry(): void {
    this.#sync.retry();
  }

  identify(token: string): Promise<void> {
    return this.#sync.identify(token);
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
    this.#typing.stop();
    for (const undo of this.#undo) undo();
    this.#rooms.dispose();
  }

  /** Computes once for all that changed in this turn. */
  #changed(): void {
    if (this.#due || this.#disposed) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (!this.#disposed) this.#state.set(this.#compute());
    });
  }

  #compute(): ChatState {
    const sync = this.#sync;
    const asked = sync.asked
      .get()
      .filter(({ space }) => space === this.#space)
      .toSorted((a, b) => b.askedAt - a.askedAt)
      .slice(0, FOLLOWED);
    this.#rooms.want([spaceRoom(this.#space), ...asked.map(({ id }) => conversationRoom(id))]);
    this.#cache.keep(new Set(asked.map(({ id }) => id)));
    const link = sync.link.get();
    const known = spacePeople(this.#rooms.get(spaceRoom(this.#space))?.state.get().rows ?? []);
    const people = createPeople(known, sync.me.get().grant, link.status === 'online');
    const mode = known.space?.mode ?? SpaceMode.closed;
    const lang = this.#lang ?? langOf(this.#options.pageLang());
    const folded = asked.flatMap(({ id }) => {
      const room = this.#rooms.get(conversationRoom(id))?.state.get();
      return room ? [{ room, view: this.#cache.fold(id, room, mode) }] : [];
    });
    const talks = folded
      .map(({ view, room }) => this.#summary(view, room, people))
      .toSorted((a, b) => b.lastAt - a.lastAt);
    return {
      status: this.#loaded ? 'ready' : 'loading',
      view: this.#view,
      space: spaceView(known.space, langOf(lang)),
      network: networkState(
        link,
        talks.reduce((sum, talk) => sum + talk.kept, 0),
        navigator.onLine,
      ),
      storage: sync.storage.get(),
      people: people.desk.slice(0, PEOPLE_SHOWN),
      here: people.here,
      talks,
      thread: this.#thread(folded, people),
      draft: this.#drafts.text.get(),
      unread: talks.reduce((sum, talk) => sum + talk.unread, 0),
      latestUnread: this.#latestUnread(folded, people),
      sound: this.#sound,
      lang: this.#lang,
    };
  }

  #summary(view: ConversationView, room: RoomState, people: People): TalkSummary {
    const me = this.#sync.me.get();
    const messages = view.timeline.filter((item): item is Message => item.type === 'message');
    const last = messages.at(-1);
    return {
      id: view.id,
      title: titleOf(messages[0]?.text ?? ''),
      last: last?.text ?? '',
      lastMine: last !== undefined && isMine(last, me),
      lastAt: last?.time ?? 0,
      unread: unreadMessages(view, room, me).length,
      answerers: view.answerers.map((author) => people.of(author)),
      closed: view.closed,
      kept: messages.filter((message) => message.seq === null).length,
    };
  }

  #thread(
    folded: readonly { readonly view: ConversationView; readonly room: RoomState }[],
    people: People,
  ): ChatState['thread'] {
    const { type } = this.#view;
    const id = type === 'thread' ? this.#view.id : null;
    const open = folded.find(({ view }) => view.id === id);
    if (!open) return null;
    const { view, room } = open;
    const me = this.#sync.me.get();
    const seen = this.#visible && document.visibilityState === 'visible';
    if (this.#opening && room.status !== 'loading') {
      this.#unreadFrom = unreadMessages(view, room, me)[0] ?? null;
      if (seen) this.#opening = false;
    }
    if (seen && room.status !== 'loading' && view.lastSeq > room.read.asker) {
      this.#rooms.get(conversationRoom(view.id))?.read(view.lastSeq);
    }
    const outbox = this.#sync.outbox.get();
    return threadState({ view, room, outbox, people, me, unreadFrom: this.#unreadFrom });
  }

  #latestUnread(
    folded: readonly { readonly view: ConversationView; readonly room: RoomState }[],
    people: People,
  ): ChatState['latestUnread'] {
    const me = this.#sync.me.get();
    let latest: { readonly message: Message; readonly view: ConversationView } | null = null;
    for (const { view, room } of folded) {
      const id = unreadMessages(view, room, me).at(-1);
      const message = view.timeline.find(
        (item): item is Message => item.type === 'message' && item.id === id,
      );
      if (message && message.time > (latest?.message.time ?? 0)) latest = { message, view };
    }
    if (!latest) return null;
    const { message, view } = latest;
    return {
      conversation: view.id,
      id: message.id,
      from: people.of(message.author),
      text: message.text,
    };
  }
}
