import type { ReportPlot } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { lightTokens } from '../../lib/theme/tokens';
import { errorBars, plotCsv, points, reportOption, stepPoints } from './report-option';

const plot: ReportPlot = {
  name: 'p',
  title: 'P',
  xLabel: 'x',
  yLabel: 'y',
  logY: true,
  series: [
    { kind: 'steps', name: 'data', x: [0, 1, 2], y: [0, 5] },
    { kind: 'points', name: 'lines', x: [1, 2], y: [3, null], error: [0.5, 1] },
    { kind: 'marks', name: 'marks', x: [1], y: [], labels: ['one'] },
  ],
};

describe('plots of a report', () => {
  it('have steps that end at the last edge, and no empty bin below a logarithmic axis', () => {
    expect(stepPoints(plot.series[0]!, true)).toEqual([
      [0, 0.5],
      [1, 5],
      [2, 5],
    ]);
  });

  it('leave out what there is no number for', () => {
    expect(points(plot.series[1]!)).toEqual([[1, 3]]);
    expect(errorBars(plot.series[1]!)).toEqual([[1, 2.5, 3.5]]);
    expect(plotCsv(plot)).toContain('lines,2,,1');
  });

  it('have marks at their very place, which the library rounds to two decimals unless it is told', () => {
    const markLine = { precision: -1, data: [{ xAxis: 1, name: 'one' }] };
    expect(reportOption(plot, null, lightTokens)).toMatchObject({
      series: [{}, {}, {}, { markLine }],
    });
  });

  it('show the whole of a histogram unless a part is looked at', () => {
    expect(reportOption(plot, null, lightTokens)).toMatchObject({
      xAxis: { min: 0, max: 2 },
      yAxis: { type: 'log' },
    });
    expect(reportOption(plot, [1, 2], lightTokens)).toMatchObject({ xAxis: { min: 1, max: 2 } });
  });
});
