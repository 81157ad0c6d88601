/** The helper's desk: lays out the panes, turns intents and keys into what the store does. */
import {
  LitElement,
  type PropertyValues,
  type TemplateResult,
  html,
  nothing,
  unsafeCSS,
} from 'lit';
import { property, state as reactive } from 'lit/decorators.js';
import type { ConversationId } from '../../../shared/ids.ts';
import { deskWords } from '../../locales/desk.ts';
import type { DeskWords } from '../../locales/desk-words.ts';
import type { DeskState, DeskStore } from '../../store/desk/desk-state.ts';
import { define } from '../../ui/define.ts';
import { keepFocus } from '../../ui/keep-focus.ts';
import { StoreController } from '../../ui/store-controller.ts';
import '../arrival/arrival.ts';
import '../block/block.ts';
import '../canned/canned.ts';
import '../card/card.ts';
import '../context/context.ts';
import '../context/unsent.ts';
import '../conversation/conversation.ts';
import type { DeskElement } from '../desk-element.ts';
import { DeskIntentEvent, type Side } from '../desk-intent.ts';
import type { DeskPreferences } from '../desk-preferences.ts';
import { deskSheets } from '../desk-sheets.ts';
import '../inbox/inbox.ts';
import { commandOf } from '../keys/desk-command.ts';
import '../keys/keys.ts';
import '../settings/settings.ts';
import type { NotifyPermission } from '../settings/switches.ts';
import '../welcome/welcome.ts';
import { DeskActions } from './desk-actions.ts';
import css from './desk.css?inline';
import { rail } from './rail.ts';
import { type Toast, toastLine } from './toast.ts';

const permission = (): NotifyPermission =>
  'Notification' in window ? Notification.permission : 'absent';

/** One pane at a time on a phone. */
export type Pane = 'inbox' | 'conversation' | 'side';

/** @tag comptoir-desk */
export class ComptoirDesk extends LitElement {
  static override styles = [...deskSheets, unsafeCSS(css)];

  /** Where everything shown comes from. */
  @property({ attribute: false }) store: DeskStore | null = null;
  @property({ attribute: false }) preferences: DeskPreferences | null = null;
  /** The code of the link that opened the page, to look at again. */
  @property({ attribute: false }) invitation: string | null = null;
  /** The linking code of the address that opened the page. */
  @property({ attribute: false }) linkCode: string | null = null;
  /** Loads the page anew: after an update, or once everything here was deleted. */
  @property({ attribute: false }) reload: () => void = () => location.reload();

  /** Why there is no store and will be none. */
  @property({ attribute: false }) failure: 'unsupported' | 'storage' | null = null;

  @reactive() private pane: Pane = 'inbox';
  @reactive() private side: Side = 'context';
  @reactive() private sideOpen = false;
  @reactive() private toast: Toast | null = null;
  @reactive() private sending = false;

  readonly #desk = new StoreController<DeskState>(this);
  readonly #singleKeys = new StoreController<boolean>(this);
  readonly #actions = new DeskActions({
    store: () => this.store,
    tell: (toast) => (this.toast = toast),
    words: () => this.words,
    sending: (sending) => (this.sending = sending),
    reload: () => this.reload(),
    invitation: () => this.invitation,
    setSingleKeys: (on) => this.preferences?.setSingleKeys(on),
    opened: () => this.#opened(),
    closed: () => this.#toInbox(),
    show: (side) => this.#show(side),
    hideSide: () => this.#hideSide(),
    help: () => this.#part('comptoir-desk-keys')?.show(),
    showBlock: (open) => this.#part('comptoir-desk-block')?.show(open),
    insert: (text) => {
      this.pane = 'conversation';
      this.sideOpen = false;
      this.#part('comptoir-desk-conversation')?.insert(text);
    },
  });
  #seen = false;
  #arrangement: readonly unknown[] = [];
  /** A phone that is turned shows other panes. */
  readonly #resized = new ResizeObserver(() => this.#tellSeen());
  /** The lost claim that was told last. */
  #lost: string | null = null;

  constructor() {
    super();
    // A line that told something goes away, or a whole screen.
    keepFocus(this, () => this.#rest());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener(DeskIntentEvent.type, this.#intent);
    addEventListener('keydown', this.#key);
    this.#resized.observe(this);
    document.addEventListener('visibilitychange', this.#visibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener(DeskIntentEvent.type, this.#intent);
    removeEventListener('keydown', this.#key);
    this.#resized.disconnect();
    document.removeEventListener('visibilitychange', this.#visibility);
    this.#actions.dispose();
  }

  /** The language of the words now. */
  get language(): string {
    return this.#desk.value?.lang ?? navigator.language;
  }

  /** Opens a conversation from outside, such as a notification. */
  open(id: ConversationId): void {
    void this.#actions.do({ do: 'select', id });
  }

  protected get words(): DeskWords {
    return deskWords(this.language);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('store')) this.#desk.watch(this.store?.state ?? null);
    // Used by now, or of no use: it must not be offered when this place ends one day.
    if (this.#desk.value?.access.status === 'inside') this.linkCode = null;
    if (changed.has('preferences')) this.#singleKeys.watch(this.preferences?.singleKeys ?? null);
  }

  protected override updated(): void {
    // Looking costs a layout: only where what stands where may be another now.
    const arrangement = [this.#shownPane, this.sideOpen, this.renderRoot.querySelector('.middle')];
    if (arrangement.some((part, at) => part !== this.#arrangement[at])) {
      this.#arrangement = arrangement;
      this.#tellSeen();
    }
    this.#tellLost();
  }

  /** A phone shows the inbox where there is nothing else to show. */
  get #shownPane(): Pane {
    return this.pane === 'conversation' && !this.#desk.value?.thread ? 'inbox' : this.pane;
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.#desk.value;
    const { language } = this;
    if (!state) {
      return html`<comptoir-desk-arrival
        .failure=${this.failure}
        .language=${language}
      ></comptoir-desk-arrival>`;
    }
    if (state.access.status !== 'inside' || state.network.type === 'ended') {
      return html`<comptoir-desk-arrival
        .state=${state}
        .language=${language}
        .devices=${this.store?.devices}
        code=${this.linkCode ?? ''}
      ></comptoir-desk-arrival>`;
    }
    if (state.welcome !== null) {
      return html`<comptoir-desk-welcome
        .state=${state}
        .language=${language}
        .permission=${permission()}
      ></comptoir-desk-welcome>`;
    }
    const { words } = this;
    return html`<div
        class="desk"
        data-pane=${this.#shownPane}
        data-side=${this.sideOpen ? 'open' : 'closed'}
      >
        ${rail({
          state,
          words,
          here: this.#shownPane === 'inbox' || !this.sideOpen ? 'inbox' : this.side,
          inbox: () => this.#toInbox(),
          show: (side) => this.#show(side),
          help: () => this.#part('comptoir-desk-keys')?.show(),
        })}
        <section class="pane inbox" aria-label=${words.inbox.title}>
          <comptoir-desk-inbox .state=${state} .language=${language}></comptoir-desk-inbox>
        </section>
        <main class="pane middle">
          <comptoir-desk-conversation
            .state=${state}
            .language=${language}
            .sending=${this.sending}
            .sideOpen=${this.sideOpen}
          ></comptoir-desk-conversation>
        </main>
        <aside class="pane side" aria-label=${words.context.label}>${this.#side(state)}</aside>
        <div class="toast" role="status">${this.toast ? this.#toast(this.toast) : nothing}</div>
      </div>
      <comptoir-desk-keys
        .language=${language}
        .singleKeys=${this.#singleKeys.value ?? true}
      ></comptoir-desk-keys>
      ${
        state.blocking
          ? html`<comptoir-desk-block .state=${state} .language=${language}></comptoir-desk-block>`
          : nothing
      }`;
  }

  #side(state: DeskState): TemplateResult {
    const { language, side } = this;
    switch (side) {
      case 'context':
        return html`<comptoir-desk-context
          .state=${state}
          .language=${language}
        ></comptoir-desk-context>`;
      case 'canned':
        return html`<comptoir-desk-canned
          .state=${state}
          .language=${language}
        ></comptoir-desk-canned>`;
      case 'unsent':
        return html`<comptoir-desk-unsent
          .state=${state}
          .language=${language}
        ></comptoir-desk-unsent>`;
      case 'card':
        return html`<comptoir-desk-card
          .state=${state}
          .language=${language}
          .online=${state.network.type === 'online'}
        ></comptoir-desk-card>`;
      case 'settings':
        return html`<comptoir-desk-settings
          .state=${state}
          .language=${language}
          .devices=${this.store?.devices}
          .singleKeys=${this.#singleKeys.value ?? true}
          .permission=${permission()}
        ></comptoir-desk-settings>`;
    }
  }

  #toast(toast: Toast): TemplateResult {
    return toastLine(toast, {
      words: this.words,
      undo: (intent) => {
        this.toast = null;
        void this.#actions.do(intent, { quiet: true });
      },
      dismiss: () => (this.toast = null),
    });
  }

  #show(side: Side): void {
    this.side = side;
    this.sideOpen = true;
    this.pane = 'side';
    // The focus follows into the pane, where Tab goes on and Esc leads back.
    void this.updateComplete.then(() => this.#rest());
  }

  #hideSide(): void {
    const wasContext = this.side === 'context';
    this.side = 'context';
    this.sideOpen = false;
    this.pane = wasContext && this.#desk.value?.selected ? 'conversation' : 'inbox';
    void this.updateComplete.then(() =>
      this.pane === 'conversation'
        ? this.#part('comptoir-desk-conversation')?.focusAnswer()
        : this.#part('comptoir-desk-inbox')?.rest(),
    );
  }

  #opened(): void {
    this.pane = 'conversation';
    this.sideOpen = false;
    void this.updateComplete
      .then(() => this.#part('comptoir-desk-conversation')?.updateComplete)
      .then(() => this.#part('comptoir-desk-conversation')?.focusAnswer());
  }

  #toInbox(): void {
    this.pane = 'inbox';
    this.side = 'context';
    this.sideOpen = false;
    void this.updateComplete.then(() => this.#rest());
  }

  /** Puts the focus into the pane that was looked at last, or into what the desk shows instead of panes. */
  #rest(): void {
    const panes = { inbox: '.inbox', conversation: '.middle', side: '.side' };
    const part =
      this.renderRoot.querySelector<DeskElement>(`${panes[this.#shownPane]} > *`) ??
      this.#part('comptoir-desk-welcome') ??
      this.#part('comptoir-desk-arrival');
    void part?.updateComplete.then(() => part.rest());
  }

  #part<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] | null {
    return this.renderRoot.querySelector(name);
  }

  readonly #intent = (event: Event): void => {
    event.stopPropagation();
    void this.#actions.do((event as DeskIntentEvent).intent);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const state = this.#desk.value;
    if (state?.access.status !== 'inside' || state.welcome !== null) return;
    const dialog =
      (this.#part('comptoir-desk-keys')?.open ?? false) ||
      (this.#part('comptoir-desk-block')?.open ?? false) ||
      (this.#part('comptoir-desk-settings')?.dialogOpen ?? false);
    const command = commandOf(event, { singleKeys: this.#singleKeys.value ?? true, dialog });
    if (command === null) return;
    event.preventDefault();
    const inbox = this.#part('comptoir-desk-inbox');
    if (command === 'back') {
      if (this.sideOpen) this.#hideSide();
      else this.#toInbox();
    } else if (command === 'next' || command === 'previous') {
      if (this.pane !== 'inbox') this.pane = 'inbox';
      void this.updateComplete.then(() => inbox?.move(command === 'next' ? 1 : -1));
    } else if (command === 'canned') {
      if (state.thread) {
        this.pane = 'conversation';
        this.#part('comptoir-desk-conversation')?.toggleCanned();
      } else this.#show('canned');
    } else {
      void this.#actions.command(command, state, inbox?.focusedAsk ?? null);
    }
  };

  /** Once, and only where somebody can read it. */
  #tellLost(): void {
    const lost = this.#desk.value?.lost ?? null;
    if (!lost || lost.id === this.#lost || document.visibilityState !== 'visible') return;
    this.#lost = lost.id;
    this.#actions.lost(lost);
  }

  /** Read positions move only while the conversation can be seen. */
  readonly #tellSeen = (): void => {
    const middle = this.renderRoot.querySelector('.middle');
    const seen = document.visibilityState === 'visible' && middle?.checkVisibility() === true;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.store?.setVisible(seen);
  };

  readonly #visibility = (): void => {
    this.#tellSeen();
    this.#tellLost();
  };
}

define('comptoir-desk', ComptoirDesk);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-desk': ComptoirDesk;
  }
}
