/** Ties an opened chat to one `<comptoir-chat>`: its panel, the preview, the public events, the flag. */
import type { ChatState, ChatStore } from '../store/chat/chat-state.ts';
import type { ConversationSummary } from '../store/chat/summaries.ts';
import type { NetworkState } from '../store/network.ts';
import type { DeviceEnd } from '../store/sync-port.ts';
import type { ChatWords } from '../locales/chat-fr.ts';
import { chatWords } from '../locales/chat-words.ts';
import type { AttachOptions, AttachedChat, ChatLease } from './chat-module.ts';
import type { LiveSummary } from './launcher/live-summary.ts';
import { ComptoirIdentityEvent } from './events/identity-event.ts';
import { ComptoirMessageEvent } from './events/message-event.ts';
import { ComptoirUnreadEvent } from './events/unread-event.ts';
import { fetchInstaller, fetchOpenSpace, fetchPreview } from './chunks.ts';
import { forgetOpened, setOpened } from './opened-flag.ts';
import { keepInside } from './keep-inside.ts';
import './panel/comptoir-panel.ts';
import type { ComptoirPanel } from './panel/comptoir-panel.ts';
import type { LauncherInvitation } from './open-space/launcher-invitation.ts';
import type { LauncherPreview } from './preview/launcher-preview.ts';

const PARTS =
  'panel, bar, hero, conversation, wait, composer, netline, bubble, quote, menu, meta, day, unread, note, avatar, badge, card, pill, box, field, send';

/** A chat that ends again this soon does not start again by itself. */
const ENDS_APART_MS = 5_000;

/** @param renew a share in a chat that starts again, after this device forgot what it held. */
export function attachChat(
  lease: ChatLease,
  options: AttachOptions,
  renew: () => Promise<ChatLease>,
): AttachedChat {
  return new Attached(lease, options, renew);
}

/** A conversation that nobody wrote in for a week is over, closed or not. */
const GOES_ON_MS = 7 * 86_400_000;

/** The conversation that the launcher tells of: the one with the newest unread answer, else the last one. */
function goingOn(state: ChatState): ConversationSummary | undefined {
  const { conversations, latestUnread, ahead } = state;
  const unread = conversations.find(({ id }) => id === latestUnread?.conversation);
  const since = Date.now() + ahead - GOES_ON_MS;
  return unread ?? conversations.find(({ closed, lastAt }) => !closed && lastAt > since);
}

/** What the launcher says below that conversation's title. */
function lineOf(going: ConversationSummary, { latestUnread }: ChatState, words: ChatWords): string {
  if (latestUnread?.conversation === going.id)
    return words.answered(latestUnread.from.name || words.somebody);
  if (going.kept > 0) return words.keptHere;
  if (going.waiting) return words.waits;
  return words.withThem(going.answerers.flatMap(({ name }) => name || []));
}

class Attached implements AttachedChat {
  readonly panel: ComptoirPanel = document.createElement('comptoir-panel');
  readonly #options: AttachOptions;
  readonly #renew: () => Promise<ChatLease>;
  readonly #flag: string;
  #lease: ChatLease;
  #undo: () => void = () => {};
  #renewed = -Infinity;
  readonly #letOut: () => void;
  #disposed = false;
  /** What the console says already. */
  #told = '';
  #preview: LauncherPreview | undefined;
  #invitation: LauncherInvitation | undefined;
  #unread = 0;
  #identity = 'none';
  #news: string | undefined;

  constructor(lease: ChatLease, options: AttachOptions, renew: () => Promise<ChatLease>) {
    this.#lease = lease;
    this.#options = options;
    this.#renew = renew;
    this.#flag = `${options.community}/${options.space}`;
    this.#letOut = keepInside(options.host);
    this.panel.space = this.#flag;
    this.panel.hidden = true;
    this.panel.setAttribute('exportparts', PARTS);
    const link = document.createElement('slot');
    link.name = link.slot = 'fallback';
    this.panel.append(link);
    this.panel.addEventListener('comptoir-leave', ({ erased }) => this.#left(erased));
    this.#begin(lease);
  }

  get store(): ChatStore {
    return this.#lease.store;
  }

  #begin(lease: ChatLease): void {
    this.#lease = lease;
    this.#unread = 0;
    this.#news = lease.store.state.get().news?.id;
    this.panel.store = lease.store;
    this.#undo = lease.store.state.subscribe(() => this.#changed());
    this.#changed();
  }

  /** What this device held is gone: the same panel goes on for a new visitor, and says why. */
  async #startAnew(why: DeviceEnd): Promise<void> {
    this.#undo();
    this.#clear();
    forgetOpened(this.#flag);
    this.#lease.forget();
    if (performance.now() - this.#renewed < ENDS_APART_MS) return this.#options.left(true);
    this.#renewed = performance.now();
    try {
      const lease = await this.#renew();
      if (this.#disposed) return lease.release();
      this.panel.ended = why;
      this.#begin(lease);
      this.setOpen(this.panel.open);
      await this.#options.identified();
    } catch (error) {
      console.warn('comptoir:', error);
      if (!this.#disposed) this.#options.left(true);
    }
  }

  get summary(): LiveSummary | null {
    const state = this.store.state.get();
    if (state.status === 'loading') return null;
    const { network, unread } = state;
    const words = chatWords(this.#lang(state));
    const going = goingOn(state);
    return {
      people: going?.answerers.length ? going.answerers : state.people,
      here: network.type === 'connecting' ? undefined : state.here,
      unread,
      unreadText: words.unread(unread),
      title: going?.title ?? '',
      news: (going && lineOf(going, state, words)) ?? this.#invitation?.news(words.lang) ?? '',
      lang: state.lang,
    };
  }

  setOpen(open: boolean): void {
    this.panel.open = open;
    if (open) setOpened(this.#flag, 0);
    this.store.setVisible(open);
    this.#changed();
  }

  dispose(): void {
    this.#disposed = true;
    this.#letOut();
    this.#undo();
    this.store.setVisible(false);
    this.panel.remove();
    this.panel.store = null;
    this.#clear();
    this.#lease.release();
  }

  #lang(state: ChatState): string {
    return state.lang ?? this.#options.pageLang();
  }

  #changed(): void {
    const state = this.store.state.get();
    const { conversations, unread, news, identity, network } = state;
    this.#tellInstaller(network);
    if (network.type === 'ended') return void this.#startAnew(network.why);
    const lastAt = Math.max(0, ...conversations.map((one) => one.lastAt));
    if (lastAt > 0) setOpened(this.#flag, lastAt);
    if (identity !== this.#identity) {
      this.#identity = identity;
      if (identity !== 'none')
        this.#options.host.dispatchEvent(new ComptoirIdentityEvent(identity));
    }
    this.#needCards(state);
    const lang = this.#lang(state);
    const previews = this.#preview?.show(lang, this.panel.open) ?? false;
    this.#invitation?.show(lang, !this.panel.open && !previews);
    if (unread !== this.#unread) {
      this.#unread = unread;
      this.#options.host.dispatchEvent(new ComptoirUnreadEvent(unread));
    }
    if (news && news.id !== this.#news) {
      this.#news = news.id;
      const event = new ComptoirMessageEvent(news.conversation, news.from.name);
      this.#options.host.dispatchEvent(event);
    }
    this.#options.changed();
  }

  /** What only whoever put the chat here can mend is said in the console, once. */
  #tellInstaller(network: NetworkState): void {
    const { type } = network;
    if (type !== 'refused' && type !== 'unreachable' && !('never' in network)) return;
    fetchInstaller().then(
      ({ installerHelp }) => {
        const help = installerHelp(network, this.#options);
        if (help === '' || help === this.#told) return;
        this.#told = help;
        console.error(`<comptoir-chat>: ${help}`);
      },
      () => {},
    );
  }

  /** What stands by the launcher is fetched once there may be such; on failure the next change asks again. */
  #needCards({ conversations, space }: ChatState): void {
    const { peek: place, open } = this.#options;
    const { store } = this;
    const options = { store, place, open, changed: () => this.#changed() };
    // Without them the launcher's count says that there is news.
    const stays = (): boolean => !this.#disposed && this.store === store;
    if (!this.#preview && conversations.length > 0)
      fetchPreview().then(
        ({ LauncherPreview }) => {
          if (this.#preview || !stays()) return;
          this.#preview = new LauncherPreview(options);
          this.#changed();
        },
        () => {},
      );
    if (!this.#invitation && space.open)
      fetchOpenSpace().then(
        ({ LauncherInvitation }) => {
          if (this.#invitation || !stays()) return;
          this.#invitation = new LauncherInvitation(options);
          this.#changed();
        },
        () => {},
      );
  }

  #clear(): void {
    this.#preview?.dispose();
    this.#preview = undefined;
    this.#invitation?.dispose();
    this.#invitation = undefined;
  }

  #left(erased: boolean): void {
    if (erased) {
      this.#lease.forget();
      forgetOpened(this.#flag);
    }
    this.#options.left(erased);
  }
}
