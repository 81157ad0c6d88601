/**
 * The output of all connections together: who reads a page next, how much may wait for lines that are
 * slow, and who is let go because nothing moves on theirs.
 */
import type { Clock } from '../../core/ports/clock.ts';
import { Memory } from '../../core/memory/memory.ts';
import { addressNames } from '../../core/limits/networks.ts';
import { TokenBuckets } from '../../core/limits/token-buckets.ts';
import { FairQueue } from '../../core/limits/fair-queue.ts';

/** Pages that are read at the same time. */
const TURNS_AT_ONCE = 4;
/** A line on which nothing has moved for so long has nobody at its other end who reads. */
const STILL_MS = 40_000;
const LOOK_EVERY_MS = 5_000;
/** Then it has this long, by the process's own time: if it was the relay that stood still, answers are there by now. */
const GRACE_MS = 1_000;
/** What may wait for all lines together. Beyond that, some are let go. */
const MOST_HELD_BYTES = 256 * 1024 * 1024;
const MB = 1_000_000;
/** What is read for a connection, and for its address: bytes, after which it goes on at this pace. */
const READS = {
  connection: { burst: 64 * MB, perSecond: 16 * MB },
  address: { burst: 256 * MB, perSecond: 64 * MB },
} as const;

/**
 * Longest wait for what others of an address have read: they may be many, and another each time. A connection still
 * has a page a second.
 */
const MOST_WAIT_FOR_OTHERS_MS = 1_000;

/** Who shares turns with a connection: its neighbourhood, its address, itself. */
export function turnsOf(address: string, connection: string): readonly string[] {
  const { narrow, wide } = addressNames(address);
  return [wide, narrow, connection];
}

/** One connection's output, as far as all of them together need it. */
export interface PooledOutput {
  /** Who shares turns with it. */
  readonly path: readonly string[];
  /** Bytes that wait for its line. */
  readonly held: number;
  /** Whether nothing is known to be under way. */
  readonly isIdle: boolean;
  /** Reads and sends a page. Resolves with what that cost, in bytes; never rejects. */
  turn(): Promise<number>;
  /** It may have another turn. */
  ready(): void;
  /** Ends the connection: it reads too slowly. */
  cut(): void;
}

interface Lag {
  /** Bytes that waited when somebody last looked. */
  held: number;
  /** When the line last took something. */
  moved: number;
}

export interface OutputPoolOptions {
  readonly clock: Clock;
  readonly memory?: Memory;
  /** @default 256 MiB of the whole of memory */
  readonly mostHeldBytes?: number;
  /** @default 1 s */
  readonly graceMs?: number;
}

export class OutputPool {
  readonly #clock: Clock;
  readonly #mostHeld: number;
  readonly #graceMs: number;
  readonly #queue = new FairQueue<PooledOutput>();
  readonly #lags = new Map<PooledOutput, Lag>();
  readonly #reads: Readonly<Record<keyof typeof READS, TokenBuckets>>;
  #reading = 0;
  #held = 0;
  #stopLooking: (() => void) | null = null;
  #grace: ReturnType<typeof setTimeout> | null = null;

  constructor(options: OutputPoolOptions) {
    const { clock, memory = new Memory(), mostHeldBytes, graceMs = GRACE_MS } = options;
    this.#clock = clock;
    this.#graceMs = graceMs;
    this.#mostHeld = mostHeldBytes ?? memory.share(MOST_HELD_BYTES);
    this.#reads = {
      connection: new TokenBuckets(READS.connection, clock.steady, memory),
      address: new TokenBuckets(READS.address, clock.steady, memory),
    };
  }

  /** Bytes that wait for lines, at most. */
  get held(): number {
    return this.#held;
  }

  /** Connections whose line or reader has not taken everything yet. */
  get lagging(): number {
    return this.#lags.size;
  }

  /** An output wants a turn to read a page. */
  queue(output: PooledOutput): void {
    this.#queue.add(output.path, output);
    this.#read();
  }

  /** Something waits for an output's line, or for its reader. */
  lags(output: PooledOutput, held: number): void {
    const lag = this.#lags.get(output) ?? { held: 0, moved: this.#clock.steady() };
    this.#lags.set(output, lag);
    this.#note(lag, held);
    this.#stopLooking ??= this.#clock.every(LOOK_EVERY_MS, () => this.#look());
    if (this.#held > this.#mostHeld) this.#relieve();
  }

  /** An output's line has taken something. */
  moved(output: PooledOutput, held: number): void {
    const lag = this.#lags.get(output);
    if (!lag) return;
    lag.moved = this.#clock.steady();
    this.#note(lag, held);
    if (output.isIdle) this.#lags.delete(output);
  }

  /** The connection has ended. Idempotent. */
  forget(output: PooledOutput): void {
    const lag = this.#lags.get(output);
    if (lag) this.#note(lag, 0);
    this.#lags.delete(output);
  }

  /** Idempotent. */
  stop(): void {
    this.#stopLooking?.();
    this.#stopLooking = null;
    if (this.#grace) clearTimeout(this.#grace);
    this.#grace = null;
  }

  #read(): void {
    while (this.#reading < TURNS_AT_ONCE) {
      const output = this.#queue.take();
      if (!output) return;
      this.#reading++;
      void this.#turn(output);
    }
  }

  async #turn(output: PooledOutput): Promise<void> {
    const waitMs = this.#charge(output, await output.turn());
    this.#reading--;
    if (waitMs > 0) this.#clock.after(waitMs, () => output.ready());
    else output.ready();
    this.#read();
  }

  /** What was read is paid for afterwards: 0, or ms until the next page. */
  #charge({ path }: PooledOutput, cost: number): number {
    const [, address = '', connection = ''] = path;
    return Math.max(
      this.#reads.connection.spend(connection, cost),
      Math.min(this.#reads.address.spend(address, cost), MOST_WAIT_FOR_OTHERS_MS),
    );
  }

  /** Lets go of lines on which nothing moves. */
  #look(): void {
    this.#refresh();
    if (this.#lags.size === 0) return this.stop();
    const still = this.#still();
    if (still.length === 0) return;
    this.#grace ??= setTimeout(() => {
      this.#grace = null;
      for (const [output, moved] of still)
        if (this.#lags.get(output)?.moved === moved) output.cut();
    }, this.#graceMs);
  }

  /** On whose lines nothing has moved for too long, and since when. */
  #still(): readonly (readonly [PooledOutput, number])[] {
    const before = this.#clock.steady() - STILL_MS;
    return Array.from(this.#lags, ([output, { moved }]) => [output, moved] as const).filter(
      ([, moved]) => moved <= before,
    );
  }

  /** What waits as it is now: it may be less than was last seen. */
  #refresh(): void {
    for (const [output, lag] of Array.from(this.#lags)) {
      const { held } = output;
      if (held < lag.held) this.moved(output, held);
    }
  }

  /** Lets go of readers at the address that holds the most, the stillest first. */
  #relieve(): void {
    this.#refresh();
    while (this.#held > this.#mostHeld) {
      const heaviest = [...this.#byAddress().values()].toSorted((a, b) => b.held - a.held)[0];
      const stillest = heaviest?.lags.toSorted(([, a], [, b]) => a.moved - b.moved)[0];
      if (!stillest) return;
      stillest[0].cut();
    }
  }

  #byAddress(): Map<string, { held: number; readonly lags: [PooledOutput, Lag][] }> {
    const addresses = new Map<string, { held: number; readonly lags: [PooledOutput, Lag][] }>();
    for (const [output, lag] of this.#lags) {
      const [, address = ''] = output.path;
      const there = addresses.get(address) ?? { held: 0, lags: [] };
      there.held += lag.held;
      there.lags.push([output, lag]);
      addresses.set(address, there);
    }
    return addresses;
  }

  #note(lag: Lag, held: number): void {
    this.#held += held - lag.held;
    lag.held = held;
  }
}
