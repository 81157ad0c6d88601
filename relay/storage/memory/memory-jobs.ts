/** Jobs in memory. */
import type { Sync } from '../../core/ports/port.ts';
import type { JobRequest, LeasedJob } from '../../core/ports/jobs.ts';
import type { DeadJob, JobStorage, LaterThan, Lease } from '../../jobs/jobs-storage.ts';
import type { Table, Tables } from './tables/table.ts';

interface KeptJob extends Omit<JobRequest, 'due'> {
  readonly id: number;
  readonly due: number | null;
  readonly tries: number;
  readonly leasedUntil: number | null;
  readonly error: string;
}

const rested = { tries: 0, leasedUntil: null, error: '' } as const;

export class MemoryJobs implements Sync<JobStorage> {
  readonly #jobs: Table<number, KeptJob>;
  #last = 0;

  constructor(tables: Tables) {
    this.#jobs = tables.make();
  }

  put(job: JobRequest): void {
    const id = this.#find(job)?.id ?? ++this.#last;
    this.#jobs.set(id, { id, ...job, ...rested });
  }

  ensure(job: JobRequest): void {
    const there = this.#find(job);
    if (!there || there.due === null) this.put(job);
  }

  nextDue(kinds: readonly string[]): number | null {
    const due = this.#jobs
      .values()
      .flatMap((job) =>
        kinds.includes(job.kind) && job.due !== null
          ? [Math.max(job.due, job.leasedUntil ?? job.due)]
          : [],
      );
    return due.length === 0 ? null : due.reduce((a, b) => Math.min(a, b));
  }

  lease(kinds: readonly string[], now: number, until: number, most: number): LeasedJob[] {
    return this.#jobs
      .values()
      .filter(
        ({ kind, due, leasedUntil }) =>
          kinds.includes(kind) && due !== null && due <= now && (leasedUntil ?? 0) <= now,
      )
      .toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0) || a.id - b.id)
      .slice(0, most)
      .map((job) => {
        const tries = job.tries + 1;
        this.#jobs.set(job.id, { ...job, tries, leasedUntil: until });
        const { id, kind, key, body } = job;
        return { id, kind, key, body, tries, leasedUntil: until };
      });
  }

  finish(lease: Lease, again: number | null): void {
    const job = this.#held(lease);
    if (!job) return;
    if (again === null) this.#jobs.delete(job.id);
    else this.#jobs.set(job.id, { ...job, ...rested, due: again });
  }

  fail(lease: Lease, error: string, due: number | null): void {
    const job = this.#held(lease);
    if (job) this.#jobs.set(job.id, { ...job, due, error, leasedUntil: null });
  }

  bringForward(kind: string, later: LaterThan): void {
    for (const job of this.#jobs.values()) {
      if (job.kind !== kind) continue;
      const latest = Math.max(later.due, later.now + later.pauseMs * 2 ** job.tries);
      const due = job.due !== null && job.due > latest ? later.now : job.due;
      const isFree = (job.leasedUntil ?? 0) > later.leasedUntil;
      this.#jobs.set(job.id, { ...job, due, leasedUntil: isFree ? null : job.leasedUntil });
    }
  }

  dead(): DeadJob[] {
    return this.#jobs
      .values()
      .filter(({ due }) => due === null)
      .map(({ id, kind, key, body, error }) => ({ id, kind, key, body, error }));
  }

  #find({ kind, key }: JobRequest): KeptJob | undefined {
    return this.#jobs.values().find((job) => job.kind === kind && job.key === key);
  }

  #held({ id, leasedUntil }: Lease): KeptJob | undefined {
    const job = this.#jobs.get(id);
    return job?.leasedUntil === leasedUntil ? job : undefined;
  }
}
