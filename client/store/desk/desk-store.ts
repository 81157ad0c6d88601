/** The helper's store: it turns sync into what the desk shows, and what a helper does into entries. */
import type { ConversationId, EntryId } from '../../../shared/ids.ts';
import { Limits } from '../../../shared/limits.ts';
import type { CannedReply } from '../../../shared/protocol/records.ts';
import { type Computed, createComputed } from '../../signals/computed.ts';
import type { Readable } from '../../signals/readable.ts';
import { createTicker } from '../../signals/ticker.ts';
import { type DeviceActs, deviceActs } from '../devices.ts';
import { kept } from '../kept.ts';
import { type SessionApi, createSessionApi } from '../session-api.ts';
import type { DeskSync } from '../sync-port.ts';
import { watchAll } from '../watch-all.ts';
import { removeCanned, saveCanned } from './canned.ts';
import { LiveOwnCard } from './card/own-card.ts';
import { DeskRooms } from './desk-rooms.ts';
import { type DeskSettings, createDeskSettings } from './desk-settings.ts';
import { deskStateOf } from './desk-state-of.ts';
import type { DeskState, DeskStore, DeskStoreOptions, DeskTab } from './desk-state.ts';
import { DeskEntrance } from './entrance/entrance.ts';
import { type UiLanguage, uiLanguage } from '../space.ts';
import type { InboxChoice } from './list/inbox-choice.ts';
import { KeptSearch } from './list/kept-search.ts';
import { HelperActs } from './helper-acts.ts';
import { InboxView } from './inbox-view.ts';
import { createInvitationApi } from './entrance/invitation-api.ts';
import { Moderation } from '../moderation/moderation.ts';
import type { Reporting } from '../moderation/moderation-state.ts';
import type { InboxLists } from './inbox.ts';
import { LiveBlocking } from './office/blocking.ts';
import { OpenConversation } from './open-conversation.ts';

const DEFAULT_LIMIT = 3;

/** The store disposes of its sync. */
export function createDeskStore(sync: DeskSync, options: DeskStoreOptions): DeskStore {
  return new LiveDeskStore(sync, options);
}

class LiveDeskStore implements DeskStore {
  readonly state: Readable<DeskState>;
  readonly devices: DeviceActs;
  readonly card: LiveOwnCard;
  readonly blocking: LiveBlocking;
  readonly moderation: Moderation;
  readonly #sync: DeskSync;
  readonly #pageLang: () => string;
  readonly #limit: number;
  readonly #rooms: DeskRooms;
  readonly #settings: DeskSettings;
  readonly #entrance: DeskEntrance;
  readonly #inbox: InboxView;
  readonly #open: OpenConversation;
  readonly #acts: HelperActs;
  readonly #search: KeptSearch;
  readonly #computed: Computed<DeskState>;
  readonly #changed = (): void => this.#computed.invalidate();
  readonly #ticker = createTicker(() => this.#inbox.tick());
  readonly #undo: (() => void)[] = [];
  #ready = false;
  #disposed = false;

  constructor(sync: DeskSync, options: DeskStoreOptions) {
    this.#sync = sync;
    this.#pageLang = options.pageLang;
    this.#limit = options.limit ?? DEFAULT_LIMIT;
    const changed = this.#changed;
    const rooms = new DeskRooms(sync, options.relay, () => this.#lang);
    const settings = createDeskSettings(sync, changed);
    const moderation = new Moderation(sync, changed);
    this.moderation = moderation;
    const lists = (): InboxLists => this.#inbox.lists;
    const common = { sync, rooms, settings, moderation, changed, lists };
    const open = new OpenConversation(common);
    this.#rooms = rooms;
    this.#settings = settings;
    this.#open = open;
    this.#inbox = new InboxView({ ...common, watched: () => open.seenId });
    const select = (id: ConversationId): void => this.select(id);
    this.#search = new KeptSearch(sync, changed);
    this.#acts = new HelperActs({ ...common, open, select, limit: this.#limit });
    const api = options.api ?? createInvitationApi(options.relay);
    this.#entrance = new DeskEntrance(sync, api, options.space ?? null, () => {
      this.#openRooms();
      changed();
    });
    const session = options.sessionApi ?? sessionOf(sync, options.relay);
    this.card = new LiveOwnCard({ sync, api: session, relay: options.relay, changed });
    this.blocking = new LiveBlocking(session, changed);
    this.devices = deviceActs(sync);
    this.state = this.#computed = createComputed(() => this.#compute());
    this.#watch();
    void this.#load();
  }

  #watch(): void {
    const { link, storage, outbox, grants, me, privateRecords, available, devices } = this.#sync;
    const seen = [link, storage, outbox, grants, me, privateRecords, available, devices];
    this.#undo.push(
      watchAll(seen, this.#changed),
      me.subscribe(() => (me.get().grant ? this.#openRooms() : this.#closeRooms())),
      privateRecords.subscribe(() => this.#openRooms()),
      link.subscribe(() => this.#inbox.fetch()),
      link.subscribe(() => this.moderation.need()),
      outbox.subscribe(() => this.#inbox.now()),
      this.#computed.subscribe(() => this.#open.see()),
    );
  }

  async #load(): Promise<void> {
    await Promise.all([this.#settings.load(), this.#entrance.load(), this.card.load()]);
    if (this.#disposed) return;
    this.#ready = true;
    this.#openRooms();
    if (this.#rooms.isOpen && this.#open.id === null)
      this.#open.show(this.#settings.get('desk-selected'));
    this.#changed();
  }

  /** Opens the space and its inbox once this device is at the desk of one. */
  #openRooms(): void {
    const { space } = this.#entrance;
    const inside = this.#sync.me.get().grant !== null && space !== null;
    const { space: open } = this.#rooms;
    if (open !== null && !this.#entrance.holds(open)) this.#closeRooms();
    if (!this.#ready || this.#disposed || this.#rooms.isOpen || !inside) return;
    this.#rooms.open(space, this.#changed, () => this.#inbox.came());
    void this.#entrance.share();
    this.#inbox.came();
  }

  /** The role at the desk has ended, or goes on in another space: nothing of this one stays open. */
  #closeRooms(): void {
    if (!this.#rooms.isOpen) return;
    this.select(null);
    this.#inbox.forget();
    this.#search.forget();
    this.#rooms.close();
    this.#changed();
  }

  present(code: string): Promise<void> {
    return this.#entrance.present(code);
  }

  async redeem(name: string): Promise<void> {
    const isNew = this.#entrance.access.status === 'invited' && this.#entrance.bringsNobodyBack;
    // Shown before the desk is: it opens the moment the grant is here.
    if (isNew) this.#settings.show('desk-welcome', 0);
    await this.#entrance.redeem(name.slice(0, Limits.nameLength));
    const came = this.#entrance.access.status === 'inside';
    if (isNew) await this.setWelcome(came ? 0 : null);
  }

  setWelcome(step: number | null): Promise<void> {
    return this.#settings.set('desk-welcome', step);
  }

  get #lang(): UiLanguage {
    return uiLanguage(this.#settings.get('lang'), this.#pageLang());
  }

  search(text: string): void {
    void this.#search.look(text);
  }

  choose(choice: InboxChoice): void {
    void this.#settings.set('desk-choice', choice);
  }

  setTab(tab: DeskTab): void {
    void this.#settings.set('desk-tab', tab);
  }

  select(id: ConversationId | null): void {
    this.#open.show(id);
    void this.#settings.set('desk-selected', id);
  }

  setVisible(visible: boolean): void {
    this.#open.setVisible(visible);
  }

  async setAvailable(available: boolean): Promise<void> {
    await kept(this.#sync.setAvailable(available));
  }

  claim(id: ConversationId): Promise<boolean> {
    return this.#acts.claim(id);
  }

  release(id: ConversationId): Promise<void> {
    return this.#acts.release(id);
  }

  setClosed(id: ConversationId, closed: boolean): Promise<void> {
    return this.#acts.setClosed(id, closed);
  }

  setDraft(text: string): void {
    this.#open.setDraft(text);
    this.#inbox.typed();
  }

  quote(messageId: EntryId | ''): void {
    void this.#open.quote(messageId);
  }

  send(text: string): Promise<boolean> {
    return this.#acts.send(text);
  }

  report(report: Reporting): Promise<void> {
    return this.#open.report(report);
  }

  withdraw(messageId: string): Promise<void> {
    return this.#acts.withdraw(messageId);
  }

  edit(messageId: string): Promise<void> {
    return this.#acts.edit(messageId);
  }

  saveCanned(id: string | null, reply: CannedReply): Promise<void> {
    return saveCanned(this.#sync, id, reply);
  }

  removeCanned(id: string): Promise<void> {
    return removeCanned(this.#sync, id);
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

  async told(id: EntryId): Promise<void> {
    await kept(this.#sync.dismiss(id));
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
    this.#open.dispose();
    this.moderation.dispose();
    this.#inbox.dispose();
    this.#rooms.close();
  }

  #compute(): DeskState {
    const { lists } = this.#inbox;
    const waits = lists.waiting.length > 0 || lists.mine.some(({ wait }) => wait !== null);
    const connects = this.#sync.link.get().status === 'connecting';
    this.#ticker.run((waits || connects) && !this.#disposed);
    return deskStateOf({
      sync: this.#sync,
      rooms: this.#rooms,
      settings: this.#settings,
      inbox: this.#inbox,
      lists,
      open: this.#open,
      card: this.card,
      blocking: this.blocking,
      moderation: this.moderation,
      access: this.#ready ? this.#entrance.access : { status: 'loading' },
      search: this.#search,
      canClaim: this.#acts.canClaim,
      limit: this.#limit,
      lang: this.#lang,
    });
  }
}

function sessionOf(sync: DeskSync, relay: string): SessionApi {
  const device = (): string => sync.me.get().device;
  const sign = (host: string, nonce: string): Promise<string> => sync.signSession(host, nonce);
  return createSessionApi({ relay, device, sign });
}
