'use client';

import { type DatasetInfo, endpoints, type JobDetail } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { shownError } from '../../lib/api/errors';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { saveJson } from '../../lib/chart/export';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Stacked } from '../../lib/ui/layout';
import { ProgressBar } from '../../lib/ui/progress-bar';
import { StatusMark } from '../../lib/ui/status-mark';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { readIntegrity } from '../data/integrity';
import { IntegrityView } from '../data/integrity-view';
import classes from './import.module.css';
import type { ConversionOptions, TablesPreview } from './use-tables';

const progressMs = 1000;

/** Has the recording converted, and shows how far that is and what was found. The job stands in the address. */
export function ConversionRun({
  dataset,
  options,
  preview,
}: {
  readonly dataset: DatasetInfo;
  readonly options: ConversionOptions;
  readonly preview: TablesPreview;
}): ReactNode {
  const [job, setJob] = useUrlState('job', urlText);
  const permission = usePermission('shifter', dataset.detector);
  const submit = useCommand(endpoints.jobs.submit, {
    changes: [endpoints.jobs.list, endpoints.runs.get, endpoints.data.list],
    quiet: true,
    done: ({ jobs }) => setJob(jobs[0]?.id ?? ''),
  });
  const run = { detector: dataset.detector, number: dataset.run };
  const config = options as Record<string, never>;
  return (
    <Stacked>
      <FaultNote failure={submit.error === null ? undefined : shownError(submit.error)} />
      <div className={classes['actions']}>
        <ActionButton
          reason={permission.allowed ? reasonAgainst(preview) : permission.reason}
          loading={submit.isPending}
          onClick={() => submit.mutate({ body: { runs: [run], stages: [{ stage: 'daq_to_raw', config }] } })}
        >
          Convert
        </ActionButton>
      </div>
      {job === '' ? null : <JobProgress key={job} id={job} />}
    </Stacked>
  );
}

function reasonAgainst({ data, message, old }: TablesPreview): string | null {
  if (message !== null) return 'The output specification is faulty: see above.';
  if (data === undefined || old) return 'The tables are being looked at.';
  return data.tables.length + data.objects.length === 0 ? 'No table would be written.' : null;
}

function JobProgress({ id }: { readonly id: string }): ReactNode {
  const job = useApi(endpoints.jobs.get, { params: { id } }, { everyMs: progressMs });
  return (
    <QueryView query={job} loading={<LoadingState lines={1} />}>
      {(data) => (
        <Stacked>
          <div role="status">
            <JobWords job={data} />{' '}
            <Link className="link" href={`/jobs/${data.id}`}>
              Job and log
            </Link>
          </div>
          {data.outputDatasetId === null || data.status !== 'completed' ? null : (
            <Converted dataset={data.outputDatasetId} />
          )}
        </Stacked>
      )}
    </QueryView>
  );
}

function JobWords({ job }: { readonly job: JobDetail }): ReactNode {
  switch (job.status) {
    case 'completed':
      return (
        <StatusMark mark="ok">
          {job.fromCatalogue ? 'Was converted like that before' : 'Converted'}
        </StatusMark>
      );
    case 'failed':
      return <StatusMark mark="alarm">Not converted: {job.error ?? 'the log says why'}</StatusMark>;
    case 'cancelled':
      return <StatusMark mark="neutral">Cancelled; nothing was written</StatusMark>;
    case 'waiting':
    case 'queued':
      return <ProgressBar label="Conversion" share={null} text="waits for a worker" />;
    case 'running':
      return <ProgressBar label="Conversion" share={job.progress} text={job.progressText} />;
  }
}

/** What decoding found, and the way to the tables. */
function Converted({ dataset }: { readonly dataset: string }): ReactNode {
  const result = useApi(endpoints.data.get, { params: { id: dataset } });
  return (
    <QueryView query={result} loading={<LoadingState lines={4} />}>
      {(data) => {
        const integrity = readIntegrity(data.report);
        return (
          <Stacked>
            <div className={classes['actions']}>
              <Link className="link" href={`/data/${data.id}`}>
                Look at the tables
              </Link>
              <ActionButton
                variant="default"
                size="compact-sm"
                reason={data.report === null ? 'The conversion wrote no report.' : null}
                onClick={() => saveJson(`integrity-${data.detector}-${data.run}.json`, data.report)}
              >
                Save integrity report
              </ActionButton>
            </div>
            {integrity === null ? null : <IntegrityView integrity={integrity} />}
          </Stacked>
        );
      }}
    </QueryView>
  );
}
