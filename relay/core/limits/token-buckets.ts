/** Rate limits: one bucket of tokens for each name, refilled over time. Memory is bounded. */
import { forgetOldest } from './forget-oldest.ts';
import { Memory } from '../memory/memory.ts';

export interface BucketOptions {
  /** Tokens a full bucket holds: the longest burst. */
  readonly burst: number;
  readonly perSecond: number;
  /**
   * How many buckets are kept. Beyond that the longest unused is forgotten, which gives its name one burst
   * at most.
   * @default 20_000 of the whole of memory
   */
  readonly most?: number;
}

const MOST = 20_000;
/** A name, its bucket and its place in the map. */
const BUCKET_BYTES = 200;

/** How often those are looked for that are full again. */
const LOOK_EVERY_MS = 1_000;

interface Bucket {
  tokens: number;
  at: number;
}

export class TokenBuckets {
  readonly #options: Required<BucketOptions>;
  readonly #now: () => number;
  /** The longest unused first. */
  readonly #buckets = new Map<string, Bucket>();
  #lookedAt = 0;

  /** @param now in ms, only forward: a clock that is turned would fill all, or none. */
  constructor(options: BucketOptions, now: () => number, memory = new Memory()) {
    this.#options = { most: memory.places(MOST, BUCKET_BYTES), ...options };
    this.#now = now;
  }

  /** Names that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Takes tokens: 0 if there were as many, otherwise ms until there are.
   * @param cost what weighs more than a bucket holds takes a full one.
   */
  take(name: string, cost = 1): number {
    const { burst, perSecond } = this.#options;
    const now = this.#now();
    const bucket = this.#fill(name, now);
    const wanted = Math.min(cost, burst);
    if (bucket.tokens >= wanted) {
      bucket.tokens -= wanted;
      return 0;
    }
    return Math.ceil(((wanted - bucket.tokens) / perSecond) * 1_000);
  }

  /** Takes as many tokens as something has cost, even if there are fewer: ms until that is made up for. */
  spend(name: string, tokens: number): number {
    const bucket = this.#fill(name, this.#now());
    bucket.tokens -= tokens;
    return Math.max(0, Math.ceil((-bucket.tokens / this.#options.perSecond) * 1_000));
  }

  #fill(name: string, now: number): Bucket {
    const { burst, perSecond, most } = this.#options;
    if (now - this.#lookedAt >= LOOK_EVERY_MS) this.#forgetFull(now);
    let bucket = this.#buckets.get(name);
    if (bucket) {
      const gained = (Math.max(0, now - bucket.at) / 1_000) * perSecond;
      bucket.tokens = Math.min(burst, bucket.tokens + gained);
      bucket.at = now;
      this.#buckets.delete(name); // moved to the end: the first is the one longest unused
    } else {
      bucket = { tokens: burst, at: now };
    }
    this.#buckets.set(name, bucket);
    forgetOldest(this.#buckets, most);
    return bucket;
  }

  /** A bucket that is full again is as good as none: names that come once are not kept for long. */
  #forgetFull(now: number): void {
    const { burst, perSecond } = this.#options;
    this.#lookedAt = now;
    for (const [name, { tokens, at }] of this.#buckets) {
      if (tokens + ((now - at) / 1_000) * perSecond < burst) return;
      this.#buckets.delete(name);
    }
  }
}
