'use client';

import { Button } from '@mantine/core';
import { type ReactNode, useCallback, useMemo } from 'react';
import { saveCsv, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { replaceUrl, urlRange } from '../../lib/url/url-state';
import { StaticPlot } from '../data/static-plot';
import classes from './browser.module.css';
import type { BrowserAddress } from './browser-address';
import { browserOption, chosenAxis } from './browser-option';
import type { DrawnCurve } from './curves';
import { partOf, valueAt } from './waveform-curves';

/** The curves, drawn over each other in one range of time. */
export function BrowserPlot({
  address,
  curves: all,
  path,
  timeUnit,
  valueUnit,
  fading,
}: {
  readonly address: BrowserAddress;
  readonly curves: readonly DrawnCurve[];
  readonly path: string;
  readonly timeUnit: string;
  readonly valueUnit: string;
  readonly fading: boolean;
}): ReactNode {
  const { zoom, look, heights, xUnit, style } = address;
  const heightsKey = heights?.join(',') ?? null;
  const zoomKey = zoom?.join(',') ?? null;
  const aligned = look.align !== '';
  const curves = useMemo(() => all.map((curve) => partOf(curve, urlRange.read(zoomKey))), [all, zoomKey]);
  const unit = look.norm === '' ? valueUnit : '';
  const option = useCallback(
    (tokens: Tokens) =>
      browserOption({
        curves,
        timeUnit,
        valueUnit: unit,
        aligned,
        zoom: urlRange.read(zoomKey),
        heights: urlRange.read(heightsKey),
        xUnit,
        style,
        colors: tokens.series,
      }),
    [curves, timeUnit, unit, aligned, zoomKey, heightsKey, xUnit, style],
  );
  const axis = chosenAxis(timeUnit, all, xUnit);
  const own = curves.filter(({ variable }) => variable === undefined);
  const name = path.replaceAll('/', '-');
  return (
    <>
      <div className={classes['controls']}>
        {zoom === null && heights === null ? (
          <span className="dim">Drag in the plot to zoom, double click for all</span>
        ) : (
          <Button size="compact-xs" variant="default" onClick={() => replaceUrl({ zoom: null, ylim: null })}>
            Show all
          </Button>
        )}
      </div>
      <StaticPlot
        label={`Waveforms of ${path}: rows ${own.map((curve) => curve.row).join(', ')}, ${own[0]?.times.length ?? 0} points each${derivedText(curves)}`}
        name={`${name}-row${curves[0]?.row ?? 0}`}
        option={option}
        fading={fading}
        onZoom={setZoom}
        readout={(time) => {
          const values = curves
            .slice(0, 4)
            .map((curve) => `${curve.variable ?? `row ${curve.row}`}: ${plain(valueAt(curve, time))}`)
            .join('   ');
          return `t = ${plain(time / axis.scale)} ${axis.unit}   ${values}`;
        }}
        onCsv={() =>
          saveCsv(
            `${name}.csv`,
            curves.flatMap((curve) => [
              { name: `${curve.label} time / ${timeUnit}`, values: curve.times },
              { name: `${curve.label} value / ${unit}`, values: curve.values },
            ]),
          )
        }
        onJson={() =>
          saveJson(`${name}.json`, savedCurves(curves, { path, timeUnit, valueUnit: unit, look }))
        }
      />
    </>
  );
}

function derivedText(curves: readonly DrawnCurve[]): string {
  const names = [...new Set(curves.flatMap(({ variable }) => variable ?? []))];
  return names.length === 0 ? '' : `, with ${names.join(', ')}`;
}

function setZoom(range: readonly [number, number] | null): void {
  replaceUrl({ zoom: urlRange.write(range) });
}

function savedCurves(curves: readonly DrawnCurve[], facts: object): object {
  return {
    ...facts,
    waveforms: curves.map(({ table, row, variable, facts: values, marks, times, values: samples }) => ({
      table,
      row,
      ...(variable === undefined ? {} : { variable }),
      columns: values,
      lines: marks,
      times: [...times],
      values: Array.from(samples, (value) => (Number.isFinite(value) ? value : null)),
    })),
  };
}
