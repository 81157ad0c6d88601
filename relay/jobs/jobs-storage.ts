/** Where jobs wait: the port that adapters implement. */
import type { OpsOf } from '../core/ports/port.ts';

/** Something to do later. */
export interface JobRequest {
  /** What is to be done: names the handler. */
  readonly kind: string;
  /** What it is done to. There is one job of a kind and key. */
  readonly key: string;
  /** What the handler needs beside the key: JSON, or empty. */
  readonly body: string;
  /** ms since the epoch. */
  readonly due: number;
}

/** A job that a runner has taken. */
export interface LeasedJob extends Omit<JobRequest, 'due'> {
  readonly id: number;
  /** How often it was taken, this time included. */
  readonly tries: number;
  /** When it may be taken by another; names this taking of it. */
  readonly leasedUntil: number;
}

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
