'use client';

import { endpoints, type PipelineDetail } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { permissionForAll } from '../../lib/api/permissions';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import { Facts } from '../../lib/ui/facts';
import { Row } from '../../lib/ui/layout';
import { MomentText } from '../../lib/ui/moment-text';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { PipelineGraph } from './pipeline-graph';
import { countsWord, noCancelReason, noRetryReason, openApprovals, valueWord } from './pipeline-words';
import classes from './pipelines.module.css';
import { StepTable } from './step-table';

const refreshMs = 10_000;

/** A request for results: what it came to, as a graph and as a list, with what can be done about it as a whole. */
export function PipelinePage({ id }: { readonly id: string }): ReactNode {
  const pipeline = useApi(endpoints.pipelines.get, { params: { id } }, { everyMs: refreshMs });
  const name = pipeline.data?.name ?? '';
  return (
    <Page title={name === '' ? 'Request' : `Request ${name}`}>
      <QueryView query={pipeline} loading={<LoadingState lines={12} />}>
        {(data) => (
          <>
            <Actions pipeline={data} />
            <Approvals pipeline={data} />
            <Panel title="Stages">
              <PipelineGraph pipeline={data.id} steps={data.steps} />
            </Panel>
            <Panel title="Jobs">
              <StepTable steps={data.steps} />
            </Panel>
            <About pipeline={data} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

const changes = [
  endpoints.pipelines.get,
  endpoints.pipelines.list,
  endpoints.jobs.list,
  endpoints.jobs.get,
  endpoints.runs.get,
];

function Actions({ pipeline }: { readonly pipeline: PipelineDetail }): ReactNode {
  const permission = permissionForAll(useSession().data, 'shifter', pipeline.detectors);
  const cancel = useCommand(endpoints.pipelines.cancel, { changes });
  const retry = useCommand(endpoints.pipelines.retry, { changes });
  const noCancel = noCancelReason(pipeline, permission);
  const noRetry = noRetryReason(pipeline, permission);
  const args = { params: { id: pipeline.id }, body: {} };
  return (
    <Row>
      <ActionButton
        variant="default"
        reason={noCancel}
        loading={cancel.isPending}
        onClick={() => cancel.mutate(args)}
      >
        Cancel all
      </ActionButton>
      <ActionButton
        variant="default"
        reason={noRetry}
        quiet={noRetry === noCancel}
        loading={retry.isPending}
        onClick={() => retry.mutate(args)}
      >
        Try failed again
      </ActionButton>
      <p role="status" className={classes['counts']}>
        {countsWord(pipeline.counts)}
      </p>
    </Row>
  );
}

/** Reports that somebody has to look at before the request goes on. */
function Approvals({ pipeline }: { readonly pipeline: PipelineDetail }): ReactNode {
  const open = openApprovals(pipeline);
  if (open.length === 0) return null;
  return (
    <Panel title="Waits for approval">
      <p>
        Stages of this request use what its analyses find. They go on by themselves once that is approved:
      </p>
      <ul className={classes['approvals']} aria-label="Reports to look at">
        {open.map(({ datasetId, stage, detector, run }) => (
          <li key={datasetId}>
            <Link className="link" href={`/data/${datasetId}`}>
              Report of {stage} for {detector} {run}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function About({ pipeline }: { readonly pipeline: PipelineDetail }): ReactNode {
  const { configuration, steps, ruleId, parameters } = pipeline;
  const names = [...new Map(steps.map(({ job }) => [`${job.detector}/${job.run}`, job])).keys()];
  return (
    <Panel title="Request">
      <Facts
        items={[
          ['Asked for (UTC)', <MomentText key="at" at={pipeline.createdAt} />],
          ['By', ruleId === null ? pipeline.by : `a rule for new runs, made by ${pipeline.by}`],
          [
            'Pipeline',
            configuration === null ? (
              'put together by hand'
            ) : (
              <Link
                key="pipeline"
                className="link"
                href={`/configurations/${configuration.id}?version=${configuration.version}`}
              >
                {configuration.name}, version {configuration.version}
              </Link>
            ),
          ],
          ['Values behind db.', valueWord(parameters)],
          [
            'Again',
            <Link key="again" className="link" href={`/process?runs=${names.join(',')}`}>
              Process {names.length === 1 ? 'this run' : `these ${names.length} runs`} with other options
            </Link>,
          ],
        ]}
      />
    </Panel>
  );
}
