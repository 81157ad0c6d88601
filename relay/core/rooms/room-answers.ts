/**
 * What storage last answered about rooms, kept until the room changes: whoever asks the same meanwhile waits for
 * the same answer. The longest unused are let go.
 */
import type { RoomName } from '../../../shared/protocol/rooms.ts';
import { forgetOldest } from '../limits/forget-oldest.ts';

export interface RoomAnswersOptions<Answer> {
  /** Rooms whose answer is kept. */
  readonly most: number;
  /** Whether an answer is worth its memory. Otherwise only those who ask at the same time share it. */
  readonly isKept: (answer: Answer) => boolean;
}

interface Asked<Answer> {
  readonly what: string;
  readonly answer: Promise<Answer>;
}

export class RoomAnswers<Answer> {
  readonly #options: RoomAnswersOptions<Answer>;
  readonly #asked = new Map<RoomName, Asked<Answer>>();

  constructor(options: RoomAnswersOptions<Answer>) {
    this.#options = options;
  }

  /** Rooms of which something is known, or on its way. */
  get size(): number {
    return this.#asked.size;
  }

  /** What is known, or on its way. */
  known(room: RoomName): Promise<Answer> | undefined {
    return this.#asked.get(room)?.answer;
  }

  /**
   * What is known, or else what `ask` finds.
   * @param what is asked about the room: one such answer is kept.
   */
  get(room: RoomName, what: string, ask: () => Promise<Answer>): Promise<Answer> {
    let asked = this.#asked.get(room);
    if (asked?.what !== what) {
      asked = { what, answer: ask() };
      void this.#settle(room, asked);
    }
    this.#asked.delete(room); // moved to the end: the first is the one longest unused
    this.#asked.set(room, asked);
    forgetOldest(this.#asked, this.#options.most);
    return asked.answer;
  }

  /** The room has changed, or may have: what was asked before is told to nobody who asks from now on. */
  changed(room: RoomName): void {
    this.#asked.delete(room);
  }

  async #settle(room: RoomName, asked: Asked<Answer>): Promise<void> {
    let isKept = false;
    try {
      isKept = this.#options.isKept(await asked.answer);
    } catch {
      // Told to whoever asked; the next one asks again.
    }
    if (!isKept && this.#asked.get(room) === asked) this.#asked.delete(room);
  }
}
