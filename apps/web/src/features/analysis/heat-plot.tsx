'use client';

import type { ReportPlot } from '@countroom/contracts';
import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useCallback } from 'react';
import { saveFile, saveJson } from '../../lib/chart/export';
import { type Tokens, tokensOf } from '../../lib/theme/tokens';
import { StaticPlot } from '../data/static-plot';
import { heatOption, heatPoints, lowestPoint, mapCsv } from './heat-option';
import { HeatTable } from './heat-table';
import classes from './heat-table.module.css';

type ReportMap = NonNullable<ReportPlot['map']>;

/** A surface over two parameters as a picture with its scale, and as a table of the same numbers. */
export function HeatPlot({
  plot,
  map,
  height,
}: {
  readonly plot: ReportPlot;
  readonly map: ReportMap;
  readonly height: number;
}): ReactNode {
  const option = useCallback((tokens: Tokens) => heatOption(plot, map, tokens), [plot, map]);
  const { heat } = tokensOf(useComputedColorScheme('light'));
  const points = heatPoints(map);
  const best = lowestPoint(map);
  const known = points.map(([, , value]) => value);
  const at = ([x, y, value]: readonly [number, number, number]): string =>
    `${plot.yLabel} ${map.y[y] ?? ''}, ${plot.xLabel} ${map.x[x] ?? ''}: ${short(value)}`;
  if (best === undefined) return <p className="dim">No point has a value.</p>;
  return (
    <>
      <StaticPlot
        label={`${plot.title}: ${points.length} points, the best at ${at(best)}`}
        name={plot.name}
        height={height}
        option={option}
        fading={false}
        readout={(x, y) => {
          const found = points.find((point) => point[0] === Math.round(x) && point[1] === Math.round(y));
          return found === undefined ? '' : at(found);
        }}
        onZoom={() => undefined}
        onCsv={() => saveFile(`${plot.name}.csv`, new Blob([mapCsv(plot, map)], { type: 'text/csv' }))}
        onJson={() => saveJson(`${plot.name}.json`, plot)}
      />
      <p className={classes['scale']}>
        <span className="num">{short(Math.max(...known))}</span>
        <span
          className={classes['ramp']}
          style={{ background: `linear-gradient(90deg, ${heat.join(', ')})` }}
          aria-hidden
        />
        <span className="num">{short(best[2])}</span>
        <span className="dim">
          {map.label}; the best, framed, at {at(best)}
        </span>
      </p>
      <details>
        <summary className="dim">As a table</summary>
        <HeatTable plot={plot} map={map} />
      </details>
    </>
  );
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
