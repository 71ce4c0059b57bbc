'use client';

import { endpoints, type Hdf5Slice, type TreeNode } from '@countroom/contracts';
import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useApi } from '../../lib/api/use-api';
import { saveCsv, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import { type Tokens, tokensOf } from '../../lib/theme/tokens';
import classes from '../data/data.module.css';
import { StaticPlot } from '../data/static-plot';
import { AxisFields } from './axis-fields';
import { axesText, extent, leadingIndices, numberOf, rowsOf, thinned } from './slice-axes';
import { type Image, imageOption } from './slice-option';

const mostPixels = 512;

/** The last two axes of a dataset as a picture, at places of the others. */
export function SliceImage({
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
  const shape = node.shape ?? [];
  const indices = leadingIndices(shape, 2, at);
  const rows = thinned(shape.at(-2) ?? 0, mostPixels);
  const columns = thinned(shape.at(-1) ?? 0, mostPixels);
  const slice = useApi(
    endpoints.data.hdf5Slice,
    { params: { id: dataset }, query: { path: node.path, axes: axesText(indices, [rows, columns]) } },
    { keepPrevious: true },
  );
  const isThin = rows.step > 1 || columns.step > 1;
  return (
    <>
      <div className={classes['controls']}>
        <AxisFields shape={shape} indices={indices} onChange={onAt} />
        {isThin ? (
          <span className="dim">
            Of every {plain(rows.step)} rows and {plain(columns.step)} columns one is shown
          </span>
        ) : null}
      </div>
      <QueryView query={slice} loading={<LoadingState lines={1} height={480} />}>
        {(data) => (
          <Picture
            slice={data}
            rowStep={rows.step}
            columnStep={columns.step}
            fading={slice.isPlaceholderData}
          />
        )}
      </QueryView>
    </>
  );
}

function Picture({
  slice,
  rowStep,
  columnStep,
  fading,
}: {
  readonly slice: Hdf5Slice;
  readonly rowStep: number;
  readonly columnStep: number;
  readonly fading: boolean;
}): ReactNode {
  const scheme = useComputedColorScheme('light');
  const image = useMemo((): Image => {
    const values = Float64Array.from(slice.data, numberOf);
    const [rows = 0, columns = 0] = slice.shape;
    return { values, rows, columns, rowStep, columnStep, limits: extent(values) };
  }, [slice, rowStep, columnStep]);
  const option = useCallback(({ heat }: Tokens) => imageOption(image, heat), [image]);
  const unit = slice.units === null ? '' : ` ${slice.units}`;
  const name = slice.path.replaceAll('/', '-');
  return (
    <>
      <StaticPlot
        label={`Image of ${slice.path}: ${image.rows} by ${image.columns}, values from ${plain(image.limits[0])} to ${plain(image.limits[1])}${unit}`}
        name={name}
        height={480}
        option={option}
        fading={fading}
        onZoom={() => undefined}
        readout={(x, y) => {
          const [column, row] = [Math.floor(x / columnStep), Math.floor(y / rowStep)];
          if (column < 0 || row < 0 || column >= image.columns || row >= image.rows) return '';
          const value = image.values[row * image.columns + column];
          return `row ${plain(row * rowStep)}   column ${plain(column * columnStep)}   value ${plain(value)}${unit}`;
        }}
        onCsv={() => {
          const rows = rowsOf(slice);
          saveCsv(
            `${name}.csv`,
            Array.from({ length: image.columns }, (_, column) => ({
              name: String(column * columnStep),
              values: rows.map((row) => numberOf(row[column] ?? null)),
            })),
          );
        }}
        onJson={() => saveJson(`${name}.json`, slice)}
      />
      <div className={classes['legend']}>
        <span>{plain(image.limits[0])}</span>
        <span
          className={classes['scale']}
          style={{ background: `linear-gradient(to right, ${tokensOf(scheme).heat.join(', ')})` }}
          aria-hidden="true"
        />
        <span>
          {plain(image.limits[1])}
          {unit}
        </span>
      </div>
    </>
  );
}
