import type { WaveformsPreview } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { clampRow, curvesOf, timeAxis, valueAt } from './waveform-curves';

function preview(values: (number | null)[]): WaveformsPreview {
  const times = values.map((_, index) => index * 16);
  const facts = { row: 7, t0: 0, dt: 16, samples: values.length, step: 1, decimated: false };
  return { path: 'w', rows: 10, timeUnit: 'ns', valueUnit: 'adc', waveforms: [{ ...facts, times, values }] };
}

describe('curvesOf', () => {
  it('keeps values as they are, and what is no number as NaN', () => {
    const [curve] = curvesOf(preview([3, null, 5]), false);
    expect([...curve!.values]).toEqual([3, Number.NaN, 5]);
    expect(curve).toMatchObject({ row: 7 });
  });

  it('takes the baseline of the first samples away, whatever a spike among them does', () => {
    const values = [100, 101, 9000, 100, 101, ...Array.from({ length: 95 }, () => 500)];
    const [curve] = curvesOf(preview(values), true);
    expect(curve!.values[99]).toBe(399);
  });

  it('leaves a curve without numbers alone', () => {
    expect([...curvesOf(preview([null]), true)[0]!.values]).toEqual([Number.NaN]);
    expect(curvesOf(preview([]), true)[0]!.values).toHaveLength(0);
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
  const [curve] = curvesOf(preview([1, 2, 3]), false);
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
