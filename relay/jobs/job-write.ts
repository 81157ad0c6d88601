/** Jobs as writes of a batch. */
import type { JobRequest } from '../core/ports/jobs.ts';
import { writesOf } from '../core/ports/port.ts';
import type { Batch } from '../core/rooms/batch.ts';
import type { JobStorage, jobOps } from './jobs-storage.ts';

export const jobWrite = writesOf<JobStorage, typeof jobOps>('jobs');

/** Puts a job in the batch of its cause. It replaces the one with the same kind and key. */
export function putJob(batch: Batch, job: JobRequest): void {
  batch.write(jobWrite('put', job));
  batch.tell({ type: 'job-put', due: job.due });
}
