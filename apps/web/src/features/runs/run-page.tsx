'use client';

import { endpoints, type RunDetail } from '@countroom/contracts';
import { Button } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { useApi } from '../../lib/api/use-api';
import { useStatuses } from '../../lib/live/status-provider';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Columns, Stacked } from '../../lib/ui/layout';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { DatasetTable } from '../data/dataset-table';
import { JobTable } from '../jobs/job-table';
import { processPath } from '../process/process-path';
import { RunConfiguration } from './run-configuration';
import { RunCountersPanel } from './run-counters-panel';
import { RunFacts } from './run-facts';
import { RunLog } from './run-log';
import { RunNeighbours } from './run-neighbours';
import { RunNotes } from './run-notes';

const liveMs = 5000;

/** Everything that is known of one run. */
export function RunPage({
  detector,
  number,
}: {
  readonly detector: string;
  readonly number: number;
}): ReactNode {
  const api = useApiClient();
  const [ended, setEnded] = useState(false);
  const run = useApi(endpoints.runs.get, { params: { detector, number } }, ended ? {} : { everyMs: liveMs });
  const over = run.data !== undefined && run.data.endedAt !== null;
  if (over !== ended) setEnded(over);
  return (
    <Page
      title={`Run ${detector} ${number}`}
      actions={
        <>
          <RunNeighbours detector={detector} number={number} />
          <Button
            component="a"
            variant="default"
            href={api.url(endpoints.runs.export, { params: { detector, number } })}
            title="Configurations, resolved values, counters, log and results as readable text, in one ZIP archive"
          >
            Download folder
          </Button>
          <Button component={Link} variant="default" href={processPath([{ detector, number }])}>
            Process
          </Button>
        </>
      }
    >
      <QueryView query={run} loading={<LoadingState lines={12} />}>
        {(data) => <RunContent run={data} />}
      </QueryView>
    </Page>
  );
}

function RunContent({ run }: { readonly run: RunDetail }): ReactNode {
  const live = useStatuses().list.find((each) => each.detector.name === run.detector);
  const status = live?.status?.run?.id === run.id ? live.status : null;
  return (
    <Columns>
      <Stacked>
        <RunFacts run={run} status={status} />
        <RunNotes key={run.id} run={run} />
      </Stacked>
      <RunCountersPanel run={run} status={status} statusAtMs={live?.statusAtMs ?? null} />
      <Panel
        title="Datasets"
        wide
        aside={
          <Link className="link" href={processPath([run])}>
            Process this run
          </Link>
        }
      >
        <DatasetTable datasets={run.datasets} running={run.endedAt === null} />
      </Panel>
      <Panel
        title="Jobs"
        wide
        aside={
          <Link className="link" href={`/jobs?detector=${run.detector}&run=${run.number}`}>
            Show in Jobs
          </Link>
        }
      >
        <JobTable jobs={run.jobs} />
      </Panel>
      <Panel title="Log" wide>
        <RunLog detector={run.detector} number={run.number} running={run.endedAt === null} />
      </Panel>
      <RunConfiguration run={run} />
    </Columns>
  );
}
