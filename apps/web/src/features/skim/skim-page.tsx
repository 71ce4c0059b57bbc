'use client';

import { endpoints, type SkimColumns } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { Page } from '../../lib/ui/page';
import { replaceUrl, urlChoice, urlList, urlNumber, urlText, useUrlState } from '../../lib/url/url-state';
import { type RunName, readRuns, runsText } from '../process/process-path';
import { RunPicker } from '../process/run-picker';
import { SaveSkim } from './save-skim';
import { SkimFields } from './skim-form';
import { SkimPlot } from './skim-plot';
import { queryOf, type SkimForm } from './skim-query';
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
