/** Durable work that is done later: what features say of theirs. relay/jobs runs it. */
import type { Write } from './port.ts';

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

/** What became of a job. */
export interface JobResult {
  /** Committed in one transaction with the job's end. */
  readonly writes?: readonly Write[];
  /** When to do it again, ms since the epoch. */
  readonly again?: number;
}

/**
 * Does a job. Rejects when it must be tried again.
 * @param end the job's end as a write, for a handler that puts it in a batch of its own.
 */
export type JobHandler = (job: LeasedJob, end: Write) => Promise<JobResult | void>;

/** A kind of job, and how it is done. */
export interface JobKind {
  readonly run: JobHandler;
  /** Whether there is always one of it, with no key: the relay adds it at start, due at once. */
  readonly standing?: boolean;
}
