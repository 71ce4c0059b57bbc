import type { JobStatus } from '@countroom/contracts';

/** States in which a job may still do something; a partial unique index allows one such job per result. */
export const activeStatuses = ['waiting', 'queued', 'running'] as const satisfies readonly JobStatus[];

export function isActive(status: string): boolean {
  return (activeStatuses as readonly string[]).includes(status);
}

/** Whether a job has ended without a result, so that it can be tried again. */
export function hasFailed(status: string): boolean {
  return status === 'failed' || status === 'cancelled';
}

/** Name of one try in the queue: new with each attempt, since the queue ignores names that it has seen. */
export function queueId(job: { readonly id: string; readonly attempt: number }): string {
  return `${job.id}.${job.attempt}`;
}
