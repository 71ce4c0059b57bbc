import type { WaveformsPreview } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { baselinesOf, clampRow, curvesOf, partOf, type RowCurve, timeAxis, valueAt } from './waveform-curves';

function preview(values: (number | null)[]): WaveformsPreview {
  const times = values.map((_, index) => index * 16);
  const facts = { row: 7, t0: 0, dt: 16, samples: values.length, step: 1, decimated: false };
  return { path: 'w', rows: 10, timeUnit: 'ns', valueUnit: 'adc', waveforms: [{ ...facts, times, values }] };
}

describe('curvesOf', () => {
  it('keeps values as they are, and what is no number as NaN', () => {
    const [curve] = curvesOf(preview([3, null, 5]), new Map());
    expect([...curve!.values]).toEqual([3, Number.NaN, 5]);
    expect(curve).toMatchObject({ row: 7 });
  });

  it('takes the baseline of the first samples away, whatever a spike among them does', () => {
    const values = [100, 101, 9000, 100, 101, ...Array.from({ length: 95 }, () => 500)];
    const baselines = baselinesOf(preview(values));
    expect(baselines.get(7)).toBe(101);
    // Also from a part, in which there is no baseline.
    expect([...curvesOf(preview([500]), baselines)[0]!.values]).toEqual([399]);
  });

  it('leaves a curve without numbers alone', () => {
    const flat = (values: (number | null)[]): RowCurve =>
      curvesOf(preview(values), baselinesOf(preview(values)))[0]!;
    expect([...flat([null]).values]).toEqual([Number.NaN]);
    expect(flat([]).values).toHaveLength(0);
  });
});

describe('partOf', () => {
  const [curve] = curvesOf(preview([1, 2, 3, 4, 5, 6]), new Map());
  it('keeps what is in the range, and one point at each side', () => {
    expect([...partOf(curve!, [30, 50]).values]).toEqual([2, 3, 4, 5]);
    expect([...partOf(curve!, [33, 40]).values]).toEqual([3, 4]);
    expect(partOf(curve!, null)).toBe(curve);
  });
  it('ends with the curve', () => {
    expect([...partOf(curve!, [70, 900]).values]).toEqual([5, 6]);
    expect([...partOf(curve!, [-9, 10]).values]).toEqual([1, 2]);
    expect([...partOf(curve!, [500, 900]).values]).toEqual([]);
  });
});

describe('timeAxis', () => {
  it('writes nanoseconds in the unit that suits the longest waveform', () => {
    expect(timeAxis('ns', 29_360)).toEqual({ scale: 1e3, unit: 'µs' });
    expect(timeAxis('ns', 5e6)).toEqual({ scale: 1e6, unit: 'ms' });
    expect(timeAxis('ns', 900)).toEqual({ scale: 1, unit: 'ns' });
    expect(timeAxis('sample', 1e6)).toEqual({ scale: 1, unit: 'sample' });
  });
});

describe('valueAt', () => {
  const [curve] = curvesOf(preview([1, 2, 3]), new Map());
  it('is the value of the sample that the cursor stands in', () => {
    expect(valueAt(curve!, 0)).toBe(1);
    expect(valueAt(curve!, 31)).toBe(2);
    expect(valueAt(curve!, 32)).toBe(3);
  });
  it('is nothing outside', () => {
    expect(valueAt(curve!, -1)).toBeNaN();
    expect(valueAt(curve!, 33)).toBeNaN();
  });
});

describe('clampRow', () => {
  it('stays inside of the file', () => {
    expect(clampRow(-3, 1, 10)).toBe(0);
    expect(clampRow(99, 1, 10)).toBe(9);
    expect(clampRow(8, 5, 10)).toBe(5);
    expect(clampRow(4, 50, 10)).toBe(0);
  });
});
