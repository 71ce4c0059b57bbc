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
import { queryFaults } from './query-faults';
import { SaveSkim } from './save-skim';
import { SkimFields } from './skim-form';
import { SkimPlot } from './skim-plot';
import { queryOf, type SkimForm } from './skim-query';
import { SkimRowsPanel } from './skim-rows';
import { useSkimPlot, useSkimRows } from './use-skim';

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
  const found = useSkimRows(runs, query);
  const plot = useSkimPlot(runs, query);
  const ofRows = queryFaults(found.error);
  const faults = [...ofRows, ...queryFaults(plot.counts.error, plot.axes)];
  return (
    <>
      <SkimFields form={form} names={names} faults={faults} onChange={change} />
      <SkimPlot plot={plot} names={names} faults={faults} />
      <SkimRowsPanel runs={runs} query={query} rows={found} />
      <SaveSkim runs={runs} query={query} fault={ofRows[0]?.text} />
    </>
  );
}
