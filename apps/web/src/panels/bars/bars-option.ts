import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { si } from '../../lib/format/numbers';
import type { Tokens } from '../../lib/theme/tokens';

/** How a bar stands: with its sign, as an absolute value, or growing to both sides. */
export type BarMode = 'signed' | 'absolute' | 'symmetric';

/** A channel with its bar. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly triggers?: boolean | undefined;
}

/** Ends of the axis: what the channels can measure where that is known, else what suits the values. */
export function barEnds(bars: readonly Bar[], mode: BarMode): readonly [number, number] {
  const ends = bars.flatMap(({ low, high, value }) =>
    low === null || high === null ? [value] : [low, high],
  );
  const most = Math.max(0, ...ends.map(Math.abs)) || 1;
  if (mode === 'absolute') return [0, most];
  if (mode === 'symmetric') return [-most, most];
  return [Math.min(0, ...ends), Math.max(0, ...ends) || most / 10];
}

/** Option of horizontal bars, the first channel on top; the one that triggers is marked. */
export function barsOption(bars: readonly Bar[], mode: BarMode, tokens: Tokens): EChartsCoreOption {
  const [min, max] = barEnds(bars, mode);
  const drawn = (value: number): number => (mode === 'signed' ? value : Math.abs(value));
  const series = (id: string, sign: 1 | -1): object => ({
    id,
    type: 'bar',
    silent: true,
    barMaxWidth: 18,
    barGap: '-100%',
    data: bars.map(({ value, triggers, unit }) => ({
      value: sign * drawn(value),
      itemStyle: { color: triggers === true ? tokens.series[1] : tokens.series[0] },
      label: {
        show: sign === 1,
        position: drawn(value) < 0 ? 'left' : 'right',
        color: tokens.text,
        formatter: si(value, unit),
      },
    })),
  });
  return {
    animation: false,
    grid: { left: 96, right: 72, top: 8, bottom: 40 },
    xAxis: {
      type: 'value',
      name: bars[0]?.unit ?? '',
      nameLocation: 'middle',
      nameGap: 24,
      min,
      max,
      axisLabel: { formatter: (value: number) => tick(Number(value.toPrecision(3))), hideOverlap: true },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name, triggers }) => (triggers === true ? `${name} (trigger)` : name)),
      axisTick: { show: false },
    },
    series: [series('bars', 1), ...(mode === 'symmetric' ? [series('mirrored', -1)] : [])],
  };
}
