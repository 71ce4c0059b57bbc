import { describe, expect, it } from 'vitest';
import { lightTokens } from '../../lib/theme/tokens';
import { type Bar, barEnds, barsOption } from './bars-option';

const a: Bar = { name: 'A', value: -0.06, unit: 'V', low: -0.9, high: 0.1, triggers: true };
const b: Bar = { name: 'B', value: 0.02, unit: 'V', low: -0.5, high: 0.5 };

describe('bars', () => {
  it('end where the channels end', () => {
    expect(barEnds([a, b], 'signed')).toEqual([-0.9, 0.5]);
    expect(barEnds([a, b], 'absolute')).toEqual([0, 0.9]);
    expect(barEnds([a, b], 'symmetric')).toEqual([-0.9, 0.9]);
    expect(barEnds([{ ...b, low: null, high: null }], 'signed')).toEqual([0, 0.02]);
    expect(barEnds([], 'signed')).toEqual([0, 0.1]);
  });

  it('grow to both sides and name what triggers', () => {
    const { series, yAxis } = barsOption([a, b], 'symmetric', lightTokens) as unknown as {
      series: { data: { value: number }[] }[];
      yAxis: { data: string[] };
    };
    expect(series.map(({ data }) => data.map(({ value }) => value))).toEqual([
      [0.06, 0.02],
      [-0.06, -0.02],
    ]);
    expect(yAxis.data).toEqual(['A (trigger)', 'B']);
  });
});
