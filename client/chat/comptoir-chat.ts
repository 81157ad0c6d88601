/**
 * `<comptoir-chat>`: the loader that brands embed. Plain DOM, small, and quiet: before the first open
 * it makes one request without credentials and stores nothing. Everything else comes on first open.
 */
import { launcherWords } from '../locales/launcher-words.ts';
import type { ChatFailure, ChatLease, ChatModule } from './chat-module.ts';
import { ComptoirCloseEvent } from './events/close-event.ts';
import { ComptoirMessageEvent } from './events/message-event.ts';
import { ComptoirOpenEvent } from './events/open-event.ts';
import { ComptoirUnreadEvent } from './events/unread-event.ts';
import { type Face, fetchFace } from './launcher/face.ts';
import launcherText from './launcher/launcher.css?inline';
import { type LauncherState, LauncherView } from './launcher/launcher-view.ts';
import { forgetOpened, isRecent, setOpened } from './launcher/opened-flag.ts';
import { pageLanguage, watchLanguage } from './launcher/page-language.ts';
import { loadChat } from './load-chat.ts';
import type { ComptoirPanel } from './panel/comptoir-panel.ts';

const PANEL_PARTS =
  'panel, bar, hero, talk, wait, composer, netline, bubble, meta, day, unread, note, avatar, badge, pill, box, field, send';

/** What was open when the page swapped its body: the next element of that space opens again. */
const openSpaces = new Set<string>();
const warned = new Set<string>();

let sheet: CSSStyleSheet | undefined;
function launcherSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(launcherText);
  }
  return sheet;
}

const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 200);
};

/**
 * A community's chat on a page.
 *
 * @element comptoir-chat
 * @attr {string} relay - The relay's address. Left out: the page's own origin.
 * @attr {string} community - The community's fingerprint, which the relay must prove.
 * @attr {string} space - The space to chat in.
 * @attr {string} lang - `fr` or `en`. Left out: the language of the page around it.
 * @attr {"floating"|"inline"} mode - In a corner of the window, or a block in the page.
 * @attr {"start"|"end"} side - The corner of the floating launcher.
 * @attr {"light"|"dark"} theme - Left out: the colour scheme of the page around it.
 * @attr {boolean} open - Whether the chat is open; may be set to open or close it.
 *
 * @slot fallback - Shown when the chat cannot open: a plain contact link.
 * @slot launcher - Replaces the faces in the launcher; no controls.
 *
 * @fires comptoir-open - The chat was opened.
 * @fires comptoir-close - The chat was closed.
 * @fires comptoir-ask - A new question is kept on this device.
 * @fires comptoir-message - Somebody answered while the visitor was not looking.
 * @fires comptoir-unread - The number of unread messages changed (`count`).
 *
 * @csspart launcher - The button in the corner.
 * @csspart peek - The preview of a new answer.
 * @csspart failure - The card shown when the chat cannot open.
 * @csspart panel - The opened chat.
 * @csspart bar - The line at the top of the panel.
 * @csspart hero - The greeting.
 * @csspart talk - A conversation in the list.
 * @csspart wait - The card under a question that waits.
 * @csspart composer - The foot with the composer.
 * @csspart netline - The line about network and storage.
 * @csspart bubble - A message's text.
 * @csspart meta - Time and state under messages.
 * @csspart day - The line before a day.
 * @csspart unread - The line before unread messages.
 * @csspart note - An act told in one line.
 * @csspart avatar - A person's picture.
 * @csspart badge - A person's role.
 * @csspart pill - The button to the newest message.
 * @csspart box - The border around the field.
 * @csspart field - The text area.
 * @csspart send - The send button.
 *
 * @cssprop [--comptoir-accent=oklch(0.43 0.082 166)] - The brand's colour; all others derive from it.
 * @cssprop [--comptoir-font=inherit] - Font family.
 * @cssprop [--comptoir-scale=1] - 1 to 1.5: larger text everywhere.
 * @cssprop [--comptoir-offset=20px] - Distance from the window's corner.
 * @cssprop [--comptoir-radius=12px] - Base radius.
 * @cssprop [--comptoir-height=600px] - Height of the inline mode.
 * @cssprop [--comptoir-layer=2147483000] - z-index of the launcher.
 */
export class ComptoirChat extends HTMLElement {
  static readonly observedAttributes = [
    'relay',
    'community',
    'space',
    'lang',
    'mode',
    'side',
    'theme',
    'open',
  ];
  /** How the lazy part is imported. */
  static load: (again: boolean) => Promise<ChatModule> = loadChat;

  readonly #view: LauncherView;
  #root: ShadowRoot;
  #lease: ChatLease | null = null;
  #leasing: Promise<ChatLease | null> | null = null;
  #panel: ComptoirPanel | null = null;
  #face: Face | null | undefined;
  #failure: ChatFailure | null = null;
  #busy = false;
  #hiddenPeek = '';
  #lastLatest: string | null | undefined;
  #lastUnread = 0;
  #token: string | undefined;
  #undo: (() => void)[] = [];

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = [launcherSheet()];
    this.#view = new LauncherView({
      toggle: () => (this.#isOpen ? this.close() : void this.open()),
      openPeek: () => this.#openPeek(),
      hidePeek: () => this.#hidePeek(),
      retry: () => void this.open(),
      hideFailure: () => this.#fail(null),
    });
    this.#root.append(this.#view.wrap);
  }

  get relay(): string {
    return this.getAttribute('relay') ?? '';
  }
  set relay(relay: string) {
    this.setAttribute('relay', relay);
  }
  get community(): string {
    return this.getAttribute('community') ?? '';
  }
  set community(community: string) {
    this.setAttribute('community', community);
  }
  get space(): string {
    return this.getAttribute('space') ?? '';
  }
  set space(space: string) {
    this.setAttribute('space', space);
  }
  get mode(): 'floating' | 'inline' {
    return this.#oneOf('mode', 'floating', 'inline');
  }
  set mode(mode: 'floating' | 'inline') {
    this.setAttribute('mode', mode);
  }
  get side(): 'end' | 'start' {
    return this.#oneOf('side', 'end', 'start');
  }
  set side(side: 'end' | 'start') {
    this.setAttribute('side', side);
  }

  connectedCallback(): void {
    this.#undo.push(watchLanguage(() => this.#languageChanged()));
    this.#render();
    if (!this.#valid) return;
    if (this.hasAttribute('open') || openSpaces.has(this.#key)) {
      void this.#open(false);
    } else {
      whenIdle(() => void this.#idle());
    }
  }

  disconnectedCallback(): void {
    for (const undo of this.#undo) undo();
    this.#undo = [];
    this.#leave();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || before === now) return;
    if (name === 'open') {
      if ((now !== null) !== this.#isOpen) {
        if (now === null) this.close();
        else void this.open();
      }
      return;
    }
    if (name === 'relay' || name === 'community' || name === 'space') {
      const { open } = { open: this.#isOpen };
      this.#leave();
      this.#face = undefined;
      if (this.#valid && open) void this.#open(false);
      else if (this.#valid) whenIdle(() => void this.#idle());
    }
    this.#render();
  }

  /** Opens the chat, and moves focus into it. Resolves once it shows, or says why it cannot. */
  open(): Promise<void> {
    return this.#open(true);
  }

  /** Closes the chat; what is written stays. */
  close(): void {
    if (!this.#isOpen) return;
    const focused = this.#root.activeElement !== null;
    openSpaces.delete(this.#key);
    this.#panel?.hidePopover?.();
    if (this.#panel) this.#panel.hidden = true;
    this.#lease?.store.setVisible(false);
    this.removeAttribute('open');
    this.#render();
    if (focused) this.#view.launcher.focus({ preventScroll: true });
    this.dispatchEvent(new ComptoirCloseEvent());
  }

  /** Opens a new question with this text in the composer. Sending it is left to the visitor. */
  async ask(text: string): Promise<void> {
    await this.open();
    const store = this.#lease?.store;
    if (!store) return;
    store.show({ type: 'welcome' });
    store.setDraft(text);
  }

  /** Tells who the visitor is, by a token that the brand signed; used from the next contact on. */
  async identify(token: string): Promise<void> {
    this.#token = token;
    await this.#lease?.store.identify(token);
  }

  get #isOpen(): boolean {
    return this.#panel !== null && !this.#panel.hidden && this.#panel.isConnected;
  }

  get #key(): string {
    return `${this.community}/${this.space}`;
  }

  get #lang(): string {
    return this.#lease?.store.state.get().lang ?? pageLanguage(this);
  }

  /** Whether there is anything to connect to. A wrong attribute is said once, to the developer. */
  get #valid(): boolean {
    const community = /^[\w-]{22}$/.test(this.community);
    const space = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(this.space);
    const relay = this.relay === '' || URL.canParse(this.relay, location.href);
    if (!community) warn('community', this.community, 'the fingerprint that `npm start` prints');
    if (!space) warn('space', this.space, '1 to 40 of a-z, 0-9 and hyphen');
    if (!relay) warn('relay', this.relay, 'an address');
    return community && space && relay;
  }

  #oneOf<T extends string>(name: string, usual: T, other: T): T {
    const value = this.getAttribute(name);
    if (value === other) return other;
    if (value !== null && value !== usual) warn(name, value, `${usual} or ${other}`);
    return usual;
  }

  /** Who is here, and what came since the last visit if there was a conversation lately. */
  async #idle(): Promise<void> {
    if (!this.isConnected || this.#lease || !this.#valid) return;
    if (isRecent(this.#key)) void this.#acquire();
    if (this.#face !== undefined) return;
    const key = this.#key;
    const face = await fetchFace(this.relay, this.space);
    if (key !== this.#key) return;
    this.#face = face;
    this.#render();
  }

  async #open(byVisitor: boolean): Promise<void> {
    if (!this.#valid || !this.isConnected) return;
    if (this.#isOpen) return this.#panel?.focus();
    this.#failure = null;
    this.#busy = true;
    this.#render();
    const lease = await this.#acquire();
    this.#busy = false;
    if (!lease || !this.isConnected) return this.#render();
    openSpaces.add(this.#key);
    setOpened(this.#key, 0);
    this.#showPanel();
    lease.store.setVisible(true);
    this.setAttribute('open', '');
    this.#render();
    if (byVisitor) this.#panel?.focus();
    this.dispatchEvent(new ComptoirOpenEvent());
  }

  /** Joins or opens the chat's store. Null when it cannot be had; the card says why. */
  #acquire(): Promise<ChatLease | null> {
    this.#leasing ??= this.#load().then(
      (lease) => lease,
      (error: unknown) => {
        this.#leasing = null;
        const name = error instanceof Error ? error.name : '';
        console.warn('comptoir: the chat does not open.', error);
        this.#fail(
          name === 'UnsupportedError'
            ? 'unsupported'
            : name === 'StorageError'
              ? 'storage'
              : 'failed',
        );
        return null;
      },
    );
    return this.#leasing;
  }

  async #load(): Promise<ChatLease | null> {
    const { relay, community, space } = this;
    const chat = await ComptoirChat.load(this.#failure !== null);
    const pageLang = (): string => pageLanguage(this);
    const lease = await chat.openChat({ relay, community, space, pageLang });
    if (!this.isConnected) {
      lease.release();
      this.#leasing = null;
      return null;
    }
    this.#lease = lease;
    this.#panel ??= this.#makePanel(chat);
    this.#panel.store = lease.store;
    this.#undo.push(lease.store.state.subscribe(() => this.#changed()));
    if (this.#token !== undefined) await lease.store.identify(this.#token);
    this.#changed();
    return lease;
  }

  #makePanel(chat: ChatModule): ComptoirPanel {
    const panel = chat.createPanel();
    panel.hidden = true;
    panel.setAttribute('exportparts', PANEL_PARTS);
    panel.addEventListener('comptoir-leave', ({ erased }) => {
      this.close();
      if (!erased) return;
      this.#lease?.forget();
      forgetOpened(this.#key);
      this.#leave();
      this.#render();
    });
    return panel;
  }

  #showPanel(): void {
    const panel = this.#panel;
    if (!panel) return;
    const inline = this.mode === 'inline';
    panel.inline = inline;
    if (inline) panel.removeAttribute('popover');
    else panel.setAttribute('popover', 'manual');
    if (inline) this.#view.wrap.append(panel);
    else this.#root.append(panel);
    panel.hidden = false;
    if (!inline) panel.showPopover?.();
  }

  /** Lets go of everything; the store stays for a moment, for whoever comes next. */
  #leave(): void {
    this.#panel?.remove();
    if (this.#panel) this.#panel.store = null;
    this.#panel = null;
    this.#lease?.store.setVisible(false);
    this.#lease?.release();
    this.#lease = null;
    this.#leasing = null;
    this.#lastLatest = undefined;
  }

  #changed(): void {
    const state = this.#lease?.store.state.get();
    if (!state) return;
    const lastAt = Math.max(0, ...state.talks.map((talk) => talk.lastAt));
    if (lastAt > 0) setOpened(this.#key, lastAt);
    if (state.unread !== this.#lastUnread) {
      this.#lastUnread = state.unread;
      this.dispatchEvent(new ComptoirUnreadEvent(state.unread));
    }
    const latest = state.latestUnread;
    if (state.status === 'ready' && (latest?.id ?? null) !== this.#lastLatest) {
      const first = this.#lastLatest === undefined;
      this.#lastLatest = latest?.id ?? null;
      if (latest && !first)
        this.dispatchEvent(new ComptoirMessageEvent(latest.conversation, latest.from.name));
    }
    this.#render();
  }

  #languageChanged(): void {
    this.#lease?.store.refresh();
    this.#render();
  }

  #openPeek(): void {
    const store = this.#lease?.store;
    const latest = store?.state.get().latestUnread;
    if (latest) store?.show({ type: 'thread', id: latest.conversation });
    void this.open();
  }

  #hidePeek(): void {
    this.#hiddenPeek = this.#lease?.store.state.get().latestUnread?.id ?? '';
    this.#render();
    this.#view.launcher.focus({ preventScroll: true });
  }

  #fail(failure: ChatFailure | null): void {
    this.#failure = failure;
    this.#render();
  }

  #render(): void {
    const { side } = this;
    if (this.#panel) {
      this.#panel.locale = pageLanguage(this);
      this.#panel.side = side;
    }
    this.#view.wrap.hidden = !this.#valid;
    if (this.#valid) this.#view.show(this.#launcherState());
  }

  #launcherState(): LauncherState {
    const lang = this.#lang;
    const words = launcherWords(lang);
    const open = this.#isOpen;
    const state = this.#lease?.store.state.get();
    const common = {
      words,
      open,
      inline: this.mode === 'inline',
      busy: this.#busy,
      failure: this.#failure,
    };
    const face = this.#face;
    const promises = face?.promise;
    const known = {
      people: face?.faces ?? [],
      here: face === undefined ? ('asking' as const) : (face?.here ?? null),
      promise: promises?.[words.lang] ?? promises?.['fr'] ?? '',
    };
    if (!state || state.status === 'loading') return { ...common, ...known, unread: 0, peek: null };
    const latest = state.latestUnread;
    const people = state.people.map((one) => ({
      name: one.name,
      hue: `${one.hue}`,
      here: one.presence.type === 'here',
    }));
    const peeked = latest && !open && latest.id !== this.#hiddenPeek;
    return {
      ...common,
      people: people.length > 0 ? people : known.people,
      here: state.network.type === 'connecting' ? known.here : state.here,
      promise: state.space.promise || known.promise,
      unread: state.unread,
      peek: peeked
        ? {
            from: { name: latest.from.name, hue: `${latest.from.hue}`, here: true },
            text: latest.text,
          }
        : null,
    };
  }
}

function warn(name: string, value: string, allowed: string): void {
  const what = `${name}="${value}"`;
  if (warned.has(what)) return;
  warned.add(what);
  console.warn(`<comptoir-chat ${what}>: expected ${allowed}.`);
}

if (!customElements.get('comptoir-chat')) customElements.define('comptoir-chat', ComptoirChat);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-chat': ComptoirChat;
  }
}
