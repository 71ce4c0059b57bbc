'use client';

import type { ReportPlot } from '@countroom/contracts';
import { type ReactNode, useCallback } from 'react';
import { saveFile, saveJson } from '../../lib/chart/export';
import { among } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { StaticPlot } from '../data/static-plot';
import { faultPoints, type HeatMap, heatOption, heatPoints, lowestPoint, mapCsv } from './heat-option';
import { HeatScale } from './heat-scale';
import { HeatTable } from './heat-table';

/** A surface over two parameters as a picture with its scale, and as a table of the same numbers. */
export function HeatPlot({
  plot,
  map,
  height,
}: {
  readonly plot: ReportPlot;
  readonly map: HeatMap;
  readonly height: number;
}): ReactNode {
  const option = useCallback((tokens: Tokens) => heatOption(plot, map, tokens), [plot, map]);
  const points = heatPoints(map);
  const best = lowestPoint(map);
  const faults = faultPoints(map);
  const values = points.map(([, , value]) => value);
  const ends = [Math.min(...values), Math.max(...values)] as const;
  const at = ([x, y, value]: readonly [number, number, number]): string =>
    `${plot.yLabel} ${map.y[y] ?? ''}, ${plot.xLabel} ${map.x[x] ?? ''}: ${among(value, ends)}`;
  if (best === undefined && faults.length === 0) return <p className="dim">No point has a value.</p>;
  return (
    <>
      <StaticPlot
        label={`${plot.title}: ${points.length} points${best === undefined ? '' : `, the best at ${at(best)}`}${faults.length === 0 ? '' : `; ${faults.length} without a figure`}`}
        name={plot.name}
        height={height}
        option={option}
        fading={false}
        readout={(x, y) => {
          const isThere = ([column, row]: readonly [number, number, unknown]): boolean =>
            column === Math.round(x) && row === Math.round(y);
          const found = points.find(isThere);
          return found === undefined ? (faults.find(isThere)?.[2] ?? '') : at(found);
        }}
        onZoom={() => undefined}
        onCsv={() => saveFile(`${plot.name}.csv`, new Blob([mapCsv(plot, map)], { type: 'text/csv' }))}
        onJson={() => saveJson(`${plot.name}.json`, plot)}
      />
      <HeatScale
        label={map.label}
        values={values}
        best={best === undefined ? null : at(best)}
        faults={faults.length}
      />
      <details>
        <summary className="dim">As a table</summary>
        <HeatTable plot={plot} map={map} />
      </details>
    </>
  );
}
