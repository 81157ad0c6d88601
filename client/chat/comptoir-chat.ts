/**
 * `<comptoir-chat>`: the loader that brands embed. It is plain DOM, small and quiet: before the first open
 * it makes one request without credentials and stores nothing. Everything else comes on first open.
 */
import { launcherWords } from '../locales/launcher-words.ts';
import { canConnect, oneOf, warn } from './attributes.ts';
import type { AttachedChat, ChatModule } from './chat-module.ts';
import type { ChatFailure } from './launcher/chat-failure.ts';
import { ComptoirCloseEvent } from './events/close-event.ts';
import type { Identification } from '../store/chat/chat-state.ts';
import { ComptoirOpenEvent } from './events/open-event.ts';
import { type SpaceSummary, fetchSpaceSummary } from './launcher/space-summary.ts';
import { launcherSheet } from './launcher/launcher-sheet.ts';
import { LauncherView } from './launcher/launcher-view.ts';
import { raise, stand, watchDialogs } from './launcher/top-layer.ts';
import { whenIdle } from './launcher/when-idle.ts';
import { keptOpen, wasOpenedLately } from './launcher/was-opened.ts';
import { addressOf, isFrench, listOf, listen, matches } from './launcher/plain.ts';
import { pageLanguage, watchLanguage } from './launcher/page-language.ts';
import { frames } from './frame/open-frame.ts';

/** Imports the rest, on first open, and the words of a language. */
type LoadChat = (lang: string) => Promise<ChatModule>;

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
 * @attr {boolean} hidden - Whether nothing of the chat shows, launcher and panel: for a checkout or a cookie bar.
 * @attr {boolean} open - Whether the chat is open; may be set to open or close it.
 *
 * @slot fallback - Shown when the chat cannot open: a plain contact link.
 * @slot launcher - Replaces the faces in the launcher; no controls.
 *
 * @fires comptoir-identity - The relay has looked at the brand's token: `outcome` says what it made of it.
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
 * @csspart conversation - A conversation in the list.
 * @csspart wait - The card under a question that waits.
 * @csspart composer - The foot with the composer.
 * @csspart netline - The line about network and storage.
 * @csspart bubble - A message's text.
 * @csspart quote - The message that another answers, or that is being answered.
 * @csspart menu - What can be done with a message.
 * @csspart meta - Time and state under messages.
 * @csspart day - The line before a day.
 * @csspart unread - The line before unread messages.
 * @csspart note - An act told in one line.
 * @csspart avatar - A person's picture.
 * @csspart badge - A person's role.
 * @csspart card - Who somebody is, or the sheet that reports a message, over a conversation.
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
 */
export class ComptoirChat extends HTMLElement {
  static readonly observedAttributes = listOf(
    'relay',
    'community',
    'space',
    'lang',
    'mode',
    'side',
    'open',
  );
  static #import: LoadChat;

  /** Makes the element known to the page. */
  static define(load: LoadChat): void {
    ComptoirChat.#import = load;
    if (!customElements.get('comptoir-chat')) customElements.define('comptoir-chat', ComptoirChat);
  }

  readonly #view: LauncherView;
  #root: ShadowRoot;
  #chat: AttachedChat | null = null;
  #attaching: Promise<AttachedChat | null> | null = null;
  #summary: SpaceSummary | null | undefined;
  #failure: ChatFailure | null = null;
  #busy = false;
  #who: Identification | undefined;
  /** What was begun as it came onto the page; null away from it. */
  #undo: (() => void)[] | null = null;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets[0] = launcherSheet();
    this.#view = new LauncherView({
      toggle: () => (this.#isOpen || this.#busy ? this.close() : this.open()),
      retry: () => this.open(),
      hideFailure: () => this.#fail(null),
    });
    this.#root.appendChild(this.#view.wrap);
    listen(this.#root, ['keydown'], (event) => event.stopPropagation());
  }

  /** The relay's address; empty for the page's own origin. */
  get relay(): string {
    return this.getAttribute('relay') ?? '';
  }
  set relay(relay: string) {
    this.setAttribute('relay', relay);
  }
  /** The community's fingerprint. */
  get community(): string {
    return this.getAttribute('community') ?? '';
  }
  set community(community: string) {
    this.setAttribute('community', community);
  }
  /** The space to chat in. */
  get space(): string {
    return this.getAttribute('space') ?? '';
  }
  set space(space: string) {
    this.setAttribute('space', space);
  }
  get mode(): 'floating' | 'inline' {
    return oneOf(this, 'mode', 'floating', 'inline');
  }
  set mode(mode: 'floating' | 'inline') {
    this.setAttribute('mode', mode);
  }
  get side(): 'end' | 'start' {
    return oneOf(this, 'side', 'end', 'start');
  }
  set side(side: 'end' | 'start') {
    this.setAttribute('side', side);
  }

  connectedCallback(): void {
    this.#fits = undefined; // what it heard of while it was away
    this.#undo = [
      listen(frames, ['lost'], () => this.#lost()),
      listen(window, ['online', 'offline'], ({ type }) => this.#networkChanged(type === 'online')),
      watchLanguage(() => this.#languageChanged()),
      watchDialogs(() => stand(this.#view.wrap)),
    ];
    this.#render();
    this.#begin(
      this.hasAttribute('open') ||
        keptOpen(this.#key) ||
        matches(location.hash, '#comptoir-link.*'),
    );
  }

  disconnectedCallback(): void {
    const undo = this.#undo ?? [];
    for (let at = 0; at < undo.length; at++) undo[at]!();
    this.#undo = null;
    this.#leave();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    // An upgraded element hears of its attributes before it is connected.
    if (!this.#undo || before === now) return;
    if (name === 'open') {
      if (now === null) this.close();
      else if (!this.#isOpen) void this.#open(false); // like a dialog's: the page may have it from the start
      return;
    }
    if (name === 'relay' || name === 'community' || name === 'space') {
      const open = this.#isOpen;
      this.#leave();
      this.#fits = this.#summary = undefined;
      this.#begin(open);
    }
    this.#render();
  }

  /** Opens the chat and moves focus into it. Resolves once it shows, or once it says why it cannot. */
  open(): Promise<void> {
    return this.#open(true);
  }

  /** Closes the chat; what is written stays. */
  close(): void {
    const chat = this.#isOpen && this.#chat;
    if (!chat && !this.#busy) return;
    const focused = this.#root.activeElement !== null;
    this.#busy = false;
    keptOpen(this.#key, false);
    if (chat) {
      chat.panel.removeAttribute('popover');
      chat.panel.hidden = true;
      chat.setOpen(false);
    }
    this.removeAttribute('open');
    this.#render();
    if (focused) this.#view.launcher.focus({ preventScroll: true });
    if (chat) this.dispatchEvent(new ComptoirCloseEvent());
  }

  /** Opens a new question with this text in the composer. The visitor sends it. */
  async ask(text: string): Promise<void> {
    await this.open();
    const store = this.#chat?.store;
    if (!store) return;
    store.show({ type: 'welcome' });
    await store.suggest(text);
  }

  /**
   * Tells who the visitor is, by a token that the brand signed, or null if nobody is signed in. Also takes
   * texts about them for the helpers, of which the space allows some names.
   */
  async identify(...who: Identification): Promise<void> {
    this.#who = who;
    await this.#identify();
  }

  #identify(): Promise<void> | undefined {
    const who = this.#who;
    // Not spread: that asks the page for its iterator.
    return who && this.#chat?.store.identify(who[0], who[1]);
  }

  get #isOpen(): boolean {
    const panel = this.#chat?.panel;
    return panel !== undefined && !panel.hidden && panel.isConnected;
  }

  get #key(): string {
    return `${this.community}/${this.space}`;
  }

  /** Whether there is anything to connect to, as far as is known. */
  get #valid(): boolean {
    return (this.#fits ??= canConnect(this));
  }
  #fits: boolean | undefined;

  /** Starts over, open or not, once there is something to connect to. */
  #begin(open: boolean): void {
    if (open) void this.#open(false);
    else whenIdle(() => void this.#idle());
  }

  /** Who is here, and what came since the last visit if there was a recent conversation. */
  async #idle(): Promise<void> {
    if (!this.isConnected || this.#chat || !this.#valid) return;
    if (wasOpenedLately(this.#key)) void this.#attach();
    if (this.#summary !== undefined) return;
    const key = this.#key;
    const summary = await fetchSpaceSummary(addressOf(this.relay) ?? '', this.space);
    if (key !== this.#key) return;
    this.#summary = summary;
    if (summary?.missing) {
      warn('space', this.space, 'a space of its relay');
      this.#fits = false;
    }
    this.#render();
  }

  /** Without a network nobody knows who is here; once it is back, the relay is asked again. */
  #networkChanged(online: boolean): void {
    if (this.#chat) return; // it asks for itself
    this.#summary = online ? undefined : null;
    this.#render();
    if (online) void this.#idle();
  }

  async #open(byVisitor: boolean): Promise<void> {
    if (!this.isConnected) return;
    if (!this.#valid) return byVisitor ? this.#fail({}) : undefined;
    if (this.#isOpen) return this.#chat?.panel.focus();
    this.#failure = null;
    this.#busy = true;
    this.#render();
    const waited = !this.#chat;
    const chat = await this.#attach();
    if (!this.#busy) return; // closed meanwhile
    this.#busy = false;
    if (!chat || chat !== this.#chat) return this.#render();
    keptOpen(this.#key, true);
    // It stands where its outline stood.
    chat.panel.toggleAttribute('still', waited);
    this.#showPanel(chat);
    chat.setOpen(true);
    this.setAttribute('open', '');
    if (byVisitor) chat.panel.focus();
    this.dispatchEvent(new ComptoirOpenEvent());
  }

  /** Joins or opens the chat. Null if that fails; the card says why. */
  #attach(): Promise<AttachedChat | null> {
    return (this.#attaching ??= this.#tryToLoad());
  }

  async #tryToLoad(): Promise<AttachedChat | null> {
    try {
      return await this.#load();
    } catch (error) {
      this.#leave();
      console.warn('comptoir:', error);
      this.#fail(error as ChatFailure);
      return null;
    }
  }

  async #load(): Promise<AttachedChat | null> {
    const { relay, community, space } = this;
    const key = this.#key;
    const chat = await (
      await ComptoirChat.#import(pageLanguage(this))
    ).attach({
      relay,
      community,
      space,
      pageLang: () => pageLanguage(this),
      host: this,
      peek: this.#view.peek,
      changed: () => this.#render(),
      identified: () => this.#identify(),
      open: () => this.open(),
      left: (erased) => {
        this.close();
        if (erased) this.#leave();
        this.#render();
      },
    });
    if (!this.isConnected || key !== this.#key) {
      chat.dispose();
      this.#attaching = null;
      return null;
    }
    this.#chat = chat;
    this.#render();
    await this.#identify();
    return chat;
  }

  #showPanel({ panel }: AttachedChat): void {
    const inline = this.mode === 'inline';
    panel.inline = inline;
    panel.toggleAttribute('floating', !inline);
    (inline ? this.#view.wrap : this.#root).appendChild(panel);
    panel.hidden = false;
    raise(panel, inline);
  }

  /** The page threw out what the chat ran in: a new one takes its place. */
  #lost(): void {
    const wanted = this.#isOpen || this.#busy;
    this.#chat?.panel.remove();
    this.#leave();
    this.#begin(wanted);
  }

  /** Releases everything. The store stays for a moment, for whoever comes next. */
  #leave(): void {
    this.#chat?.dispose();
    this.#chat = null;
    this.#attaching = null;
  }

  #languageChanged(): void {
    this.#chat?.store.refresh();
    this.#render();
  }

  #fail(failure: ChatFailure | null): void {
    this.#failure = failure;
    this.#render();
  }

  #render(): void {
    const { side } = this;
    const panel = this.#chat?.panel;
    if (panel) {
      panel.locale = pageLanguage(this);
      panel.side = side;
    }
    const live = this.#chat?.summary;
    this.#view.show({
      words: launcherWords(isFrench(live?.lang ?? pageLanguage(this))),
      open: this.#isOpen,
      inline: this.mode === 'inline',
      busy: this.#busy,
      failure: this.#failure,
      live,
      summary: this.#valid ? this.#summary : null,
    });
    stand(this.#view.wrap);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-chat': ComptoirChat;
  }
}
