/** A thread of messages, for the widget and the desk. It opens at the end and stays where the reader is. */
import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { page } from '../../signals/page.ts';
import { commonWords } from '../../locales/common-words.ts';
import { threadWords } from '../../locales/thread-words.ts';
import { overSheet } from '../../styles/over-sheet.ts';
import { partsSheet } from '../../styles/parts-sheet.ts';
import { base, tokens } from '../../styles/sheets.ts';
import type { EntryId } from '../../../shared/ids.ts';
import { messageIn } from '../../store/conversation/message-in.ts';
import type { ThreadMessage, ThreadState } from '../../store/conversation/thread-state.ts';
import { followClock } from '../follow-clock.ts';
import { keepFocus } from '../keep-focus.ts';
import { define } from '../define.ts';
import { EditEvent } from '../events/edit-event.ts';
import { WithdrawEvent } from '../events/withdraw-event.ts';
import { QuoteEvent } from '../events/quote-event.ts';
import { AppealEvent } from '../events/appeal-event.ts';
import { DecisionSeenEvent } from '../events/decision-seen-event.ts';
import { UnreportEvent } from '../events/report-event.ts';
import { ReportSheet, reportLabel } from '../moderation/report-sheet.ts';
import { moderatedStyles } from '../moderation/moderated-styles.ts';
import { messageItems } from '../message-menu/message-items.ts';
import { MessageMenu } from '../message-menu/message-menu.ts';
import { messageMenuStyles } from '../message-menu/message-menu-styles.ts';
import { arrowDownIcon } from '../more-icons.ts';
import { OpenCard } from '../person-card/open-card.ts';
import { personCard } from '../person-card/person-card.ts';
import { personCardStyles } from '../person-card/person-card-styles.ts';
import { quoteStyles } from '../quote/quote-styles.ts';
import { type BlockContext, drawnBlock } from './block-templates.ts';
import { bones, typist } from './thread-edges.ts';
import { type ThreadPlace, ThreadScroll } from './thread-scroll.ts';
import { ThreadFocus } from './thread-focus.ts';
import { ThreadWindow } from './thread-window.ts';
import { threadStyles } from './thread-styles.ts';

/** How long it is told what happened, such as a copy. */
const TOLD_MS = 4_000;

/**
 * @slot after - What follows the last message, such as a waiting card.
 * @csspart scroll - The area that scrolls.
 * @csspart bubble - One message's text.
 * @csspart meta - Time and state under a group.
 * @csspart day - The line before a day's first message.
 * @csspart unread - The line before the first unread message.
 * @csspart note - An act told in one line.
 * @csspart avatar - A person's picture.
 * @csspart badge - A person's role.
 * @csspart card - Who somebody is, or the sheet that reports a message, over the thread.
 * @csspart pill - The button that goes to the newest message.
 * @csspart quote - The message that another answers, above its words.
 * @csspart menu - What can be done with a message.
 * @fires comptoir-quote - A message should be answered.
 * @fires comptoir-edit - A refused message should come back into the composer.
 * @fires comptoir-card - Somebody's card was opened or closed.
 * @fires comptoir-report - A message is reported.
 * @fires comptoir-unreport - A report should be taken back.
 * @fires comptoir-appeal - Another look at a decision is asked for.
 * @fires comptoir-decision-seen - A decision about an own message is on screen.
 * @fires comptoir-withdraw - An own message should be taken back. Cancelable.
 */
export class ComptoirThread extends LitElement {
  static override styles = [
    tokens,
    base,
    partsSheet,
    quoteStyles,
    threadStyles,
    messageMenuStyles,
    overSheet,
    personCardStyles,
    moderatedStyles,
  ];

  @property({ attribute: false }) thread: ThreadState | null = null;
  /** Language of the words, as a BCP 47 tag. */
  @property() locale = 'fr';
  /** What the relay's clock is ahead of this device's, ms: times are the relay's. */
  @property({ attribute: false }) ahead = 0;
  /** Where to open instead of at the end. */
  start: ThreadPlace | null = null;
  /** Whether somebody may answer here. */
  @property({ type: Boolean }) quotable = false;
  /** The message that somebody was led to, for a moment. */
  @state() private marked: string | null = null;
  /** The message whose menu Tab reaches; null: the newest. */
  @state() private stop: string | null = null;
  /** What happened, for a moment. */
  @state() private told = '';
  @query('.scroll') private readonly scroller!: HTMLElement | null;

  readonly #window = new ThreadWindow(() => this.#held());
  readonly #scroll = new ThreadScroll(this, this.#window);
  readonly #focus = new ThreadFocus(this, this.#scroll);
  readonly #menu = new MessageMenu(this);
  readonly #card = new OpenCard(this);
  readonly #sheet = new ReportSheet(this);
  #telling: ReturnType<typeof setTimeout> | undefined;
  #shownThread: string | null = null;
  #drawnVersion = 0;
  #seenId: string | null = null;
  #lastMine: string | null = null;

  constructor() {
    super();
    followClock(this);
    // What was pressed may be gone, such as the button to the end.
    keepFocus(this, () => this.scroller?.focus({ preventScroll: true }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#telling);
    this.told = '';
  }

  /** Whether somebody's card is open. */
  get hasCard(): boolean {
    return this.#card.person !== null;
  }

  /** Closes the card. */
  closeCard(): void {
    this.#card.close();
  }

  /** What the reader looks at; null at the end. */
  get place(): ThreadPlace | null {
    return this.#scroll.place;
  }

  /** Goes to the newest message. */
  toEnd(): void {
    this.#scroll.toEnd();
  }

  protected override update(changed: PropertyValues<this>): void {
    const isSame = this.hasUpdated && this.thread?.id === this.#shownThread;
    const isMoved = changed.has('thread') || this.#window.version !== this.#drawnVersion;
    const [keep, focus] =
      isSame && isMoved ? [this.#scroll.anchor(), this.#focus.keep()] : [null, null];
    if (changed.has('thread')) this.#show(isSame);
    if (this.start && this.thread?.status === 'ready') this.#window.reach(this.start.key);
    const before = changed.get('thread');
    if (before && before.id !== this.thread?.id) {
      this.#card.drop();
      this.#sheet.drop();
    }
    if (this.#menu.messageId !== null && !this.#message(this.#menu.messageId)) this.#menu.close();
    this.#drawnVersion = this.#window.version;
    super.update(changed);
    focus?.();
    keep?.();
  }

  #show(isSame: boolean): void {
    const { atEnd } = this.#scroll;
    this.#window.show(this.thread, isSame && !atEnd ? this.#scroll.sight : null);
    if (!isSame || !atEnd || !this.#window.isLarge) return;
    const { sight } = this.#scroll;
    if (sight) this.#window.around(sight);
  }

  /** What is not let go of: what has the focus, and whose menu is open. */
  #held(): readonly string[] {
    return [this.#focus.id, this.#menu.messageId].filter((id) => id !== null);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { thread } = this;
    const last = thread?.items.at(-1) ?? null;
    if (this.#scroll.atEnd) this.#seenId = last?.id ?? null;
    if (!changed.has('thread')) return;
    const mine = last?.type === 'message' && last.mine ? last.id : null;
    if (thread?.status === 'ready' && thread.id !== this.#shownThread) {
      this.#shownThread = thread.id;
      this.#seenId = last?.id ?? null;
      this.#open();
    } else if (mine !== null && mine !== this.#lastMine) {
      this.toEnd();
    }
    this.#lastMine = mine;
  }

  #open(): void {
    this.#scroll.open(this.start);
    this.start = null;
  }

  #message(id: string | null): ThreadMessage | undefined {
    return messageIn(this.thread, id);
  }

  /** Leads to a message: it is laid out, scrolled to, marked for a moment, and read to whoever listens. */
  async #reach(id: string): Promise<void> {
    this.marked = null;
    if (this.#window.reach(id)) this.requestUpdate();
    await this.updateComplete;
    this.marked = id;
    await this.updateComplete;
    const bubble = this.renderRoot.querySelector<HTMLElement>('.bubble.marked');
    if (!bubble) return;
    this.#scroll.lead(bubble);
    bubble.focus({ preventScroll: true });
  }

  async #copy(text: string): Promise<void> {
    const words = threadWords(this.locale);
    try {
      await page.navigator.clipboard.writeText(text);
      this.#tell(words.copied);
    } catch {
      this.#tell(words.notCopied); // the page that embeds the chat may forbid it
    }
  }

  #tell(text: string): void {
    clearTimeout(this.#telling);
    this.told = text;
    this.#telling = setTimeout(() => (this.told = ''), TOLD_MS);
  }

  /** What is told inside is told outside: events of ours do not leave a root by themselves. */
  #pass(event: Event): void {
    if (event instanceof AppealEvent)
      this.dispatchEvent(new AppealEvent(event.reference, event.text));
    else if (event instanceof DecisionSeenEvent)
      this.dispatchEvent(new DecisionSeenEvent(event.decision));
  }

  /** Moves the focus to the menu of the message before or after, which may have to be laid out first. */
  async #step(event: KeyboardEvent, by: 1 | -1): Promise<void> {
    event.preventDefault();
    const from = event.currentTarget as HTMLElement;
    const next = (): HTMLElement | undefined => {
      const stops = [...this.renderRoot.querySelectorAll<HTMLElement>('.more-of, .edge')];
      return stops[stops.indexOf(from) + by];
    };
    if (next()?.matches('.edge')) await this.#scroll.fill(by < 0 ? 'earlier' : 'later');
    next()?.focus();
  }

  #newCount(): number {
    const { thread } = this;
    if (this.#scroll.atEnd || !thread) return 0;
    const from = thread.items.findIndex(({ id }) => id === this.#seenId);
    if (from < 0) return 0; // it was withdrawn: what came after it is not known any more
    return thread.items.slice(from + 1).filter((item) => item.type === 'message' && !item.mine)
      .length;
  }

  protected override render(): TemplateResult {
    const words = threadWords(this.locale);
    const { thread } = this;
    return html`
      <div
        class="scroll"
        part="scroll"
        role="region"
        aria-label=${words.messages}
        tabindex="0"
        ?inert=${this.hasCard || this.#sheet.target !== null}
        @scroll=${() => this.#scroll.scrolled()}
      >
        <div class="lists">
          ${
            thread?.status === 'refused'
              ? html`<p class="note">${words.noAccess}</p>`
              : thread?.status === 'ready'
                ? this.#messages(thread)
                : bones(words.loading)
          }
          <slot name="after" part="after"></slot>
        </div>
      </div>
      ${this.#pill()} ${this.#personCard()} ${this.#sheet.render(this.thread, this.locale)}
      ${this.#menu.render(this.#message(this.#menu.messageId), words.actions, (message) =>
        messageItems(message, {
          words,
          quotable: this.quotable,
          quote: (id) => this.dispatchEvent(new QuoteEvent(id)),
          copy: (text) => void this.#copy(text),
          withdraw: (id) => this.dispatchEvent(new WithdrawEvent(id)),
          report: (id) => this.#sheet.show(id),
          reportLabel: reportLabel(this.thread, message, this.locale),
        }),
      )}
      <p class="told" role="status">${this.told}</p>
    `;
  }

  #personCard(): TemplateResult | typeof nothing {
    const { person } = this.#card;
    if (!person) return nothing;
    // As they are now: presence and card may have changed while it is open.
    const now = this.thread?.answerers.find(({ member }) => member === person.member) ?? person;
    const at = Date.now() + this.ahead;
    return personCard(now, commonWords(this.locale), at, () => this.#card.close());
  }

  /** Earlier messages are outside the log: scrolling back must not be announced. */
  #messages(thread: ThreadState): TemplateResult {
    const words = threadWords(this.locale);
    const newest = thread.items.findLast((item) => item.type === 'message');
    const context: BlockContext = {
      words,
      now: Date.now() + this.ahead,
      marked: this.marked,
      contacts: thread.contacts,
      settled: () => (this.marked = null),
      menuOf: this.#menu.messageId,
      menu: (id, at, opener) => {
        if (this.#menu.messageId === id) this.#menu.close(true);
        else this.#menu.show(id, at, opener);
      },
      current: this.stop !== null && this.#window.has(this.stop) ? this.stop : (newest?.id ?? null),
      stopAt: (id) => (this.stop = id),
      step: (event, by) => void this.#step(event, by),
      fill: (side) => void this.#scroll.fill(side),
      reach: (id) => void this.#reach(id),
      meet: (person) => this.#card.show(person),
      edit: (id) => this.dispatchEvent(new EditEvent(id)),
      withdraw: (id) => this.dispatchEvent(new WithdrawEvent(id)),
      copy: (text) => void this.#copy(text),
      takeBack: (id) => this.dispatchEvent(new UnreportEvent(id as EntryId)),
      pass: (event) => this.#pass(event),
    };
    const { earlier, live, generation } = this.#window;
    const list = (blocks: typeof earlier): TemplateResult =>
      html`<ol class="thread">
        ${repeat(
          blocks,
          ({ key }) => key,
          (block) => drawnBlock(block, context),
        )}
      </ol>`;
    return html`
      ${earlier.length > 0 ? list(earlier) : nothing}
      ${keyed(
        generation,
        html`<div class="log" role="log" aria-relevant="additions">${list(live)}</div>`,
      )}
      ${thread.typing.length > 0 ? typist(thread.typing, words) : nothing}
    `;
  }

  #pill(): TemplateResult | typeof nothing {
    const words = threadWords(this.locale);
    const count = this.#newCount();
    if (count === 0 && !this.#scroll.farFromEnd) return nothing;
    return html`<button
      type="button"
      class="pill"
      part="pill"
      aria-label=${count > 0 ? nothing : words.toEnd}
      @click=${this.toEnd}
    >
      ${arrowDownIcon}${count > 0 ? words.newCount(count) : nothing}
    </button>`;
  }
}

define('comptoir-thread', ComptoirThread);

declare global {
  interface HTMLElementTagNameMap {
    'comptoir-thread': ComptoirThread;
  }
}
