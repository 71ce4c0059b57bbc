'use client';

import type { PlaneHistogram } from '@countroom/contracts';
import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useCallback, useMemo } from 'react';
import { saveCsv, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import { PlainTable } from '../../lib/table/plain-table';
import { type Tokens, tokensOf } from '../../lib/theme/tokens';
import classes from './data.module.css';
import { axisLabel, type Cell, cellAt, cellsOf, edgesOf, planeOption } from './plane-option';
import { StaticPlot } from './static-plot';

const listed = 20;

/** The picture, the meaning of its colours, and the fullest cells as a table. */
export function PlanePlot({
  plane,
  logarithmic,
  fading,
  onZoom,
}: {
  readonly plane: PlaneHistogram;
  readonly logarithmic: boolean;
  readonly fading: boolean;
  readonly onZoom: (range: readonly [number, number] | null) => void;
}): ReactNode {
  const scheme = useComputedColorScheme('light');
  const option = useCallback(
    ({ heat }: Tokens) => planeOption(plane, { heat, logarithmic }),
    [plane, logarithmic],
  );
  const fullest = useMemo(() => cellsOf(plane).sort((a, b) => b.counts - a.counts), [plane]);
  const most = fullest[0]?.counts ?? 0;
  const [across, up] = [axisLabel(plane.x), axisLabel(plane.y)];
  const placeOf = ({ x, y }: Cell): readonly [string, string] => [
    edgesOf(plane.x, plane.bins, x).map(plain).join(' to '),
    edgesOf(plane.y, plane.bins, y).map(plain).join(' to '),
  ];
  const inside = plane.entries - plane.outside - plane.nan;
  return (
    <>
      <StaticPlot
        label={`Histogram of ${up} over ${across}: ${inside} of ${plane.entries} entries, at most ${most} in a cell`}
        name={`${plane.path.replaceAll('/', '-')}-${plane.y.column}-over-${plane.x.column}`}
        height={480}
        option={option}
        fading={fading}
        onZoom={onZoom}
        readout={(x, y) => {
          const cell = cellAt(plane, x, y);
          if (cell === null) return '';
          const [placeX, placeY] = placeOf(cell);
          return `${plane.x.column} ${placeX}   ${plane.y.column} ${placeY}   counts ${plain(cell.counts)}`;
        }}
        onCsv={() => {
          const cells = cellsOf(plane);
          saveCsv(`${plane.y.column}-over-${plane.x.column}.csv`, [
            {
              name: `lower edge of ${across}`,
              values: cells.map(({ x }) => edgesOf(plane.x, plane.bins, x)[0]),
            },
            { name: `lower edge of ${up}`, values: cells.map(({ y }) => edgesOf(plane.y, plane.bins, y)[0]) },
            { name: 'counts', values: cells.map(({ counts }) => counts) },
          ]);
        }}
        onJson={() => saveJson(`${plane.y.column}-over-${plane.x.column}.json`, plane)}
      />
      <div className={classes['legend']}>
        <span>1</span>
        <span
          className={classes['scale']}
          style={{ background: `linear-gradient(to right, ${tokensOf(scheme).heat.join(', ')})` }}
          aria-hidden="true"
        />
        <span>{plain(most)} counts per cell</span>
        <span className="dim">
          {plain(inside)} inside, {plain(plane.outside)} outside, {plain(plane.nan)} not a number
        </span>
      </div>
      <details className={classes['fullest']}>
        <summary>Fullest cells as a table</summary>
        <PlainTable label="Fullest cells" head={[`n:${across}`, `n:${up}`, 'n:Counts']} maxHeight="320px">
          {fullest.slice(0, listed).map((cell) => {
            const [placeX, placeY] = placeOf(cell);
            return (
              <tr key={`${cell.x} ${cell.y}`}>
                <td className="num">{placeX}</td>
                <td className="num">{placeY}</td>
                <td className="num">{plain(cell.counts)}</td>
              </tr>
            );
          })}
        </PlainTable>
      </details>
    </>
  );
}
