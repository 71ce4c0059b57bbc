'use client';

import { endpoints, type JobDetail, type JobInfo } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { chainOf } from './chain';
import { JobLink } from './job-columns';
import { JobProgress, JobState } from './job-state';
import classes from './jobs.module.css';

/** The jobs that this one waits for, and those that wait for it, in the order in which they can run. */
export function JobChain({ job }: { readonly job: JobDetail }): ReactNode {
  const listed = useApi(
    endpoints.jobs.list,
    {
      query: {
        detector: job.detector,
        run: job.run,
        ...(job.pipelineId === null ? {} : { pipelineId: job.pipelineId }),
        limit: 200,
      },
    },
    { enabled: job.pipelineId !== null || job.dependsOn.length > 0 },
  );
  if (listed.error !== null && listed.data === undefined) return <ErrorState error={listed.error} />;
  if (listed.isLoading) return <LoadingState lines={3} />;
  const chain = chainOf(job, listed.data?.items ?? []);
  return (
    <>
      <ol className={classes['chain']}>
        {chain.jobs.map((each) => (
          <ChainItem key={each.id} job={each} current={each.id === job.id} />
        ))}
        {chain.elsewhere.map((id) => (
          <li key={id}>
            waits for a job of another request:{' '}
            <Link className="link mono" href={`/jobs/${id}`}>
              {id.slice(0, 8)}
            </Link>
          </li>
        ))}
      </ol>
      {job.pipelineId === null ? null : (
        <p>
          <Link className="link" href={`/pipelines/${job.pipelineId}`}>
            The whole request
          </Link>
        </p>
      )}
    </>
  );
}

function ChainItem({ job, current }: { readonly job: JobInfo; readonly current: boolean }): ReactNode {
  return (
    <li aria-current={current ? 'step' : undefined}>
      {current ? <span className="mono">{job.stage} (this job)</span> : <JobLink job={job} />}
      <JobState job={job} />
      {job.status === 'running' ? <JobProgress job={job} /> : null}
    </li>
  );
}
