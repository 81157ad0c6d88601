/** Where the reader is in a thread: at its end, or at a place that must not move under them. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ThreadWindow } from './thread-window.ts';

/** Where a reader is in a thread. */
export interface ThreadPlace {
  /** The first block in sight. */
  readonly key: string;
  /** Its distance from the upper edge, px; negative for one that is cut. */
  readonly top: number;
}

type Host = ReactiveControllerHost & { readonly renderRoot: ParentNode };

/** This near to the end counts as being there, in px. */
const NEAR_END = 48;
/** This near to the start fetches earlier messages. */
const NEAR_START = 600;
/** Between the upper edge and the line above what is unread, px. */
const ABOVE_UNREAD = 28;

export class ThreadScroll implements ReactiveController {
  readonly #host: Host;
  readonly #window: ThreadWindow;
  #holder: ResizeObserver | undefined;
  #heldAt = 0;
  #atEnd = true;
  #farFromEnd = false;

  constructor(host: Host, window: ThreadWindow) {
    this.#host = host;
    this.#window = window;
    host.addController(this);
  }

  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Whether the end is out of sight. */
  get farFromEnd(): boolean {
    return this.#farFromEnd;
  }

  /** What the reader looks at; null at the end. */
  get place(): ThreadPlace | null {
    const seen = this.#seen();
    if (!seen) return null;
    const { key } = this.#window.shown[seen.at]!;
    return { key, top: seen.block.getBoundingClientRect().top - seen.top };
  }

  hostDisconnected(): void {
    this.#holder?.disconnect();
  }

  /** Goes to the newest message. */
  toEnd(): void {
    if (this.#scroller) this.#scroller.scrollTop = 0;
  }

  /** Goes to a place if it is there, else to the first unread message, unless that is in sight at the end anyway. */
  open(place: ThreadPlace | null): void {
    this.toEnd();
    const line = this.#host.renderRoot.querySelector('.unread');
    const scroller = this.#scroller;
    if (place && this.#goTo(place)) return this.#hold(place);
    if (!line || !scroller) return;
    const above = scroller.getBoundingClientRect().top - line.getBoundingClientRect().top;
    if (above > 0) scroller.scrollTop -= above + ABOVE_UNREAD;
  }

  /** Brings something into the middle. Not `scrollIntoView`, which would move the page around the chat too. */
  lead(to: Element): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const [box, target] = [scroller.getBoundingClientRect(), to.getBoundingClientRect()];
    const room = Math.max(NEAR_END, (box.height - target.height) / 2);
    scroller.scrollTop += target.top - box.top - room;
  }

  /** Remembers what the reader looks at. The returned function puts it back in its place. */
  anchor(): (() => void) | null {
    const seen = this.#seen()?.block;
    const scroller = this.#scroller;
    if (!seen || !scroller) return null;
    const before = seen.getBoundingClientRect().top;
    return () => {
      if (seen.isConnected) scroller.scrollTop += seen.getBoundingClientRect().top - before;
    };
  }

  /** The reader scrolled, or the thread may have another height. */
  scrolled(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const fromEnd = -scroller.scrollTop;
    if (Math.abs(fromEnd + this.#heldAt) > 1) this.#holder?.disconnect();
    const [atEnd, far] = [fromEnd < NEAR_END, fromEnd > scroller.clientHeight];
    let changed = atEnd !== this.#atEnd || far !== this.#farFromEnd;
    this.#atEnd = atEnd;
    this.#farFromEnd = far;
    if (atEnd) changed = this.#window.settle() || changed;
    const fromStart = scroller.scrollHeight - scroller.clientHeight - fromEnd;
    if (fromStart < NEAR_START) changed = this.#window.grow() || changed;
    if (changed) this.#host.requestUpdate();
  }

  get #scroller(): Element | null {
    return this.#host.renderRoot.querySelector('.scroll');
  }

  get #blocks(): Element[] {
    return [...this.#host.renderRoot.querySelectorAll('.thread > li')];
  }

  /** Whether that place is there. */
  #goTo({ key, top }: ThreadPlace): boolean {
    const scroller = this.#scroller;
    const block = this.#blocks[this.#window.shown.findIndex((shown) => shown.key === key)];
    if (!scroller || !block) return false;
    const edge = scroller.getBoundingClientRect().top;
    scroller.scrollTop += block.getBoundingClientRect().top - edge - top;
    this.#heldAt = scroller.scrollTop;
    return true;
  }

  /** What follows the last message may come later: until the reader scrolls, it moves nothing. */
  #hold(place: ThreadPlace): void {
    const lists = this.#host.renderRoot.querySelector('.lists');
    this.#holder = new ResizeObserver(() => this.#goTo(place));
    if (lists) this.#holder.observe(lists);
  }

  /** The first block in sight; null at the end. */
  #seen(): { readonly block: Element; readonly at: number; readonly top: number } | null {
    const scroller = this.#scroller;
    if (!scroller || this.#atEnd) return null;
    const { top } = scroller.getBoundingClientRect();
    const blocks = this.#blocks;
    const at = blocks.findIndex((block) => block.getBoundingClientRect().bottom > top);
    const block = blocks[at];
    return block ? { block, at, top } : null;
  }
}
