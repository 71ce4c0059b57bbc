'use client';

import { endpoints, type TreeNode } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { saveCsv, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import tableClasses from '../../lib/table/data-table.module.css';
import { ActionButton } from '../../lib/ui/action-button';
import { urlNumber, useUrlState } from '../../lib/url/url-state';
import { cellText } from '../data/cell-text';
import classes from '../data/data.module.css';
import { AxisFields } from './axis-fields';
import { axesText, leadingIndices, numberOf, part, rowsOf } from './slice-axes';

const pageRows = 50;
const pageColumns = 20;

/** Elements of a dataset in rows and columns: its last two axes, some at a time. */
export function SliceTable({
  dataset,
  node,
  at,
  onAt,
}: {
  readonly dataset: string;
  readonly node: TreeNode;
  readonly at: readonly number[];
  readonly onAt: (at: readonly number[]) => void;
}): ReactNode {
  const [row, setRow] = useUrlState('row', urlNumber);
  const [column, setColumn] = useUrlState('column', urlNumber);
  const shape = node.shape ?? [];
  const indices = leadingIndices(shape, 2, at);
  const isPlane = shape.length > 1;
  const rows = part(shape.at(isPlane ? -2 : -1) ?? 1, row ?? 0, pageRows);
  const columns = part(shape.at(-1) ?? 1, column ?? 0, pageColumns);
  const [rowCount, columnCount] = [shape.at(isPlane ? -2 : -1) ?? 1, isPlane ? (shape.at(-1) ?? 1) : 1];
  const ranges = shape.length === 0 ? [] : isPlane ? [rows, columns] : [rows];
  const slice = useApi(
    endpoints.data.hdf5Slice,
    { params: { id: dataset }, query: { path: node.path, axes: axesText(indices, ranges) } },
    { keepPrevious: true },
  );
  const name = node.path.replaceAll('/', '-');
  return (
    <>
      <div className={classes['controls']}>
        <AxisFields shape={shape} indices={indices} onChange={onAt} />
        <Steps label="rows" from={rows.start} count={pageRows} all={rowCount} onFrom={setRow} />
        {isPlane ? (
          <Steps
            label="columns"
            from={columns.start}
            count={pageColumns}
            all={columnCount}
            onFrom={setColumn}
          />
        ) : null}
      </div>
      <QueryView query={slice} loading={<LoadingState lines={10} />}>
        {(data) => {
          const cells = rowsOf(data);
          return (
            <>
              <div className={classes['controls']}>
                <span className="dim" role="status">
                  {shape.length === 0
                    ? 'one value'
                    : `rows ${plain(rows.start)} to ${plain(rows.stop - 1)} of ${plain(rowCount)}${
                        isPlane
                          ? `, columns ${plain(columns.start)} to ${plain(columns.stop - 1)} of ${plain(columnCount)}`
                          : ''
                      }`}
                </span>
                <ActionButton
                  variant="default"
                  size="compact-sm"
                  reason={data.numeric ? null : 'Only numbers go into a CSV file; JSON takes all.'}
                  onClick={() =>
                    saveCsv(
                      `${name}.csv`,
                      Array.from({ length: cells[0]?.length ?? 0 }, (_, index) => ({
                        name: isPlane ? String(columns.start + index) : node.name,
                        values: cells.map((each) => numberOf(each[index] ?? null)),
                      })),
                    )
                  }
                >
                  Save as CSV
                </ActionButton>
                <ActionButton
                  variant="default"
                  size="compact-sm"
                  reason={null}
                  onClick={() => saveJson(`${name}.json`, data)}
                >
                  Save as JSON
                </ActionButton>
              </div>
              <div
                className={tableClasses['scroller']}
                style={{ maxHeight: 560 }}
                role="group"
                aria-label={`Elements of ${node.path}`}
                tabIndex={0}
                data-fading={slice.isPlaceholderData || undefined}
              >
                <table className={tableClasses['table']}>
                  <thead>
                    <tr>
                      <th scope="col" className={tableClasses['numeric']}>
                        index
                      </th>
                      {(cells[0] ?? []).map((_, index) => (
                        <th key={columns.start + index} scope="col" className={tableClasses['numeric']}>
                          {isPlane ? columns.start + index : node.name}
                          {data.units === null ? '' : ` / ${data.units}`}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {cells.map((each, index) => (
                      <tr key={rows.start + index}>
                        <td className={tableClasses['numeric']}>{rows.start + index}</td>
                        {each.map((cell, place) => (
                          <td
                            key={columns.start + place}
                            className={data.numeric ? `${tableClasses['numeric'] ?? ''} mono` : 'mono'}
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
          );
        }}
      </QueryView>
    </>
  );
}

function Steps({
  label,
  from,
  count,
  all,
  onFrom,
}: {
  readonly label: string;
  readonly from: number;
  readonly count: number;
  readonly all: number;
  readonly onFrom: (from: number | null) => void;
}): ReactNode {
  if (all <= count) return null;
  const to = (place: number): void => onFrom(place <= 0 ? null : place);
  return (
    <>
      <ActionButton
        variant="default"
        quiet
        reason={from === 0 ? `These are the first ${label}.` : null}
        onClick={() => to(from - count)}
      >
        Earlier {label}
      </ActionButton>
      <ActionButton
        variant="default"
        quiet
        reason={from + count >= all ? `These are the last ${label}.` : null}
        onClick={() => to(from + count)}
      >
        Later {label}
      </ActionButton>
    </>
  );
}
