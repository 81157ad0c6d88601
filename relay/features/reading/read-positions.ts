/** How far each side has read. It is told at once on the channel, and written together a little later. */
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { Memory } from '../../core/memory/memory.ts';
import type { Log } from '../../core/ports/log.ts';
import type { ReadMark, ReadStorage } from './reading-storage.ts';

const WRITE_AFTER_MS = 500;
/**
 * Kept between two writes: some 300 bytes each, 6 MB in total. Beyond that marks are dropped, and the log
 * says so.
 */
const MOST_PENDING = 20_000;
const MARK_BYTES = 300;

export interface ReadPositionsOptions {
  readonly storage: ReadStorage;
  readonly clock: Clock;
  readonly log: Log;
  readonly memory?: Memory | undefined;
}

export class ReadPositions {
  readonly #storage: ReadStorage;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #most: number;
  /** By conversation, then by member and side. */
  readonly #pending = new Map<ConversationId, Map<string, ReadMark>>();
  #count = 0;
  #isDropping = false;
  #cancel: (() => void) | null = null;

  constructor({ storage, clock, log, memory = new Memory() }: ReadPositionsOptions) {
    this.#storage = storage;
    this.#clock = clock;
    this.#log = log;
    this.#most = memory.places(MOST_PENDING, MARK_BYTES);
  }

  /** Highest seq each side has read; -1 for none. */
  async of(conversation: ConversationId): Promise<Record<Side, number>> {
    const positions = { ...(await this.#storage.readPositions(conversation)) };
    for (const { side, seq } of this.#pending.get(conversation)?.values() ?? [])
      positions[side] = Math.max(positions[side], seq);
    return positions;
  }

  mark(conversation: ConversationId, member: MemberId, side: Side, seq: number): void {
    const marks = this.#pending.get(conversation) ?? new Map<string, ReadMark>();
    const key = `${member} ${side}`;
    const before = marks.get(key);
    if ((before?.seq ?? -1) >= seq) return;
    if (!before && this.#count >= this.#most) return this.#drop();
    if (!before) this.#count++;
    this.#pending.set(conversation, marks.set(key, { conversation, member, side, seq }));
    this.#cancel ??= this.#clock.after(WRITE_AFTER_MS, () => void this.flush());
  }

  /** Said once for all that are dropped until some are written. */
  #drop(): void {
    if (!this.#isDropping)
      this.#log.warn('read positions are dropped: too many wait to be written');
    this.#isDropping = true;
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    const marks = [...this.#pending.values()].flatMap((each) => [...each.values()]);
    if (marks.length === 0) return;
    try {
      await this.#storage.markRead(marks);
      for (const mark of marks) this.#written(mark);
      this.#isDropping = false;
    } catch (error) {
      this.#log.error('read positions not written', error);
    }
  }

  #written(mark: ReadMark): void {
    const { conversation, member, side } = mark;
    const marks = this.#pending.get(conversation);
    const key = `${member} ${side}`;
    if (marks?.get(key) !== mark) return; // read on meanwhile
    marks.delete(key);
    this.#count--;
    if (marks.size === 0) this.#pending.delete(conversation);
  }
}
