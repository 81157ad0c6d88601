/**
 * Messages that have begun to come in and are not whole yet: whoever sends all but the last byte makes the relay hold
 * the rest. Beyond what all of them together may take, those are let go who come from where most of it does.
 */
import { Memory } from '../../core/memory/memory.ts';
import type { SourcePath } from '../../core/limits/fair-memory.ts';
import type { Clock } from '../../core/ports/clock.ts';

/** One connection, as far as all of them together need it. */
export interface Incoming {
  /** Whom it is charged to, wide first. */
  readonly path: SourcePath;
  /** Bytes that have come of a message that is not whole. */
  unfinished(): number;
  /** Ends the connection. */
  cut(): void;
}

export interface InputPoolOptions {
  readonly clock: Clock;
  readonly memory?: Memory;
  /** @default 64 MiB of the whole of memory */
  readonly mostBytes?: number;
}

const MOST_BYTES = 64 * 1024 * 1024;
const LOOK_EVERY_MS = 250;
/** Brought down to this share, so that it is rare. */
const KEPT = 0.9;

interface Weighed {
  readonly line: Incoming;
  readonly bytes: number;
}

export class InputPool {
  readonly #clock: Clock;
  readonly #mostBytes: number;
  readonly #lines = new Set<Incoming>();
  #stopLooking: (() => void) | null = null;

  constructor({ clock, memory = new Memory(), mostBytes }: InputPoolOptions) {
    this.#clock = clock;
    this.#mostBytes = mostBytes ?? memory.share(MOST_BYTES);
  }

  /** Returns a function that takes it out again. */
  add(line: Incoming): () => void {
    this.#lines.add(line);
    this.#stopLooking ??= this.#clock.every(LOOK_EVERY_MS, () => this.#look());
    return () => {
      this.#lines.delete(line);
      if (this.#lines.size === 0) this.stop();
    };
  }

  /** Idempotent. */
  stop(): void {
    this.#stopLooking?.();
    this.#stopLooking = null;
  }

  #look(): void {
    let sum = 0;
    const weighed: Weighed[] = [];
    for (const line of this.#lines) {
      const bytes = line.unfinished();
      if (bytes === 0) continue;
      weighed.push({ line, bytes });
      sum += bytes;
    }
    if (sum > this.#mostBytes) this.#relieve(weighed, sum);
  }

  /** Lets go of those who have most at the addresses that have most, in the neighbourhoods that have most. */
  #relieve(all: readonly Weighed[], sum: number): void {
    const [wide, narrow] = [totalsAt(all, 0), totalsAt(all, 1)];
    const inTurn = all.toSorted(
      (a, b) => wide(b) - wide(a) || narrow(b) - narrow(a) || b.bytes - a.bytes,
    );
    let left = sum;
    for (const { line, bytes } of inTurn) {
      if (left <= this.#mostBytes * KEPT) return;
      left -= bytes;
      line.cut();
    }
  }
}

/** What comes from where somebody is, by a step of the path. */
function totalsAt(all: readonly Weighed[], step: number): (one: Weighed) => number {
  const nameOf = ({ line }: Weighed): string => line.path[step] ?? '';
  const totals = new Map<string, number>();
  for (const one of all) totals.set(nameOf(one), (totals.get(nameOf(one)) ?? 0) + one.bytes);
  return (one) => totals.get(nameOf(one)) ?? 0;
}
