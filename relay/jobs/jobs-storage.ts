/** Where jobs wait: the port that adapters implement. */
import type { JobRequest, LeasedJob } from '../core/ports/jobs.ts';
import type { OpsOf } from '../core/ports/port.ts';

/** A taking of a job. */
export type Lease = Pick<LeasedJob, 'id' | 'leasedUntil'>;

export interface DeadJob extends Omit<JobRequest, 'due'> {
  readonly id: number;
  readonly error: string;
}

export interface JobStorage {
  /** Adds a job; the one that there is of this kind and key is as if new. */
  put(job: JobRequest): Promise<void>;
  /** Adds a job unless there is one of this kind and key. */
  ensure(job: JobRequest): Promise<void>;
  /** When one of these kinds may be taken next; null when none waits. */
  nextDue(kinds: readonly string[]): Promise<number | null>;
  /** Takes jobs that are due, the longest due first. Nobody else gets them before `until`. */
  lease(
    kinds: readonly string[],
    now: number,
    until: number,
    most: number,
  ): Promise<readonly LeasedJob[]>;
  /** It is done: gone, or due again. A job that was put anew since it was taken stays as it was put. */
  finish(lease: Lease, again: number | null): Promise<void>;
  /** It failed: tried again when due, or dead when `due` is null. As `finish` for one that was put anew. */
  fail(lease: Lease, error: string, due: number | null): Promise<void>;
  /** Those that are tried no more. */
  dead(): Promise<readonly DeadJob[]>;
}

export const jobOps = {
  put: 'write',
  ensure: 'write',
  nextDue: 'read',
  lease: 'write',
  finish: 'write',
  fail: 'write',
  dead: 'read',
} as const satisfies OpsOf<JobStorage>;
