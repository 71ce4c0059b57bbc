'use client';

import { endpoints, type JobDetail } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { duration, secondsBetween } from '../../lib/format/time';
import { JsonView } from '../../lib/json/json-view';
import { RunLink } from '../../lib/run/run-link';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { Facts } from '../../lib/ui/facts';
import { Columns } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { StatusMark } from '../../lib/ui/status-mark';
import { JobActions } from './job-actions';
import { JobChain } from './job-chain';
import { JobLog } from './job-log';
import { JobProgress, JobState } from './job-state';
import { attemptWord, isOver } from './job-words';
import classes from './jobs.module.css';

const refreshMs = 15_000;

export function JobPage({ id }: { readonly id: string }): ReactNode {
  const job = useApi(endpoints.jobs.get, { params: { id } }, { everyMs: refreshMs });
  const title = job.data === undefined ? 'Job' : `${job.data.stage} of ${job.data.detector} ${job.data.run}`;
  return (
    <Page title={title}>
      <QueryView query={job} loading={<LoadingState lines={12} />}>
        {(data) => <JobContent job={data} />}
      </QueryView>
    </Page>
  );
}

function JobContent({ job }: { readonly job: JobDetail }): ReactNode {
  return (
    <>
      <JobActions job={job} />
      <Columns>
        <JobFacts job={job} />
        <Panel title="Chain">
          <JobChain job={job} />
        </Panel>
        <Panel title="Log" wide>
          <JobLog key={job.id} job={job.id} over={isOver(job)} />
        </Panel>
        <Panel title="Attempts" wide>
          <Attempts job={job} />
        </Panel>
        <Panel title="Options" wide>
          <JsonView label="Options of the job" value={job.config} />
        </Panel>
      </Columns>
    </>
  );
}

function JobFacts({ job }: { readonly job: JobDetail }): ReactNode {
  const stages = useApi(endpoints.jobs.stages, {});
  const stage = stages.data?.find(({ name }) => name === job.stage);
  return (
    <Panel title="Job">
      <Facts
        items={[
          ['Status', <JobState key="state" job={job} />],
          ...(job.status === 'running' ? [['Progress', <JobProgress key="bar" job={job} />] as const] : []),
          ...(job.error === null || job.error === ''
            ? []
            : [
                [
                  'What happened',
                  <p key="error" className={classes['error']}>
                    {job.error}
                  </p>,
                ] as const,
              ]),
          [
            'Stage',
            <span key="stage" className="mono">
              {job.stage}
            </span>,
          ],
          ['Configuration', <ConfigurationLink key="configuration" job={job} />],
          ['Run', <RunLink key="run" detector={job.detector} run={job.run} />],
          ['Input', <Inputs key="in" inputs={job.inputs} />],
          [
            'Result',
            job.outputDatasetId === null ? (
              'none yet'
            ) : (
              <span key="out">
                <Datasets ids={[job.outputDatasetId]} kinds={stage?.provides} none="" />
                {job.fromCatalogue ? ' (was there already; nothing was computed)' : ''}
              </span>
            ),
          ],
          ['Asked for (UTC)', <MomentText key="created" at={job.createdAt} />],
          ['Began (UTC)', <MomentText key="started" at={job.startedAt} />],
          ['Ended (UTC)', <MomentText key="ended" at={job.endedAt} />],
          ['Took', duration(secondsBetween(job.startedAt, job.endedAt))],
          ['By', job.by],
          [
            'Lineage',
            <span key="lineage" className="mono">
              {job.lineageHash}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}

function ConfigurationLink({ job }: { readonly job: JobDetail }): ReactNode {
  if (job.configuration === null) return 'options of its own, below';
  const { id, name, version } = job.configuration;
  return (
    <Link className="link" href={`/configurations/${id}?version=${version}`}>
      {name}, version {version}
    </Link>
  );
}

function Inputs({ inputs }: { readonly inputs: JobDetail['inputs'] }): ReactNode {
  if (inputs.length === 0) return 'none';
  return inputs.map(({ port, datasetId, jobId }) => (
    <span key={`${port} ${datasetId ?? jobId ?? ''}`}>
      {datasetId === null ? (
        `${port}, which a job before makes`
      ) : (
        <Link className="link mono" href={`/data/${datasetId}`}>
          {`${port} ${datasetId.slice(-6)}`}
        </Link>
      )}{' '}
    </span>
  ));
}

function Datasets({
  ids,
  kinds = [],
  none,
}: {
  readonly ids: readonly string[];
  /** What the stage reads or makes, in the order of the ids where it is known. */
  readonly kinds?: readonly string[] | undefined;
  readonly none: string;
}): ReactNode {
  if (ids.length === 0) return none;
  return ids.map((id, index) => (
    <span key={id}>
      <Link className="link mono" href={`/data/${id}`}>
        {/* The ends of ids tell them apart; they begin with the time. */}
        {`${kinds[index] ?? 'dataset'} ${id.slice(-6)}`}
      </Link>{' '}
    </span>
  ));
}

function Attempts({ job }: { readonly job: JobDetail }): ReactNode {
  if (job.attempts.length === 0) {
    return <p className="dim">No worker has begun it{job.fromCatalogue ? '; none had to' : ' yet'}.</p>;
  }
  return (
    <PlainTable
      label="Attempts"
      head={['n:Attempt', 'Outcome', 'Worker', 'Began (UTC)', 'n:Took', 'What happened']}
    >
      {job.attempts.map((attempt) => {
        const { mark, word } = attemptWord(attempt.outcome);
        return (
          <tr key={attempt.attempt}>
            <td className="num">{attempt.attempt}</td>
            <td>
              <StatusMark mark={mark}>{word}</StatusMark>
            </td>
            <td className="mono">{attempt.worker}</td>
            <td>
              <MomentText at={attempt.startedAt} />
            </td>
            <td className="num">{duration(secondsBetween(attempt.startedAt, attempt.endedAt))}</td>
            <td>{attempt.error ?? ''}</td>
          </tr>
        );
      })}
    </PlainTable>
  );
}
