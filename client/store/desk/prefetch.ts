/**
 * Brings conversations to this device so that all of them can be read offline. The first of the list stay
 * open and live. The others are opened one after the other until the relay's digest agrees, and then
 * closed.
 */
import type { ConversationId } from '../../../shared/ids.ts';
import { conversationRoom, parseRoom } from '../../../shared/protocol/rooms.ts';
import { createTicker } from '../../signals/ticker.ts';
import { kept } from '../kept.ts';
import type { RoomHandle, DeskSync } from '../sync-port.ts';

/** Channels used at once here: together with space, inbox, member and the screen's own they stay below 64. */
const AT_ONCE = 56;
/** Of these, such that are not whole yet: whatever the person opens shares the line with no more. */
const BROUGHT_AT_ONCE = 6;
/** Of these, such that stay open. */
const LIVE = 32;

const SETTING = 'desk-prefetched';

interface Wanted {
  readonly id: ConversationId;
  /** When it last changed. */
  readonly lastAt: number;
}

interface Opened {
  readonly handle: RoomHandle;
  readonly stop: () => void;
  lastAt: number;
  live: boolean;
  /** The relay's digest agreed, or it will not be told. */
  agreed: boolean;
}

export class Prefetch {
  readonly #sync: DeskSync;
  readonly #changed: () => void;
  readonly #open = new Map<ConversationId, Opened>();
  /** Up to which change each is wholly on this device. */
  readonly #done = new Map<ConversationId, number>();
  #wanted: readonly Wanted[] = [];
  #live: ReadonlySet<ConversationId> = new Set();
  readonly #pause = createTicker(() => this.#tick());
  #typed = false;
  #held = false;
  /** Those that `count` counts. */
  #counted = new Set<ConversationId>();
  #loaded = false;
  #disposed = false;
  /** Conversations kept on this device. */
  count = 0;

  constructor(sync: DeskSync, changed: () => void) {
    this.#sync = sync;
    this.#changed = changed;
    void this.#load();
  }

  /** Most wanted first; the first `live` of them are followed. */
  want(wanted: readonly Wanted[], live: number): void {
    this.#wanted = wanted;
    this.#live = new Set(wanted.slice(0, Math.min(live, LIVE)).map(({ id }) => id));
    this.#fill();
  }

  /**
   * The helper types. Until they have paused for a second or two, what only changed elsewhere is not fetched:
   * each takes a part of a frame, and a key comes first.
   */
  hold(): void {
    this.#typed = true;
    this.#held = true;
    this.#pause.run(true);
  }

  #tick(): void {
    const typed = this.#typed;
    this.#typed = false;
    if (typed) return;
    this.#pause.run(false);
    this.#held = false;
    this.#fill();
  }

  /** What was kept is being deleted. */
  forget(): void {
    this.want([], 0);
    this.#counted.clear();
    this.#done.clear();
    this.count = 0;
  }

  /** Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#pause.dispose();
    for (const id of Array.from(this.#open.keys())) this.#close(id);
  }

  async #load(): Promise<void> {
    const [rooms, stored] = await Promise.all([
      this.#sync.keptRooms(),
      this.#sync.readSetting<Record<ConversationId, number>>(SETTING),
    ]).catch(() => [[], undefined] as const); // `storage` says why
    for (const { name } of rooms) {
      const id = name.slice(name.indexOf('/') + 1) as ConversationId;
      const at = stored?.[id];
      if (name.startsWith('conversation/') && at !== undefined) this.#done.set(id, at);
    }
    this.#loaded = true;
    await this.#recount();
    this.#fill();
  }

  #fill(): void {
    if (!this.#loaded || this.#disposed) return;
    const wanted = new Set(this.#wanted.map(({ id }) => id));
    for (const [id, open] of Array.from(this.#open)) {
      const wasLive = open.live && !this.#live.has(id);
      // What is no longer followed is compared once more, to get its last messages.
      if (wasLive) this.#done.delete(id);
      if (wasLive || !wanted.has(id)) this.#close(id);
    }
    if (this.#sync.link.get().status !== 'online') return;
    for (const { id, lastAt } of this.#wanted) {
      const there = this.#open.get(id);
      const isLive = this.#live.has(id);
      if (there) Object.assign(there, { lastAt, live: isLive });
      else if ((isLive || this.#isBehind(id, lastAt)) && this.#hasPlace) this.#bring(id, lastAt);
    }
  }

  #isBehind(id: ConversationId, lastAt: number): boolean {
    return !this.#held && (this.#done.get(id) ?? 0) < lastAt;
  }

  /** Whether another may be opened now. */
  get #hasPlace(): boolean {
    const brought = Array.from(this.#open.values()).filter(({ agreed }) => !agreed);
    return this.#open.size < AT_ONCE && brought.length < BROUGHT_AT_ONCE;
  }

  #bring(id: ConversationId, lastAt: number): void {
    const handle = this.#sync.openRoom(conversationRoom(id));
    const look = (): void => this.#look(id);
    const stop = handle.state.subscribe(look);
    this.#open.set(id, { handle, stop, lastAt, live: this.#live.has(id), agreed: false });
    queueMicrotask(look);
  }

  #look(id: ConversationId): void {
    const open = this.#open.get(id);
    if (!open) return;
    const { status } = open.handle.state.get();
    if (status === 'loading' || status === 'local') return;
    const fresh = !open.agreed;
    open.agreed = true;
    if (!open.live) {
      this.#done.set(id, open.lastAt);
      this.#close(id);
    }
    if (fresh || !open.live) this.#fill();
    const idle = Array.from(this.#open.values()).every(({ agreed }) => agreed);
    if (fresh && idle) void this.#idle();
  }

  #close(id: ConversationId): void {
    const open = this.#open.get(id);
    if (!open) return;
    this.#open.delete(id);
    open.stop();
    open.handle.close();
  }

  async #idle(): Promise<void> {
    const wanted = new Set(this.#wanted.map(({ id }) => id));
    const done = Array.from(this.#done).filter(([id]) => wanted.has(id));
    await kept(this.#sync.writeSetting(SETTING, Object.fromEntries(done)));
    // All records are read to count them: only where one is new.
    if (done.some(([id]) => !this.#counted.has(id)) || this.#hasUncounted) await this.#recount();
  }

  get #hasUncounted(): boolean {
    return Array.from(this.#open.keys()).some((id) => !this.#counted.has(id));
  }

  async #recount(): Promise<void> {
    const rooms = await this.#sync.keptRooms().catch(() => []); // `storage` says why
    const names = rooms.map(({ name }) => parseRoom(name));
    this.#counted = new Set(
      names.flatMap((room) => (room.kind === 'conversation' ? [room.id] : [])),
    );
    const count = this.#counted.size;
    if (this.#disposed || count === this.count) return;
    this.count = count;
    this.#changed();
  }
}
