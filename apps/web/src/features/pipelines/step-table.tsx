'use client';

import type { PipelineStep } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { useNow } from '../../lib/live/now';
import { RunLink } from '../../lib/run/run-link';
import { PlainTable } from '../../lib/table/plain-table';
import { JobLink } from '../jobs/job-columns';
import { JobProgress, JobState } from '../jobs/job-state';
import { ageWord } from './pipeline-words';
import classes from './pipelines.module.css';

/** The steps of a pipeline line by line: the same as its graph, in words. */
export function StepTable({ steps }: { readonly steps: readonly PipelineStep[] }): ReactNode {
  const nowMs = useNow();
  return (
    <PlainTable
      label="Jobs of the request"
      head={['Run', 'Stage', 'Status', 'Progress', 'n:Attempt', 'Age', 'Reads']}
      maxHeight="480px"
    >
      {steps.map(({ stage, job, inputs, joined }) => (
        <tr key={`${job.id} ${stage}`}>
          <td>
            <RunLink detector={job.detector} run={job.run} />
          </td>
          <td>
            <JobLink job={job} />
          </td>
          <td>
            <JobState job={job} />
            {joined ? ' (asked for before)' : ''}
          </td>
          <td>
            {job.status === 'failed' ? (
              <span className={classes['why']}>{job.error}</span>
            ) : (
              <JobProgress job={job} />
            )}
          </td>
          <td className="num">{job.attempt}</td>
          <td>{ageWord(job, nowMs)}</td>
          <td>
            {inputs.map(({ port, stage: maker }) => (maker === null ? `${port} (stored)` : port)).join(', ')}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}
