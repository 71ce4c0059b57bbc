'use client';

import { endpoints, type Hdf5Slice, type TreeNode } from '@countroom/contracts';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useApi } from '../../lib/api/use-api';
import { saveCsv, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import { LoadingState } from '../../lib/states/loading-state';
import { QueryView } from '../../lib/states/query-view';
import type { Tokens } from '../../lib/theme/tokens';
import { urlRange, useUrlState } from '../../lib/url/url-state';
import classes from '../data/data.module.css';
import { StaticPlot } from '../data/static-plot';
import { AxisFields } from './axis-fields';
import { axesText, leadingIndices, numberOf } from './slice-axes';
import { lineOption } from './slice-option';

const points = 2000;

/** Numbers along the last axis of a dataset, at places of the others. */
export function SliceLine({
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
  const [zoom, setZoom] = useUrlState('zoom', urlRange);
  const shape = node.shape ?? [];
  const length = shape.at(-1) ?? 0;
  const indices = leadingIndices(shape, 1, at);
  // A part is asked for anew, so that detail is not lost.
  const start = Math.max(0, Math.min(length - 1, Math.floor(zoom?.[0] ?? 0)));
  const stop = Math.min(length, Math.max(start + 1, Math.ceil(zoom?.[1] ?? length) + 1));
  const axes = axesText(indices, [{ start, stop, step: 1 }]);
  const slice = useApi(
    endpoints.data.hdf5Slice,
    { params: { id: dataset }, query: { path: node.path, axes, points } },
    { keepPrevious: true },
  );
  return (
    <>
      <div className={classes['controls']}>
        <AxisFields shape={shape} indices={indices} onChange={onAt} />
        <span className="dim">Drag in the plot to zoom, double click for all</span>
      </div>
      <QueryView query={slice} loading={<LoadingState lines={1} height={400} />}>
        {(data) => (
          <Line slice={data} start={start} zoom={zoom} fading={slice.isPlaceholderData} onZoom={setZoom} />
        )}
      </QueryView>
    </>
  );
}

function Line({
  slice,
  start,
  zoom,
  fading,
  onZoom,
}: {
  readonly slice: Hdf5Slice;
  readonly start: number;
  readonly zoom: readonly [number, number] | null;
  readonly fading: boolean;
  readonly onZoom: (zoom: readonly [number, number] | null) => void;
}): ReactNode {
  const [places, values] = useMemo(
    () => [
      Float64Array.from(slice.data, (_, index) => start + (slice.places?.[index] ?? index)),
      Float64Array.from(slice.data, numberOf),
    ],
    [slice, start],
  );
  const { units } = slice;
  const option = useCallback(
    (tokens: Tokens) => lineOption(places, values, { units, color: tokens.series[0], zoom }),
    [places, values, units, zoom],
  );
  const name = slice.path.replaceAll('/', '-');
  return (
    <StaticPlot
      label={`Line of ${slice.path}: ${values.length} points from index ${start}`}
      name={name}
      option={option}
      fading={fading}
      onZoom={onZoom}
      readout={(x, y) => `index ${plain(Math.round(x))}   value ${plain(y)}`}
      onCsv={() =>
        saveCsv(`${name}.csv`, [
          { name: 'index', values: places },
          { name: units === null ? 'value' : `value / ${units}`, values },
        ])
      }
      onJson={() =>
        saveJson(`${name}.json`, { path: slice.path, units, index: [...places], value: slice.data })
      }
    />
  );
}
