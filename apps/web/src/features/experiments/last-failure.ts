import type { JobInfo } from '@countroom/contracts';

type Job = Pick<JobInfo, 'stage' | 'status' | 'createdAt' | 'error'>;

/** A stage whose newest job failed; undefined when each was done since, or is being tried again. */
export function lastFailure<T extends Job>(jobs: readonly T[]): T | undefined {
  const newest = new Map<string, T>();
  for (const job of jobs) {
    const known = newest.get(job.stage);
    if (known === undefined || job.createdAt > known.createdAt) newest.set(job.stage, job);
  }
  return [...newest.values()].find(({ status }) => status === 'failed');
}
