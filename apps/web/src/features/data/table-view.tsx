'use client';

import { endpoints, type TreeNode } from '@countroom/contracts';
import { Button, NumberInput, UnstyledButton } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { plain } from '../../lib/format/numbers';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import tableClasses from '../../lib/table/data-table.module.css';
import { urlNumber, useUrlState } from '../../lib/url/url-state';
import { cellText, isNumberColumn } from './cell-text';
import classes from './data.module.css';
import { SaveRows } from './save-rows';
import type { View } from './tree-rows';

const pageRows = 50;

/** Rows of a table or array, some at a time. A column's name leads to its histogram. */
export function TableView({
  dataset,
  node,
  onChoose,
}: {
  readonly dataset: string;
  readonly node: TreeNode;
  readonly onChoose: (path: string, view: View) => void;
}): ReactNode {
  const [row, setRow] = useUrlState('row', urlNumber);
  const from = Math.max(0, Math.floor(row ?? 0));
  const preview = useApi(
    endpoints.data.table,
    { params: { id: dataset }, query: { path: node.path, from, count: pageRows } },
    { keepPrevious: true },
  );
  return (
    <QueryView query={preview} loading={<LoadingState lines={10} />}>
      {(data) => (
        <>
          <div className={classes['controls']}>
            <Button
              variant="default"
              disabled={from === 0}
              onClick={() => setRow(Math.max(0, from - pageRows))}
            >
              Earlier rows
            </Button>
            <Button variant="default" disabled={data.to >= data.rows} onClick={() => setRow(from + pageRows)}>
              Later rows
            </Button>
            <NumberInput
              label="From row"
              className={classes['number']}
              hideControls
              min={0}
              max={Math.max(0, data.rows - 1)}
              allowDecimal={false}
              value={from}
              onChange={(value) => setRow(value === '' ? null : Number(value))}
            />
            <span className="dim" role="status">
              {data.rows === 0
                ? 'no rows'
                : `rows ${plain(data.from)} to ${plain(data.to - 1)} of ${plain(data.rows)}`}
            </span>
            <SaveRows key={data.path} dataset={dataset} preview={data} />
          </div>
          <div
            className={tableClasses['scroller']}
            style={{ maxHeight: 560 }}
            role="group"
            aria-label={`Rows of ${node.path}`}
            tabIndex={0}
            data-fading={preview.isPlaceholderData || undefined}
          >
            <table className={tableClasses['table']}>
              <thead>
                <tr>
                  <th scope="col" className={tableClasses['numeric']}>
                    row
                  </th>
                  {data.columns.map((column) => (
                    <th
                      key={column.name}
                      scope="col"
                      className={isNumberColumn(column) ? tableClasses['numeric'] : undefined}
                      title={column.datatype}
                    >
                      <ColumnName
                        name={column.name}
                        units={column.units}
                        onOpen={
                          column.plottable && node.kind === 'table'
                            ? () => onChoose(`${node.path}/${column.name}`, 'histogram')
                            : null
                        }
                      />
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.values.map((cells, index) => (
                  <tr key={data.from + index}>
                    <td className={tableClasses['numeric']}>{plain(data.from + index)}</td>
                    {cells.map((cell, at) => (
                      <td
                        key={data.columns[at]?.name ?? at}
                        className={
                          isNumberColumn(data.columns[at]) ? `${tableClasses['numeric'] ?? ''} mono` : 'mono'
                        }
                      >
                        {cellText(cell)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </QueryView>
  );
}

function ColumnName({
  name,
  units,
  onOpen,
}: {
  readonly name: string;
  readonly units: string | null;
  readonly onOpen: (() => void) | null;
}): ReactNode {
  const label = (
    <>
      {name}
      {units === null || units === '' ? null : <span className={tableClasses['unit']}> / {units}</span>}
    </>
  );
  if (onOpen === null) return label;
  return (
    <UnstyledButton className={classes['columnLink']} fz="inherit" fw="inherit" onClick={onOpen}>
      <span className="visually-hidden">Histogram of </span>
      {label}
      <IconChartHistogram size={14} aria-hidden />
    </UnstyledButton>
  );
}
