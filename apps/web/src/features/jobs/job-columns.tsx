import type { JobInfo } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { duration, secondsBetween } from '../../lib/format/time';
import { RunLink } from '../../lib/run/run-link';
import type { DataColumn } from '../../lib/table/data-table';
import { MomentText } from '../../lib/ui/moment-text';
import { JobProgress, JobState } from './job-state';

/** A job's stage as a link to it. */
export function JobLink({ job }: { readonly job: Pick<JobInfo, 'id' | 'stage'> }): ReactNode {
  return (
    <Link className="link mono" href={`/jobs/${job.id}`}>
      {job.stage}
    </Link>
  );
}

export const jobColumns: readonly DataColumn<JobInfo>[] = [
  { id: 'stage', header: 'Stage', cell: (job) => <JobLink job={job} /> },
  { id: 'run', header: 'Run', cell: (job) => <RunLink detector={job.detector} run={job.run} /> },
  { id: 'status', header: 'Status', cell: (job) => <JobState job={job} /> },
  {
    id: 'progress',
    header: 'Progress',
    cell: (job) => <JobProgress job={job} />,
  },
  { id: 'created', header: 'Asked for (UTC)', cell: (job) => <MomentText at={job.createdAt} /> },
  {
    id: 'took',
    header: 'Took',
    numeric: true,
    cell: (job) => duration(secondsBetween(job.startedAt, job.endedAt)),
  },
  { id: 'priority', header: 'Priority', numeric: true, cell: (job) => job.priority },
  { id: 'attempt', header: 'Attempt', numeric: true, cell: (job) => job.attempt },
  { id: 'by', header: 'By', cell: (job) => job.by },
  { id: 'started', header: 'Began (UTC)', hidden: true, cell: (job) => <MomentText at={job.startedAt} /> },
  { id: 'ended', header: 'Ended (UTC)', hidden: true, cell: (job) => <MomentText at={job.endedAt} /> },
  {
    id: 'lineage',
    header: 'Lineage',
    hidden: true,
    cell: (job) => <span className="mono">{job.lineageHash.slice(0, 12)}</span>,
  },
];
