/** Somebody who holds as many connections as they can, and opens another for each that is taken away. */
import type { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface RefillOptions<Line extends EventEmitter> {
  /** Held at a time: a few more than there are places for. */
  readonly count: number;
  /** Opens one, which tells its end by `close`. It must handle its own errors. */
  readonly open: () => Line;
  readonly end: (line: Line) => void;
}

export class Refill<Line extends EventEmitter> implements Disposable {
  readonly #options: RefillOptions<Line>;
  readonly #lines = new Set<Line>();
  #stopped = false;
  /** Those that were taken away so far. */
  lost = 0;

  constructor(options: RefillOptions<Line>) {
    this.#options = options;
    for (let number = 0; number < options.count; number++) this.#open();
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
    for (const line of this.#lines) this.#options.end(line);
  }

  #open(): void {
    if (this.#stopped) return;
    const line = this.#options.open();
    this.#lines.add(line);
    line.once('close', () => {
      this.#lines.delete(line);
      this.lost++;
      void nextTurn().then(() => this.#open());
    });
  }
}
