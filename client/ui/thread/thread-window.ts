/**
 * Which blocks of a thread are in the document: those around the reader, and the newest. Otherwise thousands of
 * messages would be laid out, before the first paint or behind a reader who went far back.
 */
import type { ThreadItem, ThreadState } from '../../store/conversation/thread-state.ts';
import { dayKey } from '../../locales/day-text.ts';
import { type Block, threadBlocks } from './thread-blocks.ts';

/** On which side of the reader's part something is left out. */
export type Side = 'earlier' | 'later';

/** Where messages are left out. */
export interface Edge {
  readonly type: 'edge';
  readonly key: Side;
}

// All counted in messages, of which a block has many, or one for a line.
/** Laid out before the first paint, which they delay. A taller window asks for more at once. */
const FIRST = 20;
/** Added where the reader comes near: few at a time, or a frame is late. */
const MORE = 30;
/** Added where somebody asks for them. */
const ASKED = 80;
/** More than this on one side of what is in sight is let go of, down to what is kept. */
const MOST = 160;
const KEPT = 80;
/** No screen shows as many: where there are more, they came between those that were in sight. */
const TALLEST = 600;
/** Laid out before a message that somebody is led to. */
const BEFORE = 8;
/** This many at once did not just arrive: they were fetched, and are not announced one by one. */
const FLOOD = 40;

const isLine = (block: Block | undefined): boolean =>
  block?.type === 'day' || block?.type === 'unread';
const weightOf = (block: Block): number => (block.type === 'group' ? block.messages.length : 1);
const idsOf = (block: Block): readonly string[] =>
  block.type === 'group' ? block.messages.map(({ id }) => id) : [block.key];
const holds = (block: Block, id: string): boolean =>
  block.key === id || (block.type === 'group' && block.messages.some((each) => each.id === id));

/** What the reader has in sight, by a block or a message. */
export interface Sight {
  readonly first: string;
  /** Null: the end. */
  readonly last: string | null;
}

export class ThreadWindow {
  /** Shown before the log, oldest first. */
  earlier: readonly (Block | Edge)[] = [];
  /** In the log: what was there when the thread opened, and what came since. */
  live: readonly Block[] = [];
  /** Changes when the log starts anew, so that it is a new region and nothing in it is announced. */
  generation = 0;
  /** Changes with what is laid out. */
  version = 0;
  readonly #held: () => readonly string[];
  #thread: string | null = null;
  #items: readonly ThreadItem[] = [];
  #blocksOf: readonly unknown[] = [];
  #blocks: readonly Block[] = [];
  /** The reader's part: from this block, up to before that one. Between it and the log, some may be left out. */
  #from = 0;
  #to = 0;
  /** Where the log begins. */
  #live = 0;

  /** @param held blocks, or messages, that are not let go of, such as what has the focus */
  constructor(held: () => readonly string[] = () => []) {
    this.#held = held;
  }

  /** @param sight what the reader looks at, if that is not the end */
  show(thread: ThreadState | null, sight: Sight | null = null): void {
    if (thread?.status !== 'ready') {
      this.#thread = null;
      return;
    }
    const { items, unreadFrom } = thread;
    const flood = items.length - this.#items.length > FLOOD;
    this.#items = items;
    const isSame = thread.id === this.#thread;
    this.#thread = thread.id;
    this.#divide(items, unreadFrom, isSame);
    if (!isSame || flood || this.#live >= this.#blocks.length) this.#restart(isSame ? sight : null);
    else if (this.#from > 0 && this.#weigh(this.#from) < FIRST) {
      // Only what this device had written was there when it opened: the rest came later.
      this.#from = Math.min(this.#from, this.#start().from);
    }
    if (sight) this.#near(sight);
    this.#lay();
  }

  /** Lays out more on one side. False if nothing is left out there. */
  grow(side: Side, asked = false): boolean {
    const count = asked ? ASKED : MORE;
    if (side === 'earlier' ? this.#from === 0 : this.#to === this.#live) return false;
    if (side === 'earlier') this.#from = this.#back(this.#from, count);
    else this.#to = Math.min(this.#live, this.#forth(this.#to, count));
    this.#lay();
    return true;
  }

  /** Lets go of what is far from what the reader has in sight. False if that is little. */
  around(sight: Sight): boolean {
    if (!this.#near(sight)) return false;
    this.#lay();
    return true;
  }

  /** Lays out a block, or a message, and what is around it. False if it stands there already, or nowhere. */
  reach(id: string): boolean {
    const at = this.#find(id);
    if (at < 0 || at >= this.#live || (at >= this.#from && at < this.#to)) return false;
    this.#from = this.#back(at, BEFORE);
    this.#to = Math.min(this.#live, this.#forth(at, KEPT));
    this.#lay();
    return true;
  }

  /** Whether older ones are left out. */
  get more(): boolean {
    return this.#from > 0;
  }

  /** Whether it is more than what is kept about somebody who stays at the end. */
  get isLarge(): boolean {
    return this.#to < this.#live || this.#weigh(this.#from) > MOST;
  }

  /** The blocks in the document, and where some are left out. */
  get shown(): readonly (Block | Edge)[] {
    return [...this.earlier, ...this.live];
  }

  /** Whether a message is in the document. */
  has(id: string): boolean {
    return this.shown.some((block) => block.type !== 'edge' && holds(block, id));
  }

  /** Divides the thread into blocks, and finds again where the parts begin. */
  #divide(items: readonly ThreadItem[], unreadFrom: string | null, isSame: boolean): void {
    const of = [items, unreadFrom, dayKey(Date.now())];
    if (isSame && of.every((each, at) => each === this.#blocksOf[at])) return;
    this.#blocksOf = of;
    const before = this.#blocks;
    this.#blocks = threadBlocks(items, unreadFrom);
    if (!isSame) return;
    const isJoined = this.#to === this.#live;
    this.#live = this.#carry(before, this.#live);
    this.#from = Math.min(this.#live, this.#carry(before, this.#from));
    const to = isJoined ? this.#live : this.#carry(before, this.#to);
    this.#to = Math.max(this.#from, Math.min(this.#live, to));
  }

  /** Where a block is by now. Late rows, or a withdrawn message, may have put what it held into another one. */
  #carry(before: readonly Block[], was: number): number {
    for (let at = was; at < before.length; at++) {
      const block = before[at]!;
      if (isLine(block)) continue; // the line over what is unread may stand elsewhere by now
      if (this.#blocks[at]?.key === block.key) return this.#withLines(at);
      for (const id of idsOf(block)) {
        const now = this.#find(id);
        if (now >= 0) return this.#withLines(now);
      }
    }
    return this.#blocks.length;
  }

  /** The log begins anew. Somebody who reads further up goes on there. */
  #restart(sight: Sight | null): void {
    const start = this.#start();
    const at = sight ? this.#find(sight.first) : -1;
    this.generation++;
    this.#live = start.live;
    this.#from = at < 0 ? start.from : Math.min(this.#from, at, start.live);
    this.#to = at < 0 ? start.to : start.live;
  }

  /** What a reader sees who comes: some before the end, and what is unread, or its beginning where that is much. */
  #start(): { readonly from: number; readonly to: number; readonly live: number } {
    const first = this.#back(this.#blocks.length, FIRST);
    const unread = this.#blocks.findIndex(({ type }) => type === 'unread');
    const from = unread < 0 ? first : this.#withLines(Math.max(0, Math.min(first, unread - 2)));
    if (this.#weigh(from) <= MOST) return { from, to: from, live: from };
    return { from, to: Math.min(first, this.#forth(unread, KEPT)), live: first };
  }

  /** Brings the parts near to what is in sight. Whether they changed. */
  #near(sight: Sight): boolean {
    const [first, end] = [this.#within(sight.first), this.#within(sight.last)];
    if (first < 0 || end < 0) return false;
    const last = this.#weigh(first, end) > TALLEST ? first : end;
    const before = [this.#from, this.#to, this.#live];
    // Who reads the log has passed over what is left out: it is above them now, like all that is earlier.
    if (first >= this.#live && this.#to < this.#live) this.#from = this.#to = this.#live;
    if (this.#weigh(this.#from, first) > MOST) this.#cutAbove(this.#back(first, KEPT));
    this.#cutBelow(last + 1);
    return [this.#from, this.#to, this.#live].some((at, index) => at !== before[index]);
  }

  /** Where something stands in the parts; of what stands alone, the nearest in them. */
  #within(id: string | null): number {
    const at = id === null ? this.#blocks.length - 1 : this.#find(id);
    if (at < 0 || at >= this.#live) return at;
    return Math.max(this.#from, Math.min(at, this.#to - 1));
  }

  #cutAbove(at: number): void {
    const isJoined = this.#to === this.#live;
    this.#from = at;
    this.#live = Math.max(this.#live, at);
    this.#to = isJoined ? this.#live : Math.max(this.#to, at);
  }

  #cutBelow(after: number): void {
    const to = this.#forth(after, KEPT);
    const end = this.#back(this.#blocks.length, KEPT);
    const isLong = this.#weigh(this.#live) > MOST;
    if (this.#to < this.#live) {
      if (this.#weigh(after, this.#to) > MOST) this.#to = to;
      if (isLong && end >= after) this.#live = end;
    } else if (end > to && this.#weigh(after) > MOST) {
      this.#to = to;
      if (isLong || this.#live < to) this.#live = end;
    }
  }

  #find(id: string): number {
    return this.#blocks.findIndex((block) => holds(block, id));
  }

  #weigh(from: number, to = this.#blocks.length): number {
    let sum = 0;
    for (let at = from; at < to; at++) sum += weightOf(this.#blocks[at]!);
    return sum;
  }

  /** Where so many messages begin that end before a block. */
  #back(end: number, count: number): number {
    let at = end;
    for (let left = count; at > 0 && left > 0;) left -= weightOf(this.#blocks[--at]!);
    return this.#withLines(at);
  }

  /** Where so many messages end that begin with a block. */
  #forth(start: number, count: number): number {
    let at = start;
    const { length } = this.#blocks;
    for (let left = count; at < length && left > 0;) left -= weightOf(this.#blocks[at++]!);
    return at === length ? at : this.#withLines(at);
  }

  /** The line over a block belongs to it. */
  #withLines(start: number): number {
    let at = start;
    while (isLine(this.#blocks[at - 1])) at--;
    return at;
  }

  #lay(): void {
    const held = this.#held()
      .map((id) => this.#find(id))
      .filter((at) => at >= 0 && at < this.#live && (at < this.#from || at >= this.#to))
      .toSorted((a, b) => a - b);
    const alone = (isHere: (at: number) => boolean): Block[] =>
      [...new Set(held)].filter(isHere).map((at) => this.#blocks[at]!);
    const edge = (key: Side, isHere: boolean): Edge[] => (isHere ? [{ type: 'edge', key }] : []);
    this.earlier = [
      ...alone((at) => at < this.#from),
      ...edge('earlier', this.#from > 0),
      ...this.#blocks.slice(this.#from, this.#to),
      ...edge('later', this.#to < this.#live),
      ...alone((at) => at >= this.#to),
    ];
    this.live = this.#blocks.slice(this.#live);
    this.version++;
  }
}
