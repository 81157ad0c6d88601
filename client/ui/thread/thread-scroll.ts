/** Where the reader is in a thread: at its end, or at a place that must not move under them. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Side, Sight, ThreadWindow } from './thread-window.ts';

/** Where a reader is in a thread. */
export interface ThreadPlace {
  /** The first block in sight. */
  readonly key: string;
  /** Its distance from the upper edge, px; negative for one that is cut. */
  readonly top: number;
}

/** A message in sight, or a line between messages, and where it stands. */
interface Seen {
  readonly id: string;
  readonly top: number;
}

type Host = ReactiveControllerHost & { readonly renderRoot: ParentNode };

/** This near to the end counts as being there, in px. */
const NEAR_END = 48;
/** This near to where messages are left out fetches them. Below, nobody may pass over them unseen. */
const NEAR_EDGE = { earlier: 600, later: 2_400 } as const;
/** Who scrolls no further at once reads on, and does not jump to what stands there. */
const READS_ON = 6_000;
/** Between the upper edge and the line above what is unread, px. */
const ABOVE_UNREAD = 28;

export class ThreadScroll implements ReactiveController {
  readonly #host: Host;
  readonly #window: ThreadWindow;
  /** What is in the document, in the order of its elements. */
  #drawn: ThreadWindow['shown'] = [];
  #version = 0;
  /** Where the scroller was left, px. */
  #leftAt = 0;
  /** What stays in its place next, instead of what is in sight. */
  #pinned: Seen | null = null;
  #sizes: ResizeObserver | undefined;
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
    const scroller = this.#scroller;
    const block = this.#atEnd ? undefined : this.#blocksInSight()[0];
    if (!scroller || !block) return null;
    const { top } = scroller.getBoundingClientRect();
    return { key: block.key, top: block.element.getBoundingClientRect().top - top };
  }

  /** What of the thread is in sight; null if nothing is. */
  get sight(): Sight | null {
    const blocks = this.#blocksInSight();
    const [first, last] = [blocks[0], blocks.at(-1)];
    return first && last ? { first: first.key, last: this.#atEnd ? null : last.key } : null;
  }

  hostConnected(): void {
    this.#watchSize();
  }

  hostUpdated(): void {
    this.#drawn = this.#window.shown;
    this.#watchSize();
    if (this.#version === this.#window.version) return;
    this.#version = this.#window.version;
    // By then it is known whether more is needed.
    requestAnimationFrame(() => this.scrolled());
  }

  hostDisconnected(): void {
    this.#holder?.disconnect();
    this.#sizes?.disconnect();
    this.#sizes = undefined;
  }

  /** The block that an element stands in. */
  keyOf(element: Element): string | null {
    const block = element.closest('.thread > li');
    return (block && this.#drawn[this.#elements.indexOf(block)]?.key) ?? null;
  }

  /** The element of a message, or of a block. */
  elementOf(id: string): Element | null {
    const bubble = this.#host.renderRoot.querySelector(`[data-message="${CSS.escape(id)}"]`);
    if (bubble) return bubble;
    return this.#elements[this.#window.shown.findIndex(({ key }) => key === id)] ?? null;
  }

  /** Goes to the newest message. */
  toEnd(): void {
    if (this.#scroller) this.#scroller.scrollTop = 0;
  }

  /** Goes to a place if it is there, else to the first unread message, unless that is in sight at the end anyway. */
  open(place: ThreadPlace | null): void {
    this.toEnd();
    this.#atEnd = true;
    const line = this.#host.renderRoot.querySelector('.unread');
    const scroller = this.#scroller;
    if (place && this.#goTo(place)) return this.#hold(place);
    if (!line || !scroller) return;
    const above = scroller.getBoundingClientRect().top - line.getBoundingClientRect().top;
    if (above > 0) this.#move(-above - ABOVE_UNREAD);
  }

  /** Brings something into the middle. Not `scrollIntoView`, which would move the page around the chat too. */
  lead(to: Element): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const [box, target] = [scroller.getBoundingClientRect(), to.getBoundingClientRect()];
    const room = Math.max(NEAR_END, (box.height - target.height) / 2);
    this.#move(target.top - box.top - room);
  }

  /** Lays out more where messages are left out, because somebody asks for it: they read on from there. */
  async fill(side: Side): Promise<void> {
    const edge = this.#drawn.findIndex(({ key }) => key === side);
    const next = this.#drawn[edge + (side === 'earlier' ? 1 : -1)]?.key;
    if (next === undefined || !this.#window.grow(side, true)) return;
    this.#window.around({ first: next, last: next });
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const element = this.elementOf(next);
    if (element && !this.#isNear(element, 0)) this.lead(element);
  }

  /** Remembers what the reader looks at. The returned function puts it back in its place. */
  anchor(): (() => void) | null {
    const seen = this.#pinned ? [this.#pinned] : this.#atEnd ? [] : this.#seen();
    this.#pinned = null;
    if (seen.length === 0) return null;
    return () => {
      for (const { id, top } of seen) {
        const element = this.elementOf(id);
        if (!element) continue; // withdrawn, or let go of: the next one says as much
        const scroller = this.#scroller!;
        const was = scroller.scrollTop;
        scroller.scrollTop += element.getBoundingClientRect().top - top;
        this.#heldAt += scroller.scrollTop - was;
        this.#leftAt = scroller.scrollTop;
        return;
      }
    };
  }

  /** The reader scrolled, or the thread may have another height. */
  scrolled(): void {
    const scroller = this.#scroller;
    if (!scroller || scroller.clientHeight === 0) return; // nobody sees it
    const fromEnd = -scroller.scrollTop;
    if (Math.abs(fromEnd + this.#heldAt) > 1) this.#holder?.disconnect();
    const [atEnd, far] = [fromEnd < NEAR_END, fromEnd > scroller.clientHeight];
    let changed = atEnd !== this.#atEnd || far !== this.#farFromEnd;
    this.#atEnd = atEnd;
    this.#farFromEnd = far;
    if (this.#fit()) changed = true;
    this.#leftAt = scroller.scrollTop;
    if (changed) this.#host.requestUpdate();
  }

  /** Lets go of what is far from the reader, then lays out more where they come near to an edge. */
  #fit(): boolean {
    if (this.#version !== this.#window.version) return false; // looked at once that is drawn
    if (this.#readsOn()) return true;
    const sight = this.#window.isLarge ? this.sight : null;
    if (sight && this.#window.around(sight)) return true;
    let changed = false;
    for (const side of ['earlier', 'later'] as const) {
      const edge = this.#edge(side)?.element;
      if (edge && this.#isNear(edge, NEAR_EDGE[side]) && this.#window.grow(side)) changed = true;
    }
    return changed;
  }

  /** Somebody scrolled over what is left out in one go: it is laid out, and they are where they would have come to. */
  #readsOn(): boolean {
    const edge = this.#edge('later');
    const scroller = this.#scroller!;
    if (!edge || this.#atEnd || Math.abs(scroller.scrollTop - this.#leftAt) > READS_ON)
      return false;
    if (edge.element.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top)
      return false;
    if (this.#host.renderRoot.querySelector('.log :focus')) return false; // by a key, or a link
    const last = this.#drawn[edge.at - 1];
    const element = last && this.elementOf(last.key);
    if (!element || !this.#window.grow('later', true)) return false;
    this.#pinned = { id: last.key, top: element.getBoundingClientRect().top };
    return true;
  }

  #edge(side: Side): { readonly at: number; readonly element: Element } | null {
    const at = this.#drawn.findIndex(({ key }) => key === side);
    const element = this.#elements[at];
    return element ? { at, element } : null;
  }

  get #scroller(): Element | null {
    return this.#host.renderRoot.querySelector('.scroll');
  }

  get #elements(): Element[] {
    return [...this.#host.renderRoot.querySelectorAll('.thread > li')];
  }

  /** A window that is shown, or grows taller, may need more. */
  #watchSize(): void {
    const scroller = this.#scroller;
    if (this.#sizes || !scroller) return;
    this.#sizes = new ResizeObserver(() => this.scrolled());
    this.#sizes.observe(scroller);
  }

  /** Scrolls by so much, at once known to be away from the end. */
  #move(by: number): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    scroller.scrollTop += by;
    if (-scroller.scrollTop >= NEAR_END) this.#atEnd = false;
  }

  #isNear(element: Element, px: number): boolean {
    const box = this.#scroller!.getBoundingClientRect();
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > box.top - px && top < box.bottom + px;
  }

  /** Whether that place is there. */
  #goTo({ key, top }: ThreadPlace): boolean {
    const scroller = this.#scroller;
    const block = this.#elements[this.#drawn.findIndex((drawn) => drawn.key === key)];
    if (!scroller || !block) return false;
    const edge = scroller.getBoundingClientRect().top;
    this.#move(block.getBoundingClientRect().top - edge - top);
    this.#heldAt = scroller.scrollTop;
    return true;
  }

  /** What follows the last message may come later: until the reader scrolls, it moves nothing. */
  #hold(place: ThreadPlace): void {
    const lists = this.#host.renderRoot.querySelector('.lists');
    this.#holder = new ResizeObserver(() => this.#goTo(place));
    if (lists) this.#holder.observe(lists);
  }

  /** Those that are in sight, found by halving: thousands of pixels are laid out above them. */
  #blocksInSight(): { readonly key: string; readonly element: Element }[] {
    const scroller = this.#scroller;
    if (!scroller) return [];
    const box = scroller.getBoundingClientRect();
    const elements = this.#elements;
    let [low, high] = [0, elements.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (elements[middle]!.getBoundingClientRect().bottom > box.top) high = middle;
      else low = middle + 1;
    }
    const blocks = [];
    for (let at = low; at < elements.length; at++) {
      const [element, drawn] = [elements[at]!, this.#drawn[at]];
      if (blocks.length > 0 && element.getBoundingClientRect().top >= box.bottom) break;
      if (drawn && drawn.type !== 'edge') blocks.push({ key: drawn.key, element });
    }
    return blocks;
  }

  /** What in the blocks in sight is in sight itself. */
  #seen(): Seen[] {
    return this.#blocksInSight().flatMap(({ key, element }) => {
      const bubbles = [...element.querySelectorAll<HTMLElement>('.bubble')];
      if (bubbles.length === 0) return [{ id: key, top: element.getBoundingClientRect().top }];
      return bubbles
        .filter((bubble) => this.#isNear(bubble, 0))
        .map((bubble) => ({
          id: bubble.dataset['message']!,
          top: bubble.getBoundingClientRect().top,
        }));
    });
  }
}
