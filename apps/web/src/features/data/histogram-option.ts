import type { ColumnHistogram } from '@countroom/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { plain } from '../../lib/format/numbers';
import { logFloor, stepLine } from '../../panels/spectrum/prepare';

/** Width of a bin in units of the column. */
export function binWidth({ min, max, bins }: Pick<ColumnHistogram, 'min' | 'max' | 'bins'>): number {
  return (max - min) / bins;
}

/** `trapEmax / keV`: name and unit of the column that a histogram is of. */
export function columnLabel({ path, units }: Pick<ColumnHistogram, 'path' | 'units'>): string {
  const name = path.split('/').at(-1) ?? path;
  return units === null || units === '' ? name : `${name} / ${units}`;
}

/** Bin at a value with its edges and counts; null outside. The last bin has its upper edge. */
export function binOf(
  histogram: ColumnHistogram,
  value: number,
): { readonly from: number; readonly to: number; readonly counts: number } | null {
  const { min, max, bins, counts } = histogram;
  if (!(value >= min && value <= max)) return null;
  const width = binWidth(histogram);
  const bin = Math.min(bins - 1, Math.floor((value - min) / width));
  return { from: min + bin * width, to: min + (bin + 1) * width, counts: counts[bin] ?? 0 };
}

/** Option of a histogram: a step line at the edges of the bins. */
export function histogramOption(
  histogram: ColumnHistogram,
  logarithmic: boolean,
  color: string | undefined,
): EChartsCoreOption {
  const width = binWidth(histogram);
  const unit = histogram.units ?? '';
  return {
    animation: false,
    grid: { left: 64, right: 16, top: 32, bottom: 44 },
    legend: { show: false },
    xAxis: {
      type: 'value',
      name: columnLabel(histogram),
      nameLocation: 'middle',
      nameGap: 26,
      min: histogram.min,
      max: histogram.max,
      // The ends are seldom round numbers, and stand in the fields above.
      axisLabel: { formatter: plain, showMinLabel: false, showMaxLabel: false },
    },
    yAxis: {
      type: logarithmic ? 'log' : 'value',
      name: `counts / ${Number(width.toPrecision(3))}${unit === '' ? '' : ` ${unit}`}`,
      min: logarithmic ? logFloor : 0,
      ...(logarithmic ? {} : { minInterval: 1 }),
      axisLabel: { formatter: (value: number) => (value < 1 && logarithmic ? '' : tick(value)) },
    },
    series: [
      {
        id: 'counts',
        name: 'counts',
        type: 'line',
        step: 'end',
        dimensions: ['value', 'counts'],
        data: stepLine(histogram.counts, histogram.min, width, logarithmic),
        showSymbol: false,
        silent: true,
        lineStyle: { width: 1 },
        color,
      },
    ],
  };
}
