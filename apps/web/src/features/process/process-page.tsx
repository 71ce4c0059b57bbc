'use client';

import { type ConfigurationInfo, endpoints, type StageInfo } from '@countroom/contracts';
import { Checkbox, NumberInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { without } from '../../lib/form/without';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import { IssueList } from '../../lib/ui/issue-list';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { urlText, useUrlState } from '../../lib/url/url-state';
import classes from './process.module.css';
import { type RunName, readRuns, runsText } from './process-path';
import { RunPicker } from './run-picker';
import { chainWords, missingWord, requestedStages, type StageChoices } from './stage-choice';
import { StageField } from './stage-field';

export function ProcessPage(): ReactNode {
  const [text, setText] = useUrlState('runs', urlText);
  const runs = readRuns(text);
  const stages = useApi(endpoints.jobs.stages, {});
  const configurations = useApi(endpoints.configurations.list, { query: {} });
  return (
    <Page title="Process">
      <RunPicker runs={runs} onChange={(next) => setText(runsText(next))} />
      <QueryView query={stages}>
        {(list) => (
          <QueryView query={configurations}>
            {(stored) => <ProcessForm runs={runs} stages={list} configurations={stored} />}
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

function ProcessForm({
  runs,
  stages,
  configurations,
}: {
  readonly runs: readonly RunName[];
  readonly stages: readonly StageInfo[];
  readonly configurations: readonly ConfigurationInfo[];
}): ReactNode {
  const router = useRouter();
  const permission = usePermission('shifter');
  const [choices, setChoices] = useState<StageChoices>({});
  const [priority, setPriority] = useState<number | string>(50);
  const [force, setForce] = useState(false);
  const submit = useCommand(endpoints.jobs.submit, {
    changes: [endpoints.jobs.list, endpoints.runs.get, endpoints.runs.list],
    quiet: true,
    done: ({ jobs }) => {
      const pipeline = jobs.find(({ pipelineId }) => pipelineId !== null)?.pipelineId;
      router.push(pipeline === undefined || pipeline === null ? '/jobs' : `/jobs?pipeline=${pipeline}`);
    },
  });
  const failure = submit.error === null ? undefined : shownError(submit.error);
  const requested = requestedStages(stages, choices);
  const missing = missingWord(runs.length, requested.length);
  return (
    <>
      <Panel title="Stages">
        <div className={classes['stages']}>
          {stages.map((stage) => (
            <StageField
              key={stage.name}
              stage={stage}
              stored={configurations.filter(({ kind }) => kind === stage.name)}
              choice={choices[stage.name]}
              issues={issuesOfStage(failure?.issues ?? [], stage.name)}
              onChange={(choice) => {
                setChoices(
                  choice === undefined ? without(choices, stage.name) : { ...choices, [stage.name]: choice },
                );
              }}
            />
          ))}
        </div>
      </Panel>
      <Panel title="Request">
        <p className="dim">
          {requested.length === 0
            ? 'Choose what to make.'
            : `${chainWords(stages, choices)}. Results that exist with the same options and inputs are taken from the catalogue; only the rest is computed.`}
        </p>
        <div className={classes['row']}>
          <NumberInput
            label="Priority"
            description="0 to 100, 100 first"
            min={0}
            max={100}
            value={priority}
            onChange={setPriority}
          />
          <Checkbox
            label="Compute again what exists already"
            checked={force}
            onChange={(event) => setForce(event.currentTarget.checked)}
          />
        </div>
        {failure === undefined ? null : (
          <div role="alert">
            <p className={classes['error']}>{failure.message}</p>
            <IssueList issues={failure.issues} />
          </div>
        )}
        <ActionButton
          reason={permission.allowed ? missing : permission.reason}
          loading={submit.isPending}
          onClick={() =>
            submit.mutate({ body: { runs: [...runs], stages: requested, priority: Number(priority), force } })
          }
        >
          Submit
        </ActionButton>
      </Panel>
    </>
  );
}

/** Faults of one stage, by their place in its options. */
function issuesOfStage<T extends { readonly path: string }>(issues: readonly T[], stage: string): T[] {
  const prefix = `stages.${stage}.`;
  return issues
    .filter(({ path }) => path.startsWith(prefix))
    .map((issue) => ({ ...issue, path: issue.path.slice(prefix.length) }));
}
