/**
 * Whether the other end of a socket still says anything. Nobody tells when a line goes silent: a frozen
 * relay, a proxy that swallows, a phone in a tunnel. So each end asks for a sign of life once an answer is
 * overdue. While things are heard it asks for nothing.
 */
export interface PulseOptions {
  readonly clock: {
    now(): number;
    /** Acts once after `ms`. The returned function cancels it. */
    after(ms: number, act: () => void): () => void;
  };
  /** How long a healthy line may be silent by itself. Without it, only what is expected counts. */
  readonly quietMs?: number;
  /** How long an answer may take before a sign of life is asked for. @default 3 s */
  readonly answerMs?: number;
  /**
   * After this long without a word, what is sent brings the question along, so that both leave in one write
   * and no timer asks. @default never
   */
  readonly askAlongMs?: number;
  /** Asks the other end for a sign of life. */
  ask(): void;
  /** None came. */
  silent(): void;
  /** After `silent`: something came after all. */
  back?(): void;
}

/** The relay says something at least this often. */
export const KEEPALIVE_MS = 20_000;
/** How long an answer may take, and a sign of life that was asked for. */
const ANSWER_MS = 3_000;
/** What waits on the way is given time as on the slowest line that is any use: bytes for each ms. */
const SLOWEST = 16;
/** A timer this late says that this end itself has slept. */
const SLEPT_MS = 1_000;

export class Pulse {
  readonly #options: PulseOptions;
  #state: 'alive' | 'asked' | 'silent' = 'alive';
  #heardAt: number;
  /** Since when an answer is due; null while none is. */
  #expectedAt: number | null = null;
  #bytes = 0;
  #dueAt = 0;
  #stopWaiting: () => void = () => {};
  #stopWatching: () => void = () => {};
  #stopped = false;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#watch();
  }

  /** When the other end was last heard. */
  get heardAt(): number {
    return this.#heardAt;
  }

  get #answerMs(): number {
    return this.#options.answerMs ?? ANSWER_MS;
  }

  get isSilent(): boolean {
    return this.#state === 'silent';
  }

  /**
   * Something came, whatever it was.
   * @param underWay bytes that may still be on their way to the other end
   */
  heard(underWay = 0): void {
    const was = this.#state;
    this.#heardAt = this.#options.clock.now();
    this.#bytes = underWay;
    if (was === 'alive') return;
    this.#state = 'alive';
    this.#expectedAt = null;
    this.#stopWaiting();
    this.#watch();
    if (was === 'silent') this.#options.back?.();
  }

  /** @param bytes that were sent. @param answered whether the other end will say something to it */
  sent(bytes: number, answered: boolean): void {
    this.#bytes += bytes;
    if (!answered || this.#state !== 'alive') return;
    const now = this.#options.clock.now();
    const before = this.#expectedAt;
    const isDue = before !== null && this.#heardAt <= before;
    const { askAlongMs = Infinity } = this.#options;
    if (!isDue && now - this.#heardAt >= askAlongMs) this.#options.ask();
    // An earlier answer that is still due counts; one that came leaves its timer to this one.
    if (before === null) this.#wait(this.#answerMs);
    if (!isDue) this.#expectedAt = now;
  }

  /** There is reason to think that the line is gone: asks now. */
  doubt(): void {
    if (this.#stopped || this.#state !== 'alive') return;
    this.#state = 'asked';
    this.#stopWatching();
    this.#stopWaiting();
    this.#ask();
  }

  /** Asks if nothing was heard for longer than a healthy line is silent. */
  check(): void {
    const { quietMs, clock } = this.#options;
    if (quietMs !== undefined && clock.now() - this.#heardAt >= quietMs) this.doubt();
  }

  /** Idempotent. */
  stop(): void {
    this.#stopped = true;
    this.#stopWatching();
    this.#stopWaiting();
  }

  #watch(): void {
    const { quietMs, clock } = this.#options;
    if (quietMs === undefined || this.#stopped) return;
    const left = Math.min(quietMs, this.#heardAt + quietMs - clock.now());
    this.#stopWatching = clock.after(Math.max(left, 1), () => {
      this.check();
      if (this.#state === 'alive') this.#watch();
    });
  }

  #wait(ms: number): void {
    const { clock } = this.#options;
    this.#dueAt = clock.now() + ms;
    this.#stopWaiting = clock.after(ms, () => this.#overdue());
  }

  #ask(): void {
    this.#options.ask();
    this.#wait(ANSWER_MS + this.#bytes / SLOWEST);
  }

  #overdue(): void {
    const now = this.#options.clock.now();
    if (this.#state === 'asked') {
      // What came while this end slept is only read now.
      if (now - this.#dueAt > SLEPT_MS) return this.#ask();
      this.#state = 'silent';
      return this.#options.silent();
    }
    const expectedAt = this.#expectedAt;
    if (expectedAt === null) return;
    const left = expectedAt + this.#answerMs - now;
    if (this.#heardAt > expectedAt) this.#expectedAt = null;
    else if (left > 0) this.#wait(left);
    else this.doubt();
  }
}
