'use client';

import type { ReportPlot } from '@countroom/contracts';
import { useComputedColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { PlainTable } from '../../lib/table/plain-table';
import { tokensOf } from '../../lib/theme/tokens';
import { type HeatMap, heatColor } from './heat-option';
import classes from './heat-table.module.css';

/** A map of values as a table whose cells are coloured from low to high; the lowest is marked. */
export function HeatTable({ plot, map }: { readonly plot: ReportPlot; readonly map: HeatMap }): ReactNode {
  const { heat } = tokensOf(useComputedColorScheme('light'));
  const known = map.values.flat().filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const colorOf = (value: number): string => heatColor(value, [low, high], heat);
  return (
    <figure className={classes['figure']}>
      <PlainTable
        label={plot.title}
        head={[`${plot.yLabel} \\ ${plot.xLabel}`, ...map.x.map((text) => `n:${text}`)]}
      >
        {map.y.map((row, index) => (
          <tr key={row}>
            <th scope="row">{row}</th>
            {(map.values[index] ?? []).map((value, column) => (
              <td key={map.x[column]} className="num">
                {value === null ? (
                  <span title={map.faults?.[index]?.[column] ?? undefined}>
                    {map.faults?.[index]?.[column] === undefined ? '–' : 'no figure'}
                  </span>
                ) : (
                  <span className={classes['cell']} data-best={value === low || undefined}>
                    <span className={classes['swatch']} style={{ background: colorOf(value) }} aria-hidden />
                    {Number(value.toPrecision(4))}
                    {value === low ? ' best' : ''}
                  </span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </PlainTable>
      <figcaption className="dim">{map.label}</figcaption>
    </figure>
  );
}
