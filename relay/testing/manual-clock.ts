/** A clock that only moves when told to. */
import type { Clock } from '../core/ports/clock.ts';

interface Timer {
  at: number;
  readonly everyMs: number | null;
  readonly act: () => void;
}

export class ManualClock implements Clock {
  #now: number;
  /** How far it was put forward, or back, beside the time that passed. */
  #turned = 0;
  readonly #timers = new Set<Timer>();

  constructor(start = Date.UTC(2026, 0, 5, 9)) {
    this.#now = start;
  }

  now = (): number => this.#now + this.#turned;

  steady = (): number => this.#now;

  /** Puts the clock forward, or back: no time passes. */
  turn(ms: number): void {
    this.#turned += ms;
  }

  every(ms: number, act: () => void): () => void {
    return this.#add({ at: this.#now + ms, everyMs: ms, act });
  }

  after(ms: number, act: () => void): () => void {
    return this.#add({ at: this.#now + ms, everyMs: null, act });
  }

  /** Turns the clock on, calling what falls due on the way, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(({ at }) => at <= end)
        .toSorted((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#now = Math.max(this.#now, due.at);
      if (due.everyMs === null) this.#timers.delete(due);
      else due.at += due.everyMs;
      due.act();
    }
    this.#now = end;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
