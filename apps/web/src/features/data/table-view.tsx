'use client';

import { endpoints, type TablePreview, type TreeNode } from '@countroom/contracts';
import { NumberInput, UnstyledButton } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { plain } from '../../lib/format/numbers';
import { LoadingState } from '../../lib/states/loading-state';
import tableClasses from '../../lib/table/data-table.module.css';
import { ActionButton } from '../../lib/ui/action-button';
import { urlNumber, useUrlState } from '../../lib/url/url-state';
import { cellText, isNumberColumn } from './cell-text';
import { CutOfView, CutQueryView, type CutState } from './cut-of-view';
import classes from './data.module.css';
import { SaveRows } from './save-rows';
import type { View } from './tree-rows';

const pageRows = 50;

/** Rows of a table or array, some at a time. A column's name leads to its histogram. */
export function TableView({
  dataset,
  node,
  cut,
  onChoose,
}: {
  readonly dataset: string;
  readonly node: TreeNode;
  readonly cut: CutState;
  readonly onChoose: (path: string, view: View) => void;
}): ReactNode {
  const [row, setRow] = useUrlState('row', urlNumber);
  const from = Math.max(0, Math.floor(row ?? 0));
  const preview = useApi(
    endpoints.data.table,
    { params: { id: dataset }, query: { path: node.path, from, count: pageRows, ...cut.query } },
    { keepPrevious: true },
  );
  return (
    <>
      <CutOfView cut={cut} error={preview.error} />
      <CutQueryView query={preview} loading={<LoadingState lines={10} />}>
        {(data) => (
          <>
            <div className={classes['controls']}>
              <ActionButton
                variant="default"
                quiet
                reason={from === 0 ? 'These are the first rows.' : null}
                onClick={() => setRow(Math.max(0, from - pageRows))}
              >
                Earlier rows
              </ActionButton>
              <ActionButton
                variant="default"
                quiet
                reason={data.to >= data.passing ? 'These are the last rows.' : null}
                onClick={() => setRow(from + pageRows)}
              >
                Later rows
              </ActionButton>
              <NumberInput
                label={cut.text === '' ? 'From row' : 'From place'}
                className={classes['number']}
                hideControls
                min={0}
                max={Math.max(0, data.passing - 1)}
                allowDecimal={false}
                value={from}
                onChange={(value) => setRow(value === '' ? null : Number(value))}
              />
              <span className="dim" role="status">
                {rowsText(data, cut.text !== '')}
              </span>
              <SaveRows key={`${data.path} ${cut.text}`} dataset={dataset} preview={data} cut={cut.query} />
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
                    <tr key={data.numbers[index]}>
                      <td className={tableClasses['numeric']}>{plain(data.numbers[index])}</td>
                      {cells.map((cell, at) => (
                        <td
                          key={data.columns[at]?.name ?? at}
                          className={
                            isNumberColumn(data.columns[at])
                              ? `${tableClasses['numeric'] ?? ''} mono`
                              : 'mono'
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
      </CutQueryView>
    </>
  );
}

function rowsText({ from, to, rows, passing }: TablePreview, isCut: boolean): string {
  if (rows === 0) return 'no rows';
  if (!isCut) return `rows ${plain(from)} to ${plain(to - 1)} of ${plain(rows)}`;
  if (passing === 0) return `no row of ${plain(rows)} passes the cut`;
  return `${plain(from + 1)} to ${plain(to)} of ${plain(passing)} rows that pass the cut, of ${plain(rows)}`;
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
