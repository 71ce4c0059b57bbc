'use client';

import { type ConfigurationInfo, endpoints, type StageInfo, type ValueSource } from '@countroom/contracts';
import { Button } from '@mantine/core';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { without } from '../../lib/form/without';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { RecentPipelines } from '../pipelines/recent-pipelines';
import { RulesPanel } from '../pipelines/rules-panel';
import { useAskedVersion } from './asked-version';
import { PipelineChoice } from './pipeline-choice';
import classes from './process.module.css';
import { type RunName, readRuns, runsText } from './process-path';
import { ProcessRequest } from './process-request';
import { proposeFor } from './proposal';
import { RunPicker } from './run-picker';
import type { StageChoices } from './stage-choice';
import { StageField } from './stage-field';
import { useRecentJobs } from './use-recent-jobs';

export function ProcessPage(): ReactNode {
  const [text, setText] = useUrlState('runs', urlText);
  const runs = readRuns(text);
  const stages = useApi(endpoints.jobs.stages, {});
  const configurations = useApi(endpoints.configurations.list, { query: {} });
  return (
    <Page
      title="Process"
      actions={
        <Button component={Link} href="/process/chain" variant="default">
          Chain editor
        </Button>
      }
    >
      <RunPicker runs={runs} onChange={(next) => setText(runsText(next))} />
      <QueryView query={stages}>
        {(list) => (
          <QueryView query={configurations}>
            {(stored) => <AskedForm runs={runs} stages={list} configurations={stored} />}
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

interface FormProps {
  readonly runs: readonly RunName[];
  readonly stages: readonly StageInfo[];
  readonly configurations: readonly ConfigurationInfo[];
}

/** The form with what the address asks for: the chain editor hands over the version that it has saved. */
function AskedForm(props: FormProps): ReactNode {
  const asked = useAskedVersion(props.stages);
  return asked === undefined ? <LoadingState lines={4} /> : <ProcessForm {...props} asked={asked} />;
}

function ProcessForm({
  runs,
  stages,
  configurations,
  asked,
}: FormProps & { readonly asked: StageChoices }): ReactNode {
  const [choices, setChoices] = useState<StageChoices>(asked);
  const [values, setValues] = useState<ValueSource>('approved');
  const [pipeline, setPipeline] = useState<{ versionId: string; name: string; choices: StageChoices }>({
    versionId: '',
    name: '',
    choices: {},
  });
  const detectors = [...new Set(runs.map(({ detector }) => detector))];
  const jobs = useRecentJobs(detectors);
  return (
    <>
      <Panel title="Stages">
        <PipelineChoice
          configurations={configurations}
          stages={stages}
          detectors={detectors}
          chosen={pipeline.versionId}
          onChoose={(versionId, name, next, source) => {
            setValues(source);
            setPipeline({ versionId, name, choices: next });
            setChoices(next);
          }}
        />
        <div className={classes['stages']}>
          {stages.map((stage) => {
            const stored = configurations.filter(
              ({ kind, detector }) =>
                kind === stage.name && (detector === null || detectors.includes(detector)),
            );
            return (
              <StageField
                key={stage.name}
                stage={stage}
                stored={stored}
                proposal={proposeFor(stage.name, { stored, detectors, jobs })}
                choice={choices[stage.name]}
                onChange={(choice) => {
                  setChoices(
                    choice === undefined
                      ? without(choices, stage.name)
                      : { ...choices, [stage.name]: choice },
                  );
                }}
              />
            );
          })}
        </div>
      </Panel>
      <ProcessRequest
        runs={runs}
        stages={stages}
        choices={choices}
        values={values}
        onValues={setValues}
        pipeline={{ name: pipeline.name, versionId: choices === pipeline.choices ? pipeline.versionId : '' }}
      />
      <RulesPanel pipelines={configurations.filter(({ kind }) => kind === 'pipeline')} />
      <RecentPipelines />
    </>
  );
}
