'use client';

import { endpoints } from '@countroom/contracts';
import { NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { permissionForAll } from '../../lib/api/permissions';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row, Stacked } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import type { RunName } from '../process/process-path';
import type { Query } from './skim-query';
import { hasColumns } from './use-skim';

/** A job whose result is a data set with its lineage: one of all runs, or one of each. */
export function SaveSkim({
  runs,
  query,
  fault,
}: {
  readonly runs: readonly RunName[];
  readonly query: Query;
  /** What is wrong in the query, as far as its rows are concerned. */
  readonly fault: string | undefined;
}): ReactNode {
  const router = useRouter();
  const [name, setName] = useState('');
  const [each, setEach] = useState(false);
  const permission = permissionForAll(
    useSession().data,
    'shifter',
    runs.map(({ detector }) => detector),
  );
  const submit = useCommand(endpoints.jobs.submit, {
    changes: [endpoints.pipelines.list, endpoints.jobs.list, endpoints.runs.get, endpoints.runs.list],
    quiet: true,
    done: ({ pipelineId }) => router.push(`/pipelines/${pipelineId}`),
  });
  const missing = !hasColumns(query)
    ? 'Choose columns first.'
    : fault === undefined
      ? null
      : `Mend the query first. ${fault}`;
  const several = runs.length > 1;
  return (
    <Panel title="Save as data set">
      <Stacked>
        <p className="dim">{whatIsMade(runs, each)}</p>
        <Row>
          {several ? (
            <NativeSelect
              label="Data sets"
              data={[
                { value: 'joint', label: 'One of all runs' },
                { value: 'each', label: 'One of each run' },
              ]}
              value={each ? 'each' : 'joint'}
              onChange={(event) => setEach(event.currentTarget.value === 'each')}
            />
          ) : null}
          <TextInput
            label="Name of the request"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ActionButton
            reason={permission.allowed ? missing : permission.reason}
            loading={submit.isPending}
            onClick={() =>
              submit.mutate({
                body: {
                  runs: [...runs],
                  stages: [{ stage: 'skim', config: { ...query } }],
                  joint: several && !each,
                  name: name.trim(),
                },
              })
            }
          >
            Save as data set
          </ActionButton>
        </Row>
        <FaultNote failure={submit.error === null ? undefined : shownError(submit.error)} />
      </Stacked>
    </Panel>
  );
}

function whatIsMade(runs: readonly RunName[], each: boolean): string {
  const [first] = runs;
  const lineage = 'the query and what it read are its lineage.';
  if (runs.length === 1) return `A job makes one data set of kind skim of the run: ${lineage}`;
  return each
    ? `A job makes one data set of kind skim of each of the ${runs.length} runs: ${lineage}`
    : `A job makes one data set of kind skim of all ${runs.length} runs, kept with ${first!.detector}/${first!.number}: ${lineage}`;
}
