/**
 * Runs jobs when they are due: durable work that is stored in the batch of its cause and done later, once.
 * What a job writes is committed together with its end, so a stop at any moment neither loses it nor does
 * it twice.
 */
import type { Clock } from '../core/ports/clock.ts';
import type { RelayEvent } from '../core/ports/events.ts';
import type { Log } from '../core/ports/log.ts';
import type { JobKind, JobRequest, LeasedJob } from '../core/ports/jobs.ts';
import type { RoomStorage } from '../core/ports/room-storage.ts';
import { jobWrite } from './job-write.ts';
import type { JobStorage } from './jobs-storage.ts';

export interface JobRunnerOptions {
  readonly storage: JobStorage;
  readonly rooms: Pick<RoomStorage, 'commit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: (event: RelayEvent) => void;
}

/** Jobs taken at once. */
const MOST = 10;
/** Whoever takes a job has this long. If a relay dies in the middle, the job waits for this long. */
const LEASE_MS = 60_000;
const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** How often to look at the table even if nothing is known to be due. */
const LOOK_EVERY_MS = 60_000;
/** How far ahead a job may be due that says nothing of it. */
const LONGEST_WAIT_MS = 86_400_000;
/** Clocks of two machines differ by less, so that neither takes what the other has taken. */
const CLOCKS_APART_MS = 60_000;

export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #handlers = new Map<string, Pick<JobKind, 'run' | 'longestMs'>>();
  #stopLooking: (() => void) | null = null;
  #timer: { readonly due: number; readonly cancel: () => void } | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  /** When the table was last looked at. */
  #lookedAt = Infinity;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  /** Registers who does jobs of a kind. Jobs of a kind without a handler wait. */
  handle(kind: string, handler: Pick<JobKind, 'run' | 'longestMs'>): void {
    if (this.#handlers.has(kind)) throw new Error(`two do ${kind} jobs`);
    this.#handlers.set(kind, handler);
  }

  /** Starts doing what is due. */
  start(): void {
    this.#stopLooking ??= this.#options.clock.every(LOOK_EVERY_MS, () => void this.look());
    void this.look();
  }

  /**
   * Adds a job whose only cause is that the relay runs, unless there is one of its kind and key. One that was
   * given up starts over: whatever it failed of may be mended by now.
   */
  async ensure(job: JobRequest): Promise<void> {
    await this.#options.storage.ensure(job);
    this.expect(job.due);
  }

  /** A job was committed that is due then. */
  expect(due: number): void {
    if (!this.#stopLooking || (this.#timer && this.#timer.due <= due)) return;
    this.#timer?.cancel();
    const { clock } = this.#options;
    const wake = (): void => {
      this.#timer = null;
      void this.look();
    };
    this.#timer = { due, cancel: clock.after(Math.max(0, due - clock.now()), wake) };
  }

  /** Does what is due now, and resolves when it is done. Never rejects. */
  look(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Takes no more jobs, and resolves when the current ones are done. Idempotent. */
  async stop(): Promise<void> {
    this.#stopLooking?.();
    this.#stopLooking = null;
    this.#timer?.cancel();
    this.#timer = null;
    this.#again = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#heedClock();
        const next = await this.#options.storage.nextDue([...this.#handlers.keys()]);
        if (next === null) continue;
        if (next > this.#options.clock.now()) this.expect(next);
        else await this.#runDue();
      }
    } catch (error) {
      this.#options.log.error('jobs could not be looked at', error);
    }
  }

  /**
   * At the first look, and whenever the clock was put back: nothing waits for a time that it had reached, or
   * was to reach, by the clock as it was.
   */
  async #heedClock(): Promise<void> {
    const { storage, clock } = this.#options;
    const now = clock.now();
    const wasPutBack = now < this.#lookedAt;
    this.#lookedAt = now;
    if (!wasPutBack) return;
    const leasedUntil = now + LEASE_MS + CLOCKS_APART_MS;
    for (const [kind, { longestMs = LONGEST_WAIT_MS }] of this.#handlers) {
      const due = now + longestMs;
      await storage.bringForward(kind, { due, leasedUntil, now, pauseMs: FIRST_PAUSE_MS });
    }
  }

  async #runDue(): Promise<void> {
    const { storage, clock } = this.#options;
    const now = clock.now();
    const jobs = await storage.lease([...this.#handlers.keys()], now, now + LEASE_MS, MOST);
    await Promise.all(jobs.map((job) => this.#do(job)));
    this.#again = this.#stopLooking !== null;
  }

  async #do(job: LeasedJob): Promise<void> {
    const { storage, rooms, log } = this.#options;
    const lease = { id: job.id, leasedUntil: job.leasedUntil };
    try {
      // A job that crashes the relay each time is not tried forever.
      if (job.tries > MOST_TRIES) throw new Error('it never came to an end');
      const result = await this.#handlers.get(job.kind)?.run(job, jobWrite('finish', lease, null));
      const end = jobWrite('finish', lease, result?.again ?? null);
      await rooms.commit({ changes: [], writes: [...(result?.writes ?? []), end] });
    } catch (error) {
      const isDead = job.tries >= MOST_TRIES;
      log.error(isDead ? `a ${job.kind} job is given up` : `a ${job.kind} job failed`, error);
      const due = isDead ? null : this.#options.clock.now() + pauseAfter(job.tries);
      await storage.fail(lease, messageOf(error), due);
      if (isDead) this.#options.tell({ type: 'job-died', kind: job.kind, key: job.key });
    }
  }
}

const pauseAfter = (tries: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS);

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500);
