import type { JobInfo, PipelineCounts, PipelineDetail } from '@countroom/contracts';
import type { Permission } from '../../lib/api/permissions';
import { duration } from '../../lib/format/time';
import type { StateWord } from '../../lib/run/state-words';
import { isOver, jobWord } from '../jobs/job-words';

/** Where several jobs are together: the worst of what needs somebody, then what goes on. */
export function stateOf(jobs: readonly JobInfo[]): StateWord {
  const [only, ...others] = jobs;
  if (only !== undefined && others.length === 0) return jobWord(only);
  const count = (status: JobInfo['status']): number => jobs.filter((job) => job.status === status).length;
  if (count('failed') > 0) return { mark: 'alarm', word: `${count('failed')} failed` };
  if (count('running') > 0) return { mark: 'running', word: `${count('running')} running` };
  const open = count('queued') + count('waiting');
  if (open > 0) return { mark: 'ready', word: `${open} waiting` };
  if (count('cancelled') > 0) return { mark: 'stopped', word: `${count('cancelled')} cancelled` };
  return { mark: 'ok', word: 'All completed' };
}

/** Share of the work that is done, 0 to 1; null where it is not known. */
export function shareOf(jobs: readonly JobInfo[]): number | null {
  const [only, ...others] = jobs;
  if (only !== undefined && others.length === 0) return only.progress;
  return jobs.filter(({ status }) => status === 'completed').length / Math.max(1, jobs.length);
}

/** How long a job has been where it is, or took; `nowMs` is unix time. */
export function ageWord(job: JobInfo, nowMs: number): string {
  const since = (iso: string): string => duration(Math.max(0, (nowMs - Date.parse(iso)) / 1000));
  if (job.fromCatalogue) return 'nothing to do';
  if (job.startedAt !== null && job.endedAt !== null) {
    return `took ${duration((Date.parse(job.endedAt) - Date.parse(job.startedAt)) / 1000)}`;
  }
  if (job.startedAt !== null) return `for ${since(job.startedAt)}`;
  return isOver(job) ? 'not begun' : `asked for ${since(job.createdAt)} ago`;
}

/** `3 completed, 1 running`. */
export function countsWord(counts: PipelineCounts): string {
  const order = ['failed', 'running', 'queued', 'waiting', 'cancelled', 'completed'] as const;
  const parts = order.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  return parts.length === 0 ? 'no jobs' : parts.join(', ');
}

/** Why a pipeline cannot be cancelled now; null when it can. */
export function noCancelReason({ id, steps }: PipelineDetail, permission: Permission): string | null {
  if (!permission.allowed) return permission.reason;
  const own = steps.filter(({ job }) => job.pipelineId === id && !isOver(job));
  if (own.length === 0) return 'Nothing that it asked for waits or runs.';
  return own.every(({ job }) => job.cancelRequested) ? 'It has been told to stop.' : null;
}

/** Why a pipeline cannot be tried again now; null when it can. */
export function noRetryReason({ counts }: PipelineDetail, permission: Permission): string | null {
  if (!permission.allowed) return permission.reason;
  return counts.failed + counts.cancelled > 0 ? null : 'Nothing failed or was cancelled.';
}
