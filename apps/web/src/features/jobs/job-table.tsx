'use client';

import type { JobInfo } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { duration, secondsBetween } from '../../lib/format/time';
import { PlainTable } from '../../lib/table/plain-table';
import { MomentText } from '../../lib/ui/moment-text';
import { JobLink } from './job-columns';
import { JobProgress, JobState } from './job-state';

/** The few jobs of a run. */
export function JobTable({ jobs }: { readonly jobs: readonly JobInfo[] }): ReactNode {
  if (jobs.length === 0) return <p className="dim">Nothing was asked of this run yet.</p>;
  return (
    <PlainTable label="Jobs" head={['Stage', 'Status', 'Progress', 'Asked for (UTC)', 'n:Took', 'By']}>
      {jobs.map((job) => (
        <tr key={job.id}>
          <td>
            <JobLink job={job} />
          </td>
          <td>
            <JobState job={job} />
          </td>
          <td>
            <JobProgress job={job} />
          </td>
          <td>
            <MomentText at={job.createdAt} />
          </td>
          <td className="num">{duration(secondsBetween(job.startedAt, job.endedAt))}</td>
          <td>{job.by}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
