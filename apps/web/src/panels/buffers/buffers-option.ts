import type { BuffersFrame } from '@countroom/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';

/** Lowest rate on the axis, Hz; zeros stand there. */
const floor = 0.1;

/** Seconds before now and rates in Hz, oldest first. */
export function historyPoints(frame: Pick<BuffersFrame, 'history' | 'historyStepMs'>): [number, number][] {
  const last = frame.history.length - 1;
  return frame.history.map((rate, index) => [
    last === index ? 0 : ((index - last) * frame.historyStepMs) / 1000,
    rate,
  ]);
}

/** Option of the rate history: logarithmic, so that bursts and lulls show at once. */
export function buffersOption(frame: BuffersFrame, color: string): EChartsCoreOption {
  const points = historyPoints(frame);
  return {
    animation: false,
    grid: { left: 56, right: 16, top: 24, bottom: 40 },
    xAxis: {
      type: 'value',
      name: 'seconds before now',
      nameLocation: 'middle',
      nameGap: 24,
      min: Math.min(-60, points[0]?.[0] ?? 0),
      max: 0,
      axisLabel: { formatter: (value: number) => String(Math.abs(value)) },
    },
    yAxis: { type: 'log', name: 'rate / Hz', min: floor, axisLabel: { formatter: tick } },
    series: [
      {
        id: 'rate',
        type: 'line',
        data: points.map(([x, y]) => [x, Math.max(floor, y)]),
        showSymbol: false,
        silent: true,
        color,
      },
    ],
  };
}
