import type { JobInfo, PipelineCounts, PipelineDetail, ValueSource } from '@countroom/contracts';
import type { Permission } from '../../lib/api/permissions';
import { duration, spent } from '../../lib/format/time';
import type { StateWord } from '../../lib/run/state-words';
import { isOver, jobWord } from '../jobs/job-words';

/** Data kinds of results that are reports to look at. */
const analyses: ReadonlySet<string> = new Set([
  'calibration',
  'cuts',
  'optimisation',
  'decay',
  'filter',
  'trapping',
]);

/** Where several jobs are together: the worst of what needs somebody, then what goes on. */
export function stateOf(jobs: readonly JobInfo[]): StateWord {
  const [only, ...others] = jobs;
  if (only !== undefined && others.length === 0) return jobWord(only);
  const count = (status: JobInfo['status']): number => jobs.filter((job) => job.status === status).length;
  if (count('failed') > 0) return { mark: 'alarm', word: `${count('failed')} failed` };
  if (count('running') > 0) return { mark: 'running', word: `${count('running')} running` };
  const held = jobs.filter((job) => job.awaitsApproval).length;
  if (held > 0) return { mark: 'warning', word: `${held} ${held === 1 ? 'waits' : 'wait'} for approval` };
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
    return `took ${spent((Date.parse(job.endedAt) - Date.parse(job.startedAt)) / 1000)}`;
  }
  if (job.startedAt !== null) return `for ${since(job.startedAt)}`;
  return isOver(job) ? 'not begun' : `asked for ${since(job.createdAt)} ago`;
}

/** An analysis whose report somebody has to look at before a request can go on. */
export interface OpenApproval {
  /** The data set of its report. */
  readonly datasetId: string;
  readonly stage: string;
  readonly detector: string;
  readonly run: number;
}

/** What has to be approved for the steps of a request that wait for it; each analysis once. */
export function openApprovals({ steps }: Pick<PipelineDetail, 'steps'>): OpenApproval[] {
  const found = steps
    .filter(({ job }) => job.awaitsApproval)
    .flatMap(({ job, inputs }) =>
      steps.filter(
        (one) =>
          job.dependsOn.includes(one.job.id) &&
          inputs.some(({ port, stage }) => stage === one.stage && analyses.has(port)),
      ),
    )
    .flatMap(({ stage, job: { outputDatasetId, detector, run } }) =>
      outputDatasetId === null ? [] : [{ datasetId: outputDatasetId, stage, detector, run }],
    );
  return [...new Map(found.map((one) => [one.datasetId, one])).values()];
}

/** Where values behind `db.` come from, in words. */
export function valueWord(source: ValueSource): string {
  switch (source) {
    case 'approved':
      return 'those approved when it was asked for';
    case 'when-approved':
      return 'what its analyses find, once somebody has approved it';
    case 'own':
      return 'what its analyses find, without approval and for it alone';
  }
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
export function noRetryReason({ counts, steps }: PipelineDetail, permission: Permission): string | null {
  if (!permission.allowed) return permission.reason;
  if (steps.some(({ job }) => job.status === 'running' && job.cancelRequested))
    return 'A job is still being cancelled.';
  return counts.failed + counts.cancelled > 0 ? null : 'Nothing failed or was cancelled.';
}
