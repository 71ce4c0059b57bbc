import type { RatesFrame } from '@countroom/contracts';
import type { EChartsCoreOption } from 'echarts/core';
import { tick } from '../../lib/chart/axis-format';

/** Seconds before now and rates in Hz, oldest first. */
export function trendPoints(frame: Pick<RatesFrame, 'history' | 'historyStepMs'>): [number, number][] {
  const last = frame.history.length - 1;
  return frame.history.map((rate, index) => [((index - last) * frame.historyStepMs) / 1000, rate]);
}

/** Lowest rate on a logarithmic axis, Hz; zeros stand there. */
const logFloor = 0.1;

/** Option of the trend of the total rate. */
export function ratesOption(frame: RatesFrame, color: string, logarithmic: boolean): EChartsCoreOption {
  const seconds = Math.max(60, (frame.history.length * frame.historyStepMs) / 1000);
  return {
    animation: false,
    grid: { left: 56, right: 16, top: 24, bottom: 40 },
    xAxis: {
      type: 'value',
      name: 'seconds before now',
      nameLocation: 'middle',
      nameGap: 24,
      min: -seconds,
      max: 0,
      axisLabel: { formatter: (value: number) => String(Math.abs(value)) },
    },
    yAxis: {
      type: logarithmic ? 'log' : 'value',
      name: 'rate / Hz',
      min: logarithmic ? logFloor : 0,
      axisLabel: { formatter: tick },
    },
    series: [
      {
        id: 'total',
        type: 'line',
        data: logarithmic
          ? trendPoints(frame).map(([x, rate]) => [x, Math.max(logFloor, rate)])
          : trendPoints(frame),
        showSymbol: false,
        silent: true,
        color,
      },
    ],
  };
}
