'use client';

import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useCallback, useState } from 'react';
import { tick } from '../../lib/chart/axis-format';
import { saveCsv, saveJson } from '../../lib/chart/export';
import { plain } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';
import { interleave } from '../../panels/waveforms/prepare';
import type { PreviewCurve } from '../chain-editor/preview-curves';
import { StaticPlot } from '../data/static-plot';

type Range = readonly [number, number] | null;

const perMegahertz: Readonly<Record<string, number>> = { Hz: 1e6, kHz: 1e3, MHz: 1, GHz: 1e-3 };

/** Curves over frequency, from 0 to half the sampling rate. */
export function SpectrumPlot({
  curves,
  unit,
  fading,
}: {
  readonly curves: readonly PreviewCurve[];
  /** Of the axis: Hz, kHz, MHz or GHz. */
  readonly unit: string;
  readonly fading: boolean;
}): ReactNode {
  const [zoom, setZoom] = useState<Range>(null);
  const scale = perMegahertz[unit] ?? 1;
  const option = useCallback(
    (tokens: Tokens) => spectrumOption(curves, { scale, unit, zoom, colors: tokens.series }),
    [curves, scale, unit, zoom],
  );
  const rows = [...new Set(curves.map(({ row }) => row))];
  return (
    <StaticPlot
      label={`Spectra of rows ${rows.join(', ')}, ${curves[0]?.values.length ?? 0} frequencies each`}
      name="spectra"
      height={400}
      option={option}
      fading={fading}
      onZoom={setZoom}
      readout={(x) => `${plain(x)} ${unit}`}
      onCsv={() =>
        saveCsv(
          'spectra.csv',
          curves.flatMap((curve) => [
            { name: `row ${curve.row} frequency / ${unit}`, values: curve.x.map((x) => x * scale) },
            { name: `row ${curve.row} ${curve.name}`, values: curve.values },
          ]),
        )
      }
      onJson={() =>
        saveJson(
          'spectra.json',
          curves.map(({ row, name, x, values }) => ({
            row,
            name,
            unit,
            frequencies: Array.from(x, (at) => at * scale),
            values: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
          })),
        )
      }
    />
  );
}

/** Option of spectra; powers stand on a logarithmic axis, so those of 0 are left out. */
export function spectrumOption(
  curves: readonly PreviewCurve[],
  {
    scale,
    unit,
    zoom,
    colors,
  }: {
    readonly scale: number;
    readonly unit: string;
    readonly zoom: Range;
    readonly colors: readonly string[];
  },
): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 72, right: 16, top: 32, bottom: 44 },
    legend: { top: 0, right: 0, left: 96, type: 'scroll', show: curves.length > 1 },
    xAxis: {
      type: 'value',
      name: `frequency / ${unit}`,
      nameLocation: 'middle',
      nameGap: 26,
      min: zoom?.[0] ?? 0,
      max: zoom?.[1] ?? 'dataMax',
      axisLabel: { formatter: plain, showMaxLabel: false },
      splitNumber: 8,
    },
    yAxis: { type: 'log', name: 'power', axisLabel: { formatter: tick } },
    series: curves.map((curve, index) => ({
      id: `${curve.name} ${curve.row} ${index}`,
      name: `row ${curve.row}`,
      type: 'line',
      dimensions: ['frequency', 'power'],
      data: interleave(
        curve.x.map((x) => x * scale),
        curve.values.map((value) => (value > 0 ? value : Number.NaN)),
      ),
      showSymbol: false,
      silent: true,
      lineStyle: { width: 1 },
      color: colors[index % colors.length],
    })),
  };
}
