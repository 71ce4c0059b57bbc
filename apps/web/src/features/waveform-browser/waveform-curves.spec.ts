import { describe, expect, it } from 'vitest';
import { type Curve, clampRow, partOf, timeAxis, valueAt } from './waveform-curves';

function curveOf(values: number[]): Curve {
  return { times: Float64Array.from(values, (_, index) => index * 16), values: Float64Array.from(values) };
}

describe('partOf', () => {
  const curve = curveOf([1, 2, 3, 4, 5, 6]);
  it('keeps what is in the range, and one point at each side', () => {
    expect([...partOf(curve, [30, 50]).values]).toEqual([2, 3, 4, 5]);
    expect([...partOf(curve, [33, 40]).values]).toEqual([3, 4]);
    expect(partOf(curve, null)).toBe(curve);
  });
  it('ends with the curve', () => {
    expect([...partOf(curve, [70, 900]).values]).toEqual([5, 6]);
    expect([...partOf(curve, [-9, 10]).values]).toEqual([1, 2]);
    expect([...partOf(curve, [500, 900]).values]).toEqual([]);
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
  const curve = curveOf([1, 2, 3]);
  it('is the value of the sample that the cursor stands in', () => {
    expect(valueAt(curve, 0)).toBe(1);
    expect(valueAt(curve, 31)).toBe(2);
    expect(valueAt(curve, 32)).toBe(3);
  });
  it('is nothing outside', () => {
    expect(valueAt(curve, -1)).toBeNaN();
    expect(valueAt(curve, 33)).toBeNaN();
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
