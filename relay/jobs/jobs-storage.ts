/** Where jobs wait: the port that adapters implement. */
import type { JobRequest, LeasedJob } from '../core/ports/jobs.ts';
import type { OpsOf } from '../core/ports/port.ts';

/** A taking of a job. */
export type Lease = Pick<LeasedJob, 'id' | 'leasedUntil'>;

/** Times that no job can have, unless the clock was put back since it was put or taken. */
export interface LaterThan {
  readonly due: number;
  readonly leasedUntil: number;
  /** When those are due instead that are due later. */
  readonly now: number;
  /** A job that failed may wait for this long, doubled each time it was tried. */
  readonly pauseMs: number;
}

export interface DeadJob extends Omit<JobRequest, 'due'> {
  readonly id: number;
  readonly error: string;
}

export interface JobStorage {
  /** Adds a job. If there is one of this kind and key, it starts over. */
  put(job: JobRequest): Promise<void>;
  /** Adds a job unless there is one of this kind and key. One that was given up starts over. */
  ensure(job: JobRequest): Promise<void>;
  /** When one of these kinds may be taken next; null if none waits. */
  nextDue(kinds: readonly string[]): Promise<number | null>;
  /** Takes jobs that are due, the longest due first. Nobody else gets them before `until`. */
  lease(
    kinds: readonly string[],
    now: number,
    until: number,
    most: number,
  ): Promise<readonly LeasedJob[]>;
  /** It is done: removed, or due again. A job that was stored again since it was taken stays as stored. */
  finish(lease: Lease, again: number | null): Promise<void>;
  /**
   * It failed: it is tried again when due, or is dead if `due` is null. Like `finish` for one that was
   * stored again.
   */
  fail(lease: Lease, error: string, due: number | null): Promise<void>;
  /** The clock was put back: jobs of a kind that are due, or taken, for later than that wait no longer. */
  bringForward(kind: string, later: LaterThan): Promise<void>;
  /** Jobs that nobody tries again. */
  dead(): Promise<readonly DeadJob[]>;
}

export const jobOps = {
  put: 'write',
  ensure: 'write',
  nextDue: 'read',
  lease: 'write',
  finish: 'write',
  fail: 'write',
  bringForward: 'write',
  dead: 'read',
} as const satisfies OpsOf<JobStorage>;
