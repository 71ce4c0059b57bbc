import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';
import { plain } from '../../lib/format/numbers';
import { channelColor, channelLabel } from '../channel-keys';
import { logFloor, rebin, type SpectrumState, stepLine } from './prepare';

/** Counts per bin of each channel, kept to compare with. */
export type SpectrumReference = ReadonlyMap<
  string,
  { readonly counts: Uint32Array; readonly entries: number }
>;

interface Input {
  readonly state: SpectrumState;
  readonly shown: readonly string[];
  readonly all: readonly string[];
  readonly reference: SpectrumReference | null;
  readonly rebinning: number;
  readonly logarithmic: boolean;
  readonly range: readonly [number, number] | null;
  readonly colors: readonly string[];
}

/** Option of the spectrum plot: step lines at the edges of the bins. */
export function spectrumOption(input: Input): EChartsCoreOption {
  const { state, logarithmic } = input;
  const width = ((state.max - state.min) / Math.max(1, state.bins)) * input.rebinning;
  const line = (key: string, counts: Uint32Array, kept: boolean) => ({
    id: kept ? `${key} reference` : key,
    name: kept ? `${channelLabel(key, input.all)} reference` : channelLabel(key, input.all),
    type: 'line',
    step: 'end',
    dimensions: ['energy', 'counts'],
    data: stepLine(rebin(counts, input.rebinning), state.min, width, logarithmic),
    showSymbol: false,
    silent: true,
    lineStyle: { width: 1, type: kept ? 'dashed' : 'solid', opacity: kept ? 0.7 : 1 },
    color: channelColor(key, input.all, input.colors),
  });
  const lines = [
    ...input.shown.flatMap((key) => {
      const spectrum = state.channels.get(key);
      return spectrum === undefined ? [] : [line(key, spectrum.counts, false)];
    }),
    ...input.shown.flatMap((key) => {
      const kept = input.reference?.get(key);
      return kept?.counts.length === state.bins ? [line(key, kept.counts, true)] : [];
    }),
  ];
  const unit = state.unit === '' ? 'a.u.' : state.unit;
  return {
    animation: false,
    grid: { left: 64, right: 16, top: 32, bottom: 44 },
    // Without its order the legend keeps that in which the channels were first seen.
    legend: { top: 0, right: 0, left: 128, type: 'scroll', data: lines.map(({ name }) => name) },
    xAxis: {
      type: 'value',
      name: `energy / ${unit}`,
      nameLocation: 'middle',
      nameGap: 26,
      min: input.range?.[0] ?? state.min,
      max: input.range?.[1] ?? state.max,
      // The unit has its prefix already.
      axisLabel: { formatter: plain, showMaxLabel: false },
    },
    yAxis: {
      type: logarithmic ? 'log' : 'value',
      name: `counts / ${Number(width.toPrecision(3))} ${unit}`,
      min: logarithmic ? logFloor : 0,
      axisLabel: { formatter: (value: number) => (value < 1 && logarithmic ? '' : tick(value)) },
    },
    series: lines,
  };
}
