/** A thread of messages, for the widget and the desk. It opens at the end and stays where the reader is. */
import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { page } from '../../signals/page.ts';
import { commonWords } from '../../locales/common-words.ts';
import { threadWords } from '../../locales/thread-words.ts';
import { partsSheet } from '../../styles/parts-sheet.ts';
import { base, tokens } from '../../styles/sheets.ts';
import type { ThreadMessage, ThreadState } from '../../store/conversation/thread-state.ts';
import type { Person } from '../../store/person.ts';
import { avatar } from '../avatar.ts';
import { followClock } from '../follow-clock.ts';
import { keepFocus } from '../keep-focus.ts';
import { define } from '../define.ts';
import { CardEvent } from '../events/card-event.ts';
import { EditEvent } from '../events/edit-event.ts';
import { WithdrawEvent } from '../events/withdraw-event.ts';
import { QuoteEvent } from '../events/quote-event.ts';
import { type MenuItem, MessageMenu } from '../message-menu/message-menu.ts';
import { messageMenuStyles } from '../message-menu/message-menu-styles.ts';
import { arrowDownIcon, copyIcon, replyIcon, undo2Icon } from '../more-icons.ts';
import { personCard } from '../person-card/person-card.ts';
import { personCardStyles } from '../person-card/person-card-styles.ts';
import { quoteStyles } from '../quote/quote-styles.ts';
import { type BlockContext, blockTemplate } from './block-templates.ts';
import { ThreadWindow } from './thread-window.ts';
import { threadStyles } from './thread-styles.ts';

/** This near to the end counts as being there, in px. */
const NEAR_END = 48;
/** Where a reader is in a thread. */
export interface ThreadPlace {
  /** The first block in sight. */
  readonly key: string;
  /** Its distance from the upper edge, px; negative for one that is cut. */
  readonly top: number;
}

/** This near to the start fetches earlier messages. */
const NEAR_START = 600;
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
 * @csspart card - Who somebody is, over the thread.
 * @csspart pill - The button that goes to the newest message.
 * @csspart quote - The message that another answers, above its words.
 * @csspart menu - What can be done with a message.
 * @fires comptoir-quote - A message should be answered.
 * @fires comptoir-edit - A refused message should come back into the composer.
 * @fires comptoir-card - Somebody's card was opened or closed.
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
    personCardStyles,
  ];

  @property({ attribute: false }) thread: ThreadState | null = null;
  /** Language of the words, as a BCP 47 tag. */
  @property() locale = 'fr';
  /** What the relay's clock is ahead of this device's, ms: times are the relay's. */
  @property({ attribute: false }) ahead = 0;
  /** Where to open instead of at the end. */
  start: ThreadPlace | null = null;
  @state() private atEnd = true;
  @state() private farFromEnd = false;
  /** Whether somebody may answer here. */
  @property({ type: Boolean }) quotable = false;
  /** The message that somebody was led to, for a moment. */
  @state() private marked: string | null = null;
  /** The message whose menu Tab reaches; null: the newest. */
  @state() private stop: string | null = null;
  /** What happened, for a moment. */
  @state() private told = '';
  /** Whose card is open. */
  @state() private met: Person | null = null;
  @query('.scroll') private readonly scroller!: HTMLElement | null;

  readonly #window = new ThreadWindow();
  readonly #menu = new MessageMenu(this);
  #telling: ReturnType<typeof setTimeout> | undefined;
  #shownThread: string | null = null;
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
    this.#holder?.disconnect();
  }

  /** Whether somebody's card is open. */
  get hasCard(): boolean {
    return this.met !== null;
  }

  /** Closes the card. */
  closeCard(): void {
    this.#leave();
  }

  /** What the reader looks at; null at the end. */
  get place(): ThreadPlace | null {
    const seen = this.#seen();
    if (!seen) return null;
    const { key } = this.#window.shown[seen.at]!;
    return { key, top: seen.block.getBoundingClientRect().top - seen.top };
  }

  /** Goes to the newest message. */
  toEnd(): void {
    if (this.scroller) this.scroller.scrollTop = 0;
  }

  protected override update(changed: PropertyValues<this>): void {
    const keep = this.hasUpdated && changed.has('thread') ? this.#anchor() : null;
    if (changed.has('thread')) {
      this.#window.show(this.thread);
      if (this.hasUpdated && this.atEnd) this.#window.settle();
    }
    if (this.start && this.thread?.status === 'ready') this.#window.reach(this.start.key);
    if (this.met && changed.get('thread') && changed.get('thread')?.id !== this.thread?.id)
      this.met = null;
    if (this.#menu.messageId !== null && !this.#message(this.#menu.messageId)) this.#menu.close();
    super.update(changed);
    keep?.();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if ((changed as PropertyValues).get('met') !== undefined) this.dispatchEvent(new CardEvent());
    if (!changed.has('thread')) return;
    const { thread } = this;
    const last = thread?.items.at(-1) ?? null;
    const mine = last?.type === 'message' && last.mine ? last.id : null;
    if (thread?.status === 'ready' && thread.id !== this.#shownThread) {
      this.#shownThread = thread.id;
      this.#seenId = last?.id ?? null;
      this.#open();
    } else if (mine !== null && mine !== this.#lastMine) {
      this.toEnd();
    }
    this.#lastMine = mine;
    if (this.atEnd) this.#seenId = last?.id ?? null;
  }

  /** Goes to the first unread message, unless it is in sight at the end anyway. */
  #open(): void {
    this.toEnd();
    requestAnimationFrame(() => this.#scrolled()); // by now it is known whether more is needed
    const line = this.renderRoot.querySelector('.unread');
    const { scroller, start } = this;
    this.start = null;
    if (start && this.#goTo(start)) return this.#hold(start);
    if (!line || !scroller) return;
    const above = scroller.getBoundingClientRect().top - line.getBoundingClientRect().top;
    if (above > 0) scroller.scrollTop = -above - 28 + scroller.scrollTop;
  }

  /** Whether that place is there. */
  #goTo({ key, top }: ThreadPlace): boolean {
    const { scroller } = this;
    const at = this.#window.shown.findIndex((block) => block.key === key);
    const block = scroller?.querySelectorAll('.thread > li')[at];
    if (!scroller || !block) return false;
    const edge = scroller.getBoundingClientRect().top;
    scroller.scrollTop += block.getBoundingClientRect().top - edge - top;
    this.#heldAt = scroller.scrollTop;
    return true;
  }

  /** What follows the last message may come later: until the reader scrolls, it moves nothing. */
  #hold(place: ThreadPlace): void {
    const lists = this.renderRoot.querySelector('.lists');
    this.#holder = new ResizeObserver(() => this.#goTo(place));
    if (lists) this.#holder.observe(lists);
  }
  #holder: ResizeObserver | undefined;
  #heldAt = 0;

  /** The first block in sight; null at the end. */
  #seen(): { readonly block: Element; readonly at: number; readonly top: number } | null {
    const { scroller } = this;
    if (!scroller || this.atEnd) return null;
    const { top } = scroller.getBoundingClientRect();
    const blocks = [...scroller.querySelectorAll('.thread > li')];
    const at = blocks.findIndex((block) => block.getBoundingClientRect().bottom > top);
    const block = blocks[at];
    return block ? { block, at, top } : null;
  }

  /** Remembers what the reader looks at. The returned function puts it back in its place. */
  #anchor(): (() => void) | null {
    const seen = this.#seen()?.block;
    const { scroller } = this;
    if (!seen || !scroller) return null;
    const before = seen.getBoundingClientRect().top;
    return () => {
      if (seen.isConnected) scroller.scrollTop += seen.getBoundingClientRect().top - before;
    };
  }

  #message(id: string | null): ThreadMessage | undefined {
    return this.thread?.items.find(
      (item): item is ThreadMessage => item.type === 'message' && item.id === id,
    );
  }

  /** Leads to a message: it is laid out, scrolled to, marked for a moment, and read to whoever listens. */
  async #reach(id: string): Promise<void> {
    this.marked = null;
    if (this.#window.reach(id)) this.requestUpdate();
    await this.updateComplete;
    this.marked = id;
    await this.updateComplete;
    const { scroller } = this;
    const bubble = this.renderRoot.querySelector<HTMLElement>('.bubble.marked');
    if (!scroller || !bubble) return;
    const [box, target] = [scroller.getBoundingClientRect(), bubble.getBoundingClientRect()];
    // Not `scrollIntoView`, which would move the page around the chat too.
    const room = Math.max(NEAR_END, (box.height - target.height) / 2);
    scroller.scrollTop += target.top - box.top - room;
    bubble.focus({ preventScroll: true });
  }

  #items({ id, text, retractable, delivery }: ThreadMessage): readonly MenuItem[] {
    const words = threadWords(this.locale);
    const refused = delivery?.type === 'refused';
    const items: (MenuItem | false)[] = [
      // Nobody else has what was refused, or is held.
      this.quotable &&
        !refused &&
        delivery?.type !== 'held' && {
          name: 'quote',
          icon: replyIcon,
          label: words.quote,
          act: () => this.dispatchEvent(new QuoteEvent(id)),
        },
      { name: 'copy', icon: copyIcon, label: words.copy, act: () => void this.#copy(text) },
      // What is withdrawn is erased everywhere.
      retractable &&
        !refused && {
          name: 'withdraw',
          icon: undo2Icon,
          label: words.withdraw,
          sure: words.withdrawSure,
          act: () => this.dispatchEvent(new WithdrawEvent(id)),
        },
    ];
    return items.filter((item) => item !== false);
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

  /** Moves the focus to the menu of the message before or after. */
  #step(event: KeyboardEvent, by: 1 | -1): void {
    event.preventDefault();
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.more-of')];
    buttons[buttons.indexOf(event.currentTarget as HTMLElement) + by]?.focus();
  }

  #scrolled(): void {
    const { scroller } = this;
    if (!scroller) return;
    const fromEnd = -scroller.scrollTop;
    if (Math.abs(fromEnd + this.#heldAt) > 1) this.#holder?.disconnect();
    this.atEnd = fromEnd < NEAR_END;
    this.farFromEnd = fromEnd > scroller.clientHeight;
    if (this.atEnd) {
      this.#seenId = this.thread?.items.at(-1)?.id ?? null;
      if (this.#window.settle()) this.requestUpdate();
    }
    const fromStart = scroller.scrollHeight - scroller.clientHeight - fromEnd;
    if (fromStart < NEAR_START && this.#window.grow()) this.requestUpdate();
  }

  #newCount(): number {
    const { thread } = this;
    if (this.atEnd || !thread) return 0;
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
        ?inert=${this.met !== null}
        @scroll=${this.#scrolled}
      >
        <div class="lists">
          ${
            thread?.status === 'refused'
              ? html`<p class="note">${words.noAccess}</p>`
              : thread?.status === 'ready'
                ? this.#messages(thread)
                : this.#bones()
          }
          <slot name="after" part="after"></slot>
        </div>
      </div>
      ${this.#pill()} ${this.#card()}
      ${this.#menu.render(
        this.#message(this.#menu.messageId),
        threadWords(this.locale).actions,
        (message) => this.#items(message),
      )}
      <p class="told" role="status">${this.told}</p>
    `;
  }

  #card(): TemplateResult | typeof nothing {
    const { met } = this;
    if (!met) return nothing;
    // As they are now: presence and card may have changed while it is open.
    const now = this.thread?.answerers.find(({ member }) => member === met.member) ?? met;
    return personCard(now, commonWords(this.locale), Date.now() + this.ahead, () => this.#leave());
  }

  #meet(person: Person): void {
    const { activeElement } = this.renderRoot as ShadowRoot;
    this.#before = activeElement instanceof HTMLElement ? activeElement : null;
    this.met = person;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.person-card button')?.focus(),
    );
  }
  #before: HTMLElement | null = null;

  #leave(): void {
    this.met = null;
    void this.updateComplete.then(() => this.#before?.focus({ preventScroll: true }));
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
      current: this.#message(this.stop)?.id ?? newest?.id ?? null,
      stopAt: (id) => (this.stop = id),
      step: (event, by) => this.#step(event, by),
      reach: (id) => void this.#reach(id),
      meet: (person) => this.#meet(person),
      edit: (id) => this.dispatchEvent(new EditEvent(id)),
      withdraw: (id) => this.dispatchEvent(new WithdrawEvent(id)),
    };
    const { earlier, live, more, generation } = this.#window;
    const list = (blocks: typeof live): TemplateResult =>
      html`<ol class="thread">
        ${repeat(
          blocks,
          ({ key }) => key,
          (block) => blockTemplate(block, context),
        )}
      </ol>`;
    return html`
      ${
        more
          ? html`<button type="button" class="button quiet small more" @click=${this.#earlier}>
              ${words.earlier}
            </button>`
          : nothing
      }
      ${earlier.length > 0 ? list(earlier) : nothing}
      ${keyed(
        generation,
        html`<div class="log" role="log" aria-relevant="additions">${list(live)}</div>`,
      )}
      ${
        thread.typing.length > 0
          ? html`<div class="thread">
              <div class="group typist">
                ${avatar(thread.typing[0] ?? null)}
                <div
                  class="bubble typing"
                  role="img"
                  aria-label=${words.typing(thread.typing.map(({ name }) => name || words.nameless))}
                >
                  <i></i><i></i><i></i>
                </div>
              </div>
            </div>`
          : nothing
      }
    `;
  }

  #earlier(): void {
    if (this.#window.grow()) this.requestUpdate();
  }

  #bones(): TemplateResult {
    const bone = (lines: TemplateResult): TemplateResult =>
      html`<div class="group">
        ${avatar(null)}
        <div class="stack"><div class="bubble">${lines}</div></div>
      </div>`;
    return html`<div class="thread bones" aria-busy="true">
      <span class="sr">${threadWords(this.locale).loading}</span>
      ${bone(html`<i class="bone b1"></i><i class="bone b2"></i>`)}
      ${bone(html`<i class="bone b3"></i>`)}
    </div>`;
  }

  #pill(): TemplateResult | typeof nothing {
    const words = threadWords(this.locale);
    const count = this.#newCount();
    if (count === 0 && !this.farFromEnd) return nothing;
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
