/** Runs the jobs of all features while the relay runs. It is last in the list, so it stops first. */
import type { Feature } from '../core/feature.ts';
import { JobRunner, type JobRunnerOptions } from './job-runner.ts';

export function jobsFeature(features: readonly Feature[], options: JobRunnerOptions): Feature {
  const runner = new JobRunner(options);
  const standing: string[] = [];
  for (const { jobs = {} } of features) {
    for (const [kind, job] of Object.entries(jobs)) {
      runner.handle(kind, job);
      if (job.standing === true) standing.push(kind);
    }
  }
  return {
    name: 'jobs',
    events: { 'job-put': ({ due }) => runner.expect(due) },
    async start() {
      const due = options.clock.now();
      for (const kind of standing) await runner.ensure({ kind, key: '', body: '', due });
      runner.start();
    },
    stop: () => runner.stop(),
  };
}
