'use client';

import type { SkimRows } from '@countroom/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState } from '../../lib/states/empty-state';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { PlainTable } from '../../lib/table/plain-table';
import { Row, Stacked } from '../../lib/ui/layout';
import { Panel } from '../../lib/ui/panel';
import { cellText } from '../data/cell-text';
import type { RunName } from '../process/process-path';
import { inWords } from './query-faults';
import { SaveSkimFile } from './save-skim-file';
import type { Query } from './skim-query';
import { hasColumns } from './use-skim';

/** The first rows that pass. */
export function SkimRowsPanel({
  runs,
  query,
  rows,
}: {
  readonly runs: readonly RunName[];
  readonly query: Query;
  readonly rows: UseQueryResult<SkimRows>;
}): ReactNode {
  return (
    <Panel title="Rows">
      {!hasColumns(query) ? (
        <EmptyState title="No columns yet.">Choose columns above to see the rows that pass.</EmptyState>
      ) : rows.error !== null && rows.data === undefined ? (
        <ErrorState error={inWords(rows.error)} retry={() => void rows.refetch()} />
      ) : (
        <QueryView query={rows} loading={<LoadingState lines={8} />}>
          {({ columns, values, isWhole }) =>
            values.length === 0 ? (
              <EmptyState title="No row passes.">Ask for less, or choose other runs.</EmptyState>
            ) : (
              <Stacked>
                <Row>
                  <span className="dim" role="status">
                    {isWhole ? `All ${values.length} rows` : `The first ${values.length} rows`}
                  </span>
                  <SaveSkimFile runs={runs} query={query} lists={listsOf(columns, values)} />
                </Row>
                <PlainTable
                  label="First rows"
                  head={columns.map(
                    ({ name, units }, at) =>
                      `${isNumber(values[0]?.[at]) ? 'n:' : ''}${name}${units === null ? '' : ` / ${units}`}`,
                  )}
                  maxHeight="480px"
                >
                  {values.map((cells, row) => (
                    // Rows have no name of their own, and their order does not change.
                    <tr key={`row ${row + 1}`}>
                      {cells.map((cell, at) => (
                        <td key={columns[at]?.name} className={isNumber(cell) ? 'num mono' : 'mono'}>
                          {cellText(cell)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </PlainTable>
              </Stacked>
            )
          }
        </QueryView>
      )}
    </Panel>
  );
}

/** 64-bit integers come as texts. */
function isNumber(cell: unknown): boolean {
  return typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+$/.test(cell));
}

/** Columns of lists: CSV has no place for them. */
function listsOf(columns: SkimRows['columns'], values: SkimRows['values']): readonly string[] {
  return columns.flatMap(({ name }, at) => (values.some((cells) => Array.isArray(cells[at])) ? [name] : []));
}
