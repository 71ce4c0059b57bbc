import type { ReportPlot, ReportTrials } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { searchOption, searchPoints, trialsCsv } from './search-option';
import { axisLabel, bestTried, trialsCurve, trialsMap, triedPoints } from './trials';

const axis = (name: string, values: string[], numbers: number[] | null, unit: string) => ({
  name,
  values,
  numbers,
  unit,
});
/** 2 × 3 × 2 points, the first axis changing slowest. */
const grid: ReportTrials = {
  layout: 'grid',
  axes: [
    axis('rise', ['2*us', '4*us'], [2, 4], 'us'),
    axis('flat', ['1*us', '2*us', '3*us'], [1, 2, 3], 'us'),
    axis('mode', ['i', 'f'], null, ''),
  ],
  label: 'FWHM of trapEmax',
  unit: 'ADC',
  values: [9, 8, 7, null, null, null, 6, 5, 4, 3, 2, 10],
  errors: [1, 1, 1, null, null, null, 1, 1, 1, 1, 1, 1],
  faults: [
    { point: 3, reason: 'too long' },
    { point: 4, reason: 'too long, by far' },
  ],
};
const search: ReportTrials = {
  ...grid,
  layout: 'search',
  axes: [
    axis('rise', ['2*us', '3*us', '9*us'], [2, 3, 9], 'us'),
    axis('flat', ['1*us', '1.5*us', '2*us'], [1, 1.5, 2], 'us'),
  ],
  values: [5, 4, null],
  errors: [0.5, 0.4, null],
  faults: [{ point: 2, reason: 'too long' }],
};
const plot: ReportPlot = {
  name: 'surface',
  title: 'Surface',
  xLabel: '',
  yLabel: '',
  logY: false,
  series: [],
};

describe('the points of a grid', () => {
  it('stand at their values, the first axis changing slowest', () => {
    const points = triedPoints(grid);
    expect(points[7]).toEqual({ point: 7, places: [1, 0, 1], value: 5, error: 1, fault: null });
    expect(points[4]).toMatchObject({ places: [0, 2, 0], fault: 'too long, by far' });
    expect(points[5]!.fault).toBe('there is no figure');
    expect(bestTried(points)?.point).toBe(10);
  });

  it('are mapped over any two axes, the best of the others in each field, or why there is none', () => {
    const map = trialsMap(grid, 1, 0, {});
    expect(map.x).toEqual(['1', '2', '3']);
    expect(map.values).toEqual([
      [8, 7, null],
      [5, 3, 2],
    ]);
    expect(map.faults?.[0]).toEqual([null, null, 'too long, by far']);
    expect(trialsMap(grid, 0, 2, {}).values).toEqual([
      [7, 2],
      [8, 3],
    ]);
  });

  it('are mapped at the values that others are held at', () => {
    expect(trialsMap(grid, 1, 0, { mode: 'f' }).values).toEqual([
      [8, null, null],
      [5, 3, 10],
    ]);
    expect(trialsMap(grid, 1, 0, { mode: 'gone' }).values).toEqual(trialsMap(grid, 1, 0, {}).values);
  });

  it('make a curve over one axis, with errors, the best and the failed ones marked', () => {
    const held = { rise: '2*us', mode: 'f' };
    const { series, xLabel, yLabel } = trialsCurve(grid, 1, held, plot);
    expect([xLabel, yLabel]).toEqual(['flat (us)', 'FWHM of trapEmax (ADC)']);
    expect(series[0]).toMatchObject({ x: [1, 2, 3], y: [8, null, null], error: [1, null, null] });
    expect(series[1]).toMatchObject({ kind: 'marks', x: [1], labels: ['best: 1*us'] });
    expect(series[2]).toMatchObject({ name: 'no figure', x: [2, 3] });
    expect(trialsCurve(grid, 2, {}, plot)).toMatchObject({
      xLabel: 'mode (place in the list)',
      series: [{ x: [1, 2], y: [2, 3] }, {}],
    });
  });
});

describe('the points of a search', () => {
  it('stand where they were tried', () => {
    expect(searchPoints(search, 1, 0)).toEqual([
      { point: 0, x: 1, y: 2, value: 5, fault: null },
      { point: 1, x: 1.5, y: 3, value: 4, fault: null },
      { point: 2, x: 2, y: 9, value: null, fault: 'too long' },
    ]);
    expect(searchPoints(grid, 2, 0)).toEqual([]);
    expect(trialsCurve(search, 0, {}, plot).series[0]).toMatchObject({ x: [2, 3, 9], y: [5, 4, null] });
    const tokens = { heat: ['pale', 'deep'], text: 'black', dim: 'grey' };
    expect(searchOption(search, 1, 0, tokens)).toMatchObject({
      xAxis: { name: axisLabel(search.axes[1]!) },
      yAxis: { name: 'rise (us)' },
      series: [
        {
          data: [
            [1, 2, 0],
            [1.5, 3, 1],
            [2, 9, 2],
          ],
        },
      ],
    });
  });

  it('can be saved with all that is known of them', () => {
    expect(trialsCsv(search).split('\n')).toEqual([
      'rise,flat,FWHM of trapEmax,error,why not',
      '2*us,1*us,5,0.5,',
      '3*us,1.5*us,4,0.4,',
      '9*us,2*us,,,too long',
      '',
    ]);
    expect(trialsCsv(grid)).toContain('2*us,3*us,i,,,"too long, by far"');
  });
});
