/** The opened chat: it shows the store's state and passes what the visitor does back to the store. */
import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { chatWords } from '../../locales/chat-words.ts';
import { commonWords } from '../../locales/common-words.ts';
import type { ChatState, ChatStore, ChatView } from '../../store/chat/chat-state.ts';
import type { DeviceEnd } from '../../store/sync-port.ts';
import { listenTo } from '../../signals/page.ts';
import { base, tokens } from '../../styles/sheets.ts';
import type { ComptoirComposer } from '../../ui/composer/comptoir-composer.ts';
import type { ComptoirThread } from '../../ui/thread/comptoir-thread.ts';
import { define } from '../../ui/define.ts';
import { followClock } from '../../ui/follow-clock.ts';
import { keepFocus } from '../../ui/keep-focus.ts';
import { networkLine } from '../../ui/network-line.ts';
import { StoreController } from '../../ui/store-controller.ts';
import { ComptoirAskEvent } from '../events/ask-event.ts';
import { LeaveEvent } from '../events/leave-event.ts';
import type { KeptPlace } from '../conversation/kept-place.ts';
import type { PanelContext } from '../screen/panel-context.ts';
import { parentView, viewDepth } from '../screen/parent-view.ts';
import { panelStyles } from './panel-styles.ts';
import { fetchWords } from '../chunks.ts';
import { BackSteps } from './back-steps.ts';
import { PanelChunks } from './panel-chunks.ts';
import { openingView } from './opening-view.ts';
import type { SettingsState } from '../settings/settings-view.ts';
import { ViewportHeight } from './viewport-height.ts';
import { welcomeView } from './welcome-view.ts';
import { hasLinkCode, readLinkCode } from '../link-code.ts';

const SHEET = '(max-width: 480px), (max-height: 420px)';

/**
 * @csspart panel - The whole surface.
 * @csspart bar - The line at the top.
 * @csspart hero - The greeting with the counter.
 * @csspart conversation - One conversation in the list.
 * @csspart wait - The card under a question that waits.
 * @csspart quote - The message that is being answered.
 * @csspart composer - The foot with the composer.
 * @csspart netline - The line about network and storage.
 * @fires comptoir-leave - The visitor closes the panel, or erased what is on this device.
 * @fires comptoir-ask - A new question is kept on this device.
 */
export class ComptoirPanel extends LitElement {
  static override styles = [tokens, base, panelStyles];

  /** The page's language, as a BCP 47 tag; the visitor's choice wins. */
  @property() locale = 'fr';
  @property({ type: Boolean, reflect: true }) inline = false;
  @property({ reflect: true }) side = 'end';
  /** Whether it shows. */
  @property({ attribute: false }) open = false;
  /** By which this tab keeps where the reader was. */
  @property({ attribute: false }) space = '';
  /** Why what was here before is gone. */
  @property({ attribute: false }) ended: DeviceEnd | null = null;
  @state() private settings: SettingsState | null = null;
  @state() private busy = false;
  @state() private sheet = false;

  readonly #state = new StoreController<ChatState>(this);
  readonly #wide = matchMedia(SHEET);
  #store: ChatStore | null = null;
  #viewport: ViewportHeight | null = null;
  #backSteps: BackSteps | null = null;
  #place: KeptPlace | undefined;
  #undo = new AbortController();
  #screen = '';
  #reached = false;
  #lang = '';
  readonly #chunks = new PanelChunks({
    host: this,
    settingsCame: () => this.#openByCode(),
    failed: (error) => this.#failed(error),
  });

  constructor() {
    super();
    followClock(this);
    // What was pressed may be gone, or its whole screen.
    keepFocus(
      this,
      () => this.focus(),
      () => this.#moved,
    );
    this.addEventListener('keydown', (event) => this.#key(event));
    for (const name of ['dragover', 'drop'] as const)
      this.addEventListener(name, (event) => this.#dragged(event));
  }

  get store(): ChatStore | null {
    return this.#store;
  }

  set store(store: ChatStore | null) {
    this.#store = store;
    this.settings = null;
    this.#state.watch(store?.state ?? null);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#viewport = new ViewportHeight(this.renderRoot as ShadowRoot);
    this.#backSteps = new BackSteps(() => this.#back());
    const { signal } = (this.#undo = new AbortController());
    listenTo(this.#wide, 'change', this.#measure, { signal });
    this.#measure();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#viewport?.dispose();
    this.#viewport = null;
    this.#backSteps?.dispose();
    this.#backSteps = null;
    this.#place?.dispose();
    this.#place = undefined;
    this.#undo.abort();
  }

  /**
   * Moves focus to the composer, or to the title if the composer would bring up an on-screen keyboard. Keys must
   * not wait for a screen that is still loading: what stands has the focus until that comes.
   */
  override focus(): void {
    void super.getUpdateComplete().then(() => {
      this.#rest();
      if (!this.matches(':focus-within')) void this.updateComplete.then(() => this.#rest());
    });
  }

  #rest(): void {
    const composer = this.renderRoot.querySelector<ComptoirComposer>('comptoir-composer');
    const touch = matchMedia('(pointer: coarse)').matches;
    if (composer && !touch) composer.focus({ preventScroll: true });
    else this.renderRoot.querySelector<HTMLElement>('[data-focus]')?.focus({ preventScroll: true });
  }

  /** Screens that are still loading count as a pending update. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const updated = await super.getUpdateComplete();
    if (!this.#chunks.fetching) return updated;
    await this.#chunks.fetching;
    return super.getUpdateComplete();
  }

  get #needsSettings(): boolean {
    return this.settings !== null || this.ended !== null || hasLinkCode();
  }

  /** A linking code that came with the page's address opens the settings, which ask about it. */
  #openByCode(): void {
    const code = readLinkCode();
    if (code !== '') this.settings = { charter: false, erasing: false, code };
  }

  readonly #measure = (): void => {
    this.sheet = this.#wide.matches;
  };

  /** Closes the innermost level: the settings, a view, or from the first view the chat. */
  #back(): void {
    const state = this.#state.value;
    const parent = state && parentView(state);
    const thread = this.#withCard;
    if (this.settings) this.#closeSettings();
    else if (thread) thread.closeCard();
    else if (parent) this.#store?.show(parent);
    else this.dispatchEvent(new LeaveEvent(false));
    this.#tellDepth();
  }

  #tellDepth(): void {
    const state = this.#state.value;
    const covers = this.open && this.sheet && !this.inline && state;
    const over = this.settings || this.#withCard ? 1 : 0;
    this.#backSteps?.show(covers ? viewDepth(state) + over : 0);
  }

  /** The conversation that shows, if somebody's card lies over it. */
  get #withCard(): ComptoirThread | null {
    const thread = this.renderRoot.querySelector('comptoir-thread');
    return thread?.hasCard ? thread : null;
  }

  /** The browser would leave the page for a file that is dropped. */
  #dragged(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (event.type === 'drop')
      this.renderRoot.querySelector<ComptoirComposer>('comptoir-composer')?.refuseFiles();
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    if (this.settings) this.#closeSettings();
    else if (!this.inline) this.dispatchEvent(new LeaveEvent(false));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  protected override willUpdate(): void {
    // The visitor's chosen language comes with the state, before anything is drawn.
    const lang = this.#state.value?.lang ?? this.locale;
    if (lang !== this.#lang) {
      this.#lang = lang;
      const spoken = (): void => this.requestUpdate();
      fetchWords(lang).then(spoken, (error: unknown) => this.#failed(error));
    }
    const view = this.#state.value?.view;
    const screen = this.settings
      ? 'settings'
      : view?.type === 'thread'
        ? `thread ${view.id}`
        : (view?.type ?? '');
    this.#moved = this.#screen !== '' && screen !== this.#screen;
    this.#screen = screen;
  }
  #moved = false;

  protected override updated(_changed: PropertyValues<this>): void {
    const state = this.#state.value;
    if (state) this.#chunks.need({ state, lang: this.#lang, settings: this.#needsSettings });
    const { conversation } = this.#chunks.here;
    if (state && conversation && this.space) {
      this.#place ??= new conversation.KeptPlace(this);
      this.#place.show(this.#screen, state.status === 'ready');
    }
    this.#tellDepth();
  }

  protected override render(): TemplateResult {
    const state = this.#state.value;
    const lang = state?.lang ?? this.locale;
    const words = chatWords(lang);
    const dialog = !this.inline;
    const edge = (where: 'first' | 'last'): TemplateResult | typeof nothing =>
      dialog && this.sheet
        ? html`<span class="sr" tabindex="0" @focus=${() => this.#wrap(where)}></span>`
        : nothing;
    return html`<section
      class="panel"
      part="panel"
      lang=${words.lang}
      role=${dialog ? 'dialog' : 'region'}
      aria-modal=${dialog && this.sheet ? 'true' : nothing}
      aria-label=${words.chat}
    >
      ${edge('last')}${state ? this.#view(state, lang) : nothing}${edge('first')}
    </section>`;
  }

  #view(state: ChatState, lang: string): TemplateResult {
    const context = this.#context(state, lang);
    const { common } = context;
    const { settings } = this.#chunks.here;
    const line = networkLine(state.network, state.storage, common, context.retry);
    const screen = this.settings
      ? (settings?.settingsView(context, this.settings, (settings) => (this.settings = settings)) ??
        openingView(context))
      : this.#screenOf(state.view, context);
    const { network } = state;
    this.#reached ||= network.type === 'online';
    // The page's own contact link, for whoever cannot be answered here.
    const elsewhere =
      ['refused', 'unreachable'].includes(network.type) ||
      (network.type === 'offline' && !this.#reached);
    // Drawn first, shown under the bar: a live region must stay the same element on every screen.
    return html`<div class="lines">
        ${line} ${elsewhere ? html`<slot name="fallback"></slot>` : nothing}
        <div role="status">
          ${this.ended && settings?.endedLine(this.ended, lang, () => (this.ended = null))}
        </div>
      </div>
      ${screen}`;
  }

  #screenOf(view: ChatView, context: PanelContext): TemplateResult {
    const { conversation } = this.#chunks.here;
    switch (view.type) {
      case 'conversations':
        return conversation?.conversationListView(context) ?? openingView(context);
      case 'thread':
        return conversation?.conversationView(context) ?? openingView(context);
      default: // also a view that another build stored and this one does not know
        return welcomeView(context);
    }
  }

  /** On a phone the sheet covers the page, so Tab stays inside it. */
  #wrap(where: 'first' | 'last'): void {
    const first = this.renderRoot.querySelector<HTMLElement>('.panel button');
    const composer = this.renderRoot.querySelector<HTMLElement>('comptoir-composer');
    if (where === 'last' && composer) composer.focus();
    else first?.focus();
  }

  #closeSettings(): void {
    this.settings = null;
  }

  #context(state: ChatState, lang: string): PanelContext {
    const store = this.#store as ChatStore;
    const { settings, openSpace, devices, conversation } = this.#chunks.here;
    const tried = (done: Promise<void>): void => {
      void done.catch((error: unknown) => this.#failed(error));
    };
    return {
      state,
      words: chatWords(lang),
      common: commonWords(lang),
      now: Date.now() + state.ahead,
      inline: this.inline,
      busy: this.busy,
      attributesLine: settings?.attributesLine ?? null,
      openSection: openSpace?.openSection ?? null,
      noticeList: conversation?.noticeList ?? null,
      deviceList: devices?.deviceList ?? null,
      show: (view) => {
        this.settings = null;
        store.show(view);
      },
      openSettings: (charter = false) => (this.settings = { charter, erasing: false, code: '' }),
      back: () => this.#back(),
      moved: () => this.#tellDepth(),
      close: () => this.dispatchEvent(new LeaveEvent(false)),
      draft: (...draft) => store.setDraft(...draft),
      suggest: (text) => {
        void store.suggest(text);
        this.renderRoot.querySelector<ComptoirComposer>('comptoir-composer')?.focus();
      },
      send: (text) => void this.#send(text),
      withdraw: (id) => tried(store.withdraw(id)),
      edit: (id) => {
        tried(store.edit(id));
        this.renderRoot.querySelector<ComptoirComposer>('comptoir-composer')?.focus();
      },
      moderation: store.moderation,
      report: (report) => tried(store.report(report)),
      setClosed: (closed) => {
        tried(store.setClosed(closed));
        this.#closeSettings();
      },
      setSound: (sound) => tried(store.setSound(sound)),
      setLang: (chosen) => tried(store.setLang(chosen)),
      dismissInvitation: () => store.dismissInvitation(),
      retry: () => store.retry(),
      devices: store.devices,
      erase: () => tried(this.#erase(store)),
    };
  }

  async #send(text: string): Promise<void> {
    const store = this.#store;
    if (!store || this.busy) return;
    this.busy = true;
    try {
      if (await store.send(text)) this.dispatchEvent(new ComptoirAskEvent());
    } catch (error) {
      this.#failed(error);
    } finally {
      this.busy = false;
    }
  }

  async #erase(store: ChatStore): Promise<void> {
    await store.erase();
    this.settings = null;
    this.dispatchEvent(new LeaveEvent(true));
  }

  /** The screen says what matters (`storage`); this is for whoever looks for the cause. */
  #failed(error: unknown): void {
    console.warn('comptoir:', error);
  }
}

define('comptoir-panel', ComptoirPanel);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-panel': ComptoirPanel;
  }
}
