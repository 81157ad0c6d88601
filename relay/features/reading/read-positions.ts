/** How far each side has read: told at once on the channel, written together a little later. */
import type { ConversationId, MemberId } from '../../../shared/ids.ts';
import type { Side } from '../../../shared/protocol/channel.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { ReadMark, ReadStorage } from './reading-storage.ts';

const WRITE_AFTER_MS = 500;

export class ReadPositions {
  readonly #storage: ReadStorage;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #pending = new Map<string, ReadMark>();
  #cancel: (() => void) | null = null;

  constructor(storage: ReadStorage, clock: Clock, log: Log) {
    this.#storage = storage;
    this.#clock = clock;
    this.#log = log;
  }

  /** Highest seq each side has read; -1 for none. */
  async of(conversation: ConversationId): Promise<Record<Side, number>> {
    const positions = { ...(await this.#storage.readPositions(conversation)) };
    for (const mark of this.#pending.values()) {
      if (mark.conversation === conversation)
        positions[mark.side] = Math.max(positions[mark.side], mark.seq);
    }
    return positions;
  }

  mark(conversation: ConversationId, member: MemberId, side: Side, seq: number): void {
    const key = `${conversation} ${member} ${side}`;
    if ((this.#pending.get(key)?.seq ?? -1) >= seq) return;
    this.#pending.set(key, { conversation, member, side, seq });
    this.#cancel ??= this.#clock.after(WRITE_AFTER_MS, () => void this.flush());
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    const marks = [...this.#pending.values()];
    if (marks.length === 0) return;
    try {
      await this.#storage.markRead(marks);
      for (const mark of marks) {
        const key = `${mark.conversation} ${mark.member} ${mark.side}`;
        if (this.#pending.get(key) === mark) this.#pending.delete(key);
      }
    } catch (error) {
      this.#log.error('read positions not written', error);
    }
  }
}
