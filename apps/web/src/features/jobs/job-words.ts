import type { JobDetail, JobInfo, JobStatus } from '@countroom/contracts';
import type { Permission } from '../../lib/api/permissions';
import type { StateWord } from '../../lib/run/state-words';

/** Where a job is, as a word with its mark. */
export function jobWord(
  job: Pick<JobInfo, 'status' | 'fromCatalogue' | 'cancelRequested' | 'awaitsApproval'>,
): StateWord {
  if (job.awaitsApproval) return { mark: 'warning', word: 'Waits for approval' };
  if (job.cancelRequested && job.status === 'running') return { mark: 'paused', word: 'Cancelling' };
  if (job.status === 'completed' && job.fromCatalogue) return { mark: 'ok', word: 'From catalogue' };
  return statusWord(job.status);
}

/** A status by itself. */
export function statusWord(status: JobStatus): StateWord {
  switch (status) {
    case 'waiting':
      return { mark: 'neutral', word: 'Waiting' };
    case 'queued':
      return { mark: 'ready', word: 'Queued' };
    case 'running':
      return { mark: 'running', word: 'Running' };
    case 'completed':
      return { mark: 'ok', word: 'Completed' };
    case 'failed':
      return { mark: 'alarm', word: 'Failed' };
    case 'cancelled':
      return { mark: 'stopped', word: 'Cancelled' };
  }
}

/** How a try ended. */
export function attemptWord(outcome: JobDetail['attempts'][number]['outcome']): StateWord {
  return outcome === 'lost' ? { mark: 'warning', word: 'Worker lost' } : statusWord(outcome);
}

/** Why a job cannot be cancelled now; null when it can. */
export function cancelReason(job: JobInfo, permission: Permission): string | null {
  if (!permission.allowed) return permission.reason;
  if (job.cancelRequested) return 'It has been told to stop.';
  if (isOver(job)) return `It is ${job.status} already.`;
  return null;
}

/** Why a job cannot be tried again now; null when it can. */
export function retryReason(job: JobInfo, permission: Permission): string | null {
  if (!permission.allowed) return permission.reason;
  if (job.status === 'failed' || job.status === 'cancelled') return null;
  return isOver(job) ? 'It is completed.' : 'Only failed and cancelled jobs can be tried again.';
}

/** Why the priority cannot be changed now; null when it can. */
export function priorityReason(job: JobInfo, permission: Permission): string | null {
  if (!permission.allowed) return permission.reason;
  if (job.status === 'waiting' || job.status === 'queued') return null;
  return 'The priority matters only before a job begins.';
}

/** True when nothing more will happen by itself. */
export function isOver(job: Pick<JobInfo, 'status'>): boolean {
  return job.status === 'completed' || job.status === 'failed' || job.status === 'cancelled';
}
