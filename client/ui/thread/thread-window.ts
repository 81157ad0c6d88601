/**
 * Which blocks of a long thread are in the document: the newest, then more as the reader goes back.
 * Otherwise a thousand messages would be laid out before the first paint.
 */
import type { ThreadState } from '../../store/conversation/thread-state.ts';
import { type Block, threadBlocks } from './thread-blocks.ts';

/** Blocks laid out before the first paint, which they delay. A taller window asks for more at once. */
const FIRST = 16;
const MORE = 80;
/** More than this is let go of once the reader is back at the end, down to what is kept. */
const MOST = 160;
const KEPT = 80;
/** Laid out before a message that somebody is led to. */
const BEFORE = 8;
/** This many at once did not just arrive: they were fetched, and are not announced one by one. */
const FLOOD = 40;
/** Unread messages that are all shown at first. */
const UNREAD = 400;

const isLine = (block: Block | undefined): boolean =>
  block?.type === 'day' || block?.type === 'unread';

export class ThreadWindow {
  /** Shown before the log, oldest first. */
  earlier: readonly Block[] = [];
  /** In the log: what was there when the thread opened, and what came since. */
  live: readonly Block[] = [];
  /** Whether there are older ones. */
  more = false;
  /** Changes when the log starts anew, so that it is a new region and nothing in it is announced. */
  generation = 0;
  #thread: string | null = null;
  #blocks: readonly Block[] = [];
  #liveKey: string | null = null;
  #earlierKey: string | null = null;

  show(thread: ThreadState | null): void {
    if (thread?.status !== 'ready') {
      this.#thread = null;
      return;
    }
    const before = this.#blocks.length;
    this.#blocks = threadBlocks(thread.items, thread.unreadFrom);
    const liveAt = this.#blocks.findIndex(({ key }) => key === this.#liveKey);
    const flood = this.#blocks.length - before > FLOOD;
    if (thread.id !== this.#thread || liveAt < 0 || flood) this.#restart(thread.id);
    this.#slice();
    if (this.shown.length < FIRST && this.more) {
      // Only what this device had written was there when it opened: the rest came later.
      this.#earlierKey = this.#firstKey();
      this.#slice();
    }
  }

  /** One more page of earlier messages. False if everything is shown. */
  grow(): boolean {
    if (!this.more) return false;
    const at = this.#at(this.#earlierKey);
    this.#earlierKey = this.#blocks[Math.max(0, at - MORE)]?.key ?? null;
    this.#slice();
    return true;
  }

  /** The reader is at the end: lets go of what stands far above it. False if that is little. */
  settle(): boolean {
    if (this.earlier.length + this.live.length <= MOST) return false;
    this.#liveKey = this.#blocks.at(-KEPT)?.key ?? null;
    this.#earlierKey = this.#liveKey;
    this.#slice();
    return true;
  }

  /** Lays out a block, or a message, that the thread has, and all after it. False if it stands there already. */
  reach(id: string): boolean {
    const has = (block: Block): boolean =>
      block.key === id ||
      (block.type === 'group' && block.messages.some((message) => message.id === id));
    const at = this.#blocks.findIndex(has);
    if (at < 0 || at >= this.#at(this.#earlierKey)) return false;
    this.#earlierKey = this.#blocks[Math.max(0, at - BEFORE)]?.key ?? null;
    this.#slice();
    return true;
  }

  /** The blocks in the document. */
  get shown(): readonly Block[] {
    return [...this.earlier, ...this.live];
  }

  #restart(thread: string): void {
    const start = this.#firstKey();
    this.#thread = thread;
    this.#liveKey = start;
    this.#earlierKey = start;
    this.generation++;
  }

  /** The first block of what a reader sees who comes: some before the end, and all that is unread. */
  #firstKey(): string | null {
    const { length } = this.#blocks;
    const unread = this.#blocks.findIndex(({ type }) => type === 'unread');
    const from = unread < 0 ? length - FIRST : Math.min(length - FIRST, unread - 2);
    return this.#blocks[Math.max(0, from, length - UNREAD)]?.key ?? null;
  }

  /** Where the part begins that starts with a block; the line over that block belongs to it. */
  #at(key: string | null): number {
    let at = this.#blocks.findIndex((block) => block.key === key);
    while (isLine(this.#blocks[at - 1])) at--;
    return Math.max(0, at);
  }

  #slice(): void {
    const live = this.#at(this.#liveKey);
    const earlier = Math.min(this.#at(this.#earlierKey), live);
    this.earlier = this.#blocks.slice(earlier, live);
    this.live = this.#blocks.slice(live);
    this.more = earlier > 0;
  }
}
