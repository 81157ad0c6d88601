/** Durable work for later, as features define it. relay/jobs runs it. */
import type { Write } from './port.ts';

/** Something to do later. */
export interface JobRequest {
  /** What to do; it names the handler. */
  readonly kind: string;
  /** What to do it to. There is one job for each kind and key. */
  readonly key: string;
  /** What the handler needs besides the key: JSON, or empty. */
  readonly body: string;
  /** ms since the epoch. */
  readonly due: number;
}

/** A job that a runner has taken. */
export interface LeasedJob extends Omit<JobRequest, 'due'> {
  readonly id: number;
  /** How often it was taken, including this time. */
  readonly tries: number;
  /** When another runner may take it; it identifies this lease. */
  readonly leasedUntil: number;
}

/** The result of a job. */
export interface JobResult {
  /** Committed in one transaction with the job's end. */
  readonly writes?: readonly Write[];
  /** When to do it again, ms since the epoch. */
  readonly again?: number;
}

/**
 * Does a job. Rejects if it must be tried again.
 * @param end the job's end as a write, for a handler that puts it in its own batch.
 */
export type JobHandler = (job: LeasedJob, end: Write) => Promise<JobResult | void>;

/** A kind of job, and how it is done. */
export interface JobKind {
  readonly run: JobHandler;
  /** Whether there is always one, without a key: the relay adds it at start, due at once. */
  readonly standing?: boolean;
  /**
   * How far ahead one may be due at most. One that is due later was put before the clock was put back, and is
   * looked at now.
   * @default a day
   */
  readonly longestMs?: number;
}
