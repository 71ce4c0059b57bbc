'use client';

import { endpoints, type SkimColumns } from '@countroom/contracts';
import { TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { permissionForAll } from '../../lib/api/permissions';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { useSession } from '../../lib/api/use-session';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row, Stacked } from '../../lib/ui/layout';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { replaceUrl, urlChoice, urlList, urlNumber, urlText, useUrlState } from '../../lib/url/url-state';
import { type RunName, readRuns, runsText } from '../process/process-path';
import { RunPicker } from '../process/run-picker';
import { SkimFields } from './skim-form';
import { SkimPlot } from './skim-plot';
import { type Query, queryOf, type SkimForm } from './skim-query';
import { SkimRowsPanel } from './skim-rows';

const rowsCodec = urlChoice(['hits', 'events']);
const keepCodec = urlChoice(['passing', 'events']);

/** Columns, cuts and plots over all tiers of one or many runs, and the rows saved as data sets. */
export function SkimPage(): ReactNode {
  const [text, setText] = useUrlState('runs', urlText);
  const runs = readRuns(text);
  const names = useApi(
    endpoints.skim.columns,
    { body: { runs } },
    { enabled: runs.length > 0, keepPrevious: true },
  );
  return (
    <Page title="Query">
      <RunPicker runs={runs} onChange={(next) => setText(runsText(next))} />
      {runs.length === 0 ? (
        <EmptyState title="No runs yet.">
          Add runs to ask for columns of their raw, dsp, hit, tcm and evt data at once.
        </EmptyState>
      ) : (
        <QueryView query={names}>{(found) => <SkimForms runs={runs} names={found} />}</QueryView>
      )}
    </Page>
  );
}

function SkimForms({
  runs,
  names,
}: {
  readonly runs: readonly RunName[];
  readonly names: SkimColumns;
}): ReactNode {
  const [rows] = useUrlState('rows', rowsCodec);
  const [keep] = useUrlState('keep', keepCodec);
  const [columns] = useUrlState('columns', urlList);
  const [channels] = useUrlState('channels', urlList);
  const [cuts] = useUrlState('cuts', urlText);
  const [sample] = useUrlState('sample', urlNumber);
  const form: SkimForm = { rows, keep, columns, channels, cuts, sample };
  const query = queryOf(form);
  const change = (changes: Partial<SkimForm>): void => {
    const next = { ...form, ...changes };
    replaceUrl({
      rows: rowsCodec.write(next.rows),
      keep: keepCodec.write(next.keep),
      columns: urlList.write(next.columns),
      channels: urlList.write(next.channels),
      cuts: urlText.write(next.cuts),
      sample: urlNumber.write(next.sample),
    });
  };
  return (
    <>
      <SkimFields form={form} names={names} onChange={change} />
      <SkimPlot runs={runs} query={query} names={names} />
      <SkimRowsPanel runs={runs} query={query} />
      <SaveSkim runs={runs} query={query} />
    </>
  );
}

/** A job per run whose result is a data set of the run, with its lineage. */
function SaveSkim({ runs, query }: { readonly runs: readonly RunName[]; readonly query: Query }): ReactNode {
  const router = useRouter();
  const [name, setName] = useState('');
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
  const some = Array.isArray(query['columns']) && query['columns'].length > 0;
  const missing = some ? null : 'Choose columns first.';
  return (
    <Panel title="Save as data set">
      <Stacked>
        <p className="dim">
          {`A job makes one data set of kind skim ${runs.length === 1 ? 'of the run' : `of each of the ${runs.length} runs`}: the query and what it read are its lineage.`}
        </p>
        <Row>
          <TextInput
            label="Name of the request"
            maxLength={200}
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
