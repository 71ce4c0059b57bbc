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
import { browserOption, longestOf } from './browser-option';
import type { DrawnCurve } from './curves';
import { partOf, timeAxis, valueAt } from './waveform-curves';

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
  const { zoom, look } = address;
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
        colors: tokens.series,
      }),
    [curves, timeUnit, unit, aligned, zoomKey],
  );
  const axis = timeAxis(timeUnit, longestOf(all));
  const name = path.replaceAll('/', '-');
  return (
    <>
      <div className={classes['controls']}>
        {zoom === null ? (
          <span className="dim">Drag in the plot to zoom, double click for all</span>
        ) : (
          <Button size="compact-xs" variant="default" onClick={() => setZoom(null)}>
            Show all
          </Button>
        )}
      </div>
      <StaticPlot
        label={`Waveforms of ${path}: rows ${curves.map((curve) => curve.row).join(', ')}, ${curves[0]?.times.length ?? 0} points each`}
        name={`${name}-row${curves[0]?.row ?? 0}`}
        option={option}
        fading={fading}
        onZoom={setZoom}
        readout={(time) => {
          const values = curves
            .slice(0, 4)
            .map((curve) => `row ${curve.row}: ${plain(valueAt(curve, time))}`)
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

function setZoom(range: readonly [number, number] | null): void {
  replaceUrl({ zoom: urlRange.write(range) });
}

function savedCurves(curves: readonly DrawnCurve[], facts: object): object {
  return {
    ...facts,
    waveforms: curves.map(({ table, row, facts: values, marks, times, values: samples }) => ({
      table,
      row,
      columns: values,
      lines: marks,
      times: [...times],
      values: Array.from(samples, (value) => (Number.isFinite(value) ? value : null)),
    })),
  };
}
