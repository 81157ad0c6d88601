/**
 * The visitor's store: it turns sync into what `<comptoir-chat>` shows, and what the visitor does into
 * entries.
 */
import { parseSpaceId } from '../../../shared/ids.ts';
import { spaceRoom } from '../../../shared/protocol/rooms.ts';
import { type Computed, createComputed } from '../../signals/computed.ts';
import type { Readable } from '../../signals/readable.ts';
import { createTicker } from '../../signals/ticker.ts';
import { SpaceSurroundings } from '../conversation/surroundings.ts';
import { type DeviceActs, deviceActs } from '../devices.ts';
import { kept } from '../kept.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Reporting } from '../moderation/moderation-state.ts';
import { type UiLanguage, uiLanguage } from '../space.ts';
import type { RoomHandle, RoomState, Sync } from '../sync-port.ts';
import { watchAll } from '../watch-all.ts';
import { chatStateOf } from './chat-state-of.ts';
import { type ChatSettings, createChatSettings } from './chat-settings.ts';
import type {
  ChatState,
  ChatStore,
  ChatStoreOptions,
  ChatView,
  Identification,
} from './chat-state.ts';
import { Composer } from './composer.ts';
import { Conversations } from './conversations.ts';
import { FetchedOpenSpace } from './fetched-open-space.ts';
import { News } from './news.ts';
import { VisitorAttributes } from './visitor-attributes.ts';

/** The store disposes of its sync. */
export function createChatStore(sync: Sync, options: ChatStoreOptions): ChatStore {
  return new LiveChatStore(sync, options);
}

class LiveChatStore implements ChatStore {
  readonly state: Readable<ChatState>;
  readonly devices: DeviceActs;
  readonly composer: Composer;
  readonly #sync: Sync;
  readonly #pageLang: () => string;
  readonly #room: RoomHandle;
  readonly #surroundings: SpaceSurroundings;
  readonly #settings: ChatSettings;
  readonly #attributes: VisitorAttributes;
  readonly #conversations: Conversations;
  readonly #openSpace: FetchedOpenSpace;
  readonly #news = new News();
  readonly #changed = (): void => this.#computed.invalidate();
  readonly #ticker = createTicker(this.#changed);
  readonly #computed: Computed<ChatState>;
  readonly #undo: (() => void)[] = [];
  #view: ChatView = { type: 'welcome' };
  #visible = false;
  #ready = false;
  #disposed = false;

  constructor(sync: Sync, options: ChatStoreOptions) {
    this.#sync = sync;
    this.#pageLang = options.pageLang;
    const space = parseSpaceId(options.space);
    this.#room = sync.openRoom(spaceRoom(space));
    const changed = this.#changed;
    const rows = (): RoomState['rows'] => this.#room.state.get().rows;
    const surroundings = new SpaceSurroundings({ sync, rows, relay: options.relay });
    const settings = createChatSettings(sync, changed);
    const common = { sync, space, surroundings, settings, changed };
    const { conversation, openSpace } = options.parts;
    const conversations = new Conversations({ ...common, load: conversation });
    this.#surroundings = surroundings;
    this.#settings = settings;
    this.#conversations = conversations;
    this.#openSpace = new FetchedOpenSpace({ load: openSpace, sync, room: this.#room, changed });
    this.#attributes = new VisitorAttributes(sync, this.#room);
    this.composer = new Composer({
      ...common,
      conversations,
      page: options.page,
      view: () => this.#view,
      show: (view) => this.show(view),
      language: () => this.#language,
    });
    this.devices = deviceActs(sync);
    this.state = this.#computed = createComputed(() => this.#compute());
    this.#watch();
    void this.#load();
  }

  #watch(): void {
    const { link, storage, outbox, asked, grants, me, devices } = this.#sync;
    const room = this.#room.state;
    const follow = (): void => this.#conversations.follow();
    this.#undo.push(
      watchAll([room, link, storage, outbox, asked, grants, me, devices], this.#changed),
      room.subscribe(() => this.#attributes.tell()),
      asked.subscribe(follow),
      link.subscribe(follow), // what could not be fetched is tried again
      // A change is first told to the screen, then marked as seen and stored as a summary.
      this.#computed.subscribe(() => this.#after()),
    );
  }

  async #load(): Promise<void> {
    await Promise.all([this.#settings.load(), this.composer.load()]);
    if (this.#disposed) return;
    const view = this.#settings.get('view');
    const untouched = this.#view.type === 'welcome';
    if (untouched && (view.type !== 'thread' || this.#conversations.isAsked(view.id)))
      this.#go(view);
    await Promise.all([this.composer.load(), this.#conversations.loaded()]);
    if (this.#disposed) return;
    this.#ready = true;
    this.#conversations.begin();
    this.#changed();
  }

  show(view: ChatView): void {
    this.#go(view);
    void this.#settings.set('view', view);
  }

  #go(view: ChatView): void {
    this.#view = view;
    const open = view.type === 'thread' ? view.id : null;
    this.#conversations.show(open);
    this.#openSpace.show(open);
    void this.composer.load();
    this.#see();
    this.#changed();
  }

  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (visible) this.#see();
    else this.#conversations.open?.unseen();
    this.#changed();
  }

  setDraft(...draft: Parameters<ChatStore['setDraft']>): void {
    this.composer.setDraft(...draft);
  }

  suggest(text: string): Promise<void> {
    return this.composer.suggest(text);
  }

  send(text: string): Promise<boolean> {
    return this.composer.send(text);
  }

  withdraw(messageId: string): Promise<void> {
    return this.composer.withdraw(messageId);
  }

  edit(messageId: string): Promise<void> {
    return this.composer.edit(messageId);
  }

  get moderation(): Moderation | undefined {
    return this.#conversations.moderation;
  }

  report(report: Reporting): Promise<void> {
    return this.#conversations.report(report);
  }

  async setClosed(closed: boolean): Promise<void> {
    const view = this.#view;
    if (view.type === 'thread')
      await kept(this.#sync.write(view.id, [{ kind: closed ? 'close' : 'reopen' }]));
  }

  setSound(sound: boolean): Promise<void> {
    return this.#settings.set('sound', sound);
  }

  setLang(lang: string | null): Promise<void> {
    return this.#settings.set('lang', lang);
  }

  refresh(): void {
    this.#changed();
  }

  dismissInvitation(): void {
    this.#openSpace.dismiss();
  }

  retry(): void {
    this.#sync.retry();
  }

  identify(...[token, attributes]: Identification): Promise<void> {
    if (attributes) {
      this.#attributes.set(attributes);
      this.#changed();
    }
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
    this.#ticker.dispose();
    this.#computed.dispose();
    this.#openSpace.dispose();
    for (const undo of this.#undo) undo();
    this.#conversations.dispose();
    this.#room.close();
  }

  /** What follows a change once the screen knows it. */
  #after(): void {
    this.#see();
    const { conversations, latestUnread, space } = this.#computed.get();
    this.#conversations.keep(conversations);
    // What came unseen is news, once the device has been read.
    const known = this.#ready && !this.#conversations.loading;
    const seen = this.#visible && this.#view.type === 'thread' && this.#view.id;
    const isSeen = seen === latestUnread?.conversation;
    if (known && this.#news.hear(latestUnread, isSeen)) this.#changed();
    if (this.#ready && space.open) this.#openSpace.need();
  }

  #see(): void {
    if (this.#visible) this.#conversations.see();
  }

  get #language(): UiLanguage {
    return uiLanguage(this.#settings.get('lang'), this.#pageLang());
  }

  #compute(): ChatState {
    this.#ticker.run(this.#sync.link.get().status === 'connecting' && !this.#disposed);
    return chatStateOf({
      sync: this.#sync,
      rows: this.#room.state.get().rows,
      surroundings: this.#surroundings,
      conversations: this.#conversations,
      settings: this.#settings,
      language: this.#language,
      ready: this.#ready,
      view: this.#view,
      open: this.#openSpace.view,
      draft: this.composer.draft,
      news: this.#news.latest,
      attributes: this.#attributes.allowed,
    });
  }
}
