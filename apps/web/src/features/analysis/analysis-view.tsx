'use client';

import {
  type AnalysisSummary,
  type AnalysisTable,
  type DatasetInfo,
  endpoints,
  numberText,
} from '@countroom/contracts';
import { Button } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useApi } from '../../lib/api/use-api';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { Stacked } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { urlText, useUrlState } from '../../lib/url/url-state';
import { ApproveResult } from './approve-result';
import { TableReport } from './table-report';
import { VerdictMark } from './verdict-mark';

/** The report of an analysis: what it found in each table, what it proposes, and the plots of one table. */
export function AnalysisView({ dataset }: { readonly dataset: DatasetInfo }): ReactNode {
  const analysis = useApi(endpoints.parameters.analysis, { params: { id: dataset.id } });
  return (
    <QueryView query={analysis} loading={<LoadingState lines={12} />}>
      {({ summary, versions }) => (
        <Stacked>
          <Panel
            title={summary.title}
            aside={
              summary.set === null ? null : (
                <ApproveResult dataset={dataset} summary={summary} set={summary.set} versions={versions} />
              )
            }
          >
            <Tables dataset={dataset} summary={summary} />
          </Panel>
          <Chosen dataset={dataset} summary={summary} />
        </Stacked>
      )}
    </QueryView>
  );
}

interface Parts {
  readonly dataset: DatasetInfo;
  readonly summary: AnalysisSummary;
}

function Tables({ summary }: Parts): ReactNode {
  const [chosen, choose] = useUrlState('of', urlText);
  const shown = shownTable(summary, chosen);
  const columns = useMemo(() => namesOf(summary.tables), [summary]);
  return (
    <PlainTable
      label="Results"
      head={['Channel', 'Verdict', ...columns.map(({ label }) => `n:${label}`), 'Remarks']}
    >
      {summary.tables.map((table) => (
        <tr key={table.table} aria-current={table.table === shown?.table}>
          <td>
            <Button
              size="compact-xs"
              variant={table.table === shown?.table ? 'filled' : 'subtle'}
              aria-label={`Show ${table.channel}`}
              onClick={() => choose(table.table)}
            >
              {table.channel}
            </Button>
          </td>
          <td>
            <VerdictMark verdict={table.verdict} />
          </td>
          {columns.map(({ name }) => {
            const number = table.numbers.find((one) => one.name === name);
            return (
              <td key={name} className="num">
                {number === undefined ? '–' : numberText(number)}
              </td>
            );
          })}
          <td>{table.remarks[0] ?? ''}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

/** The first numbers of the tables stand in the list; all of them with the plots. */
function namesOf(tables: readonly AnalysisTable[]): { name: string; label: string }[] {
  const found = new Map(
    tables.flatMap(({ numbers }) => numbers.map(({ name, label }) => [name, label] as const)),
  );
  return [...found].slice(0, 3).map(([name, label]) => ({ name, label }));
}

function shownTable({ tables }: AnalysisSummary, chosen: string): AnalysisTable | undefined {
  return tables.find(({ table }) => table === chosen) ?? tables[0];
}

function Chosen({ dataset, summary }: Parts): ReactNode {
  const [chosen] = useUrlState('of', urlText);
  const shown = shownTable(summary, chosen);
  const report = useApi(
    endpoints.parameters.analysisTable,
    { params: { id: dataset.id }, query: { table: shown?.table ?? '-' } },
    { enabled: shown !== undefined, keepPrevious: true },
  );
  if (shown === undefined) return null;
  return (
    <QueryView query={report} loading={<LoadingState lines={12} />}>
      {(data) => <TableReport report={data} />}
    </QueryView>
  );
}
