import { describe, expect, it } from 'vitest';
import type { Curve } from '../waveforms/prepare';
import { measured, movedBy, pairCodec, valueAt } from './cursors';

const curve: Curve = {
  key: 's/0',
  channel: 0,
  source: 's',
  eventNumber: '1',
  unit: 'V',
  times: Float64Array.of(-10, 0, 10),
  values: Float64Array.of(0, 1, 3),
};

describe('cursors', () => {
  it('measure differences and the frequency', () => {
    const front = { view: { perDivision: 0.1, offset: 0.2 }, unit: 'V' };
    expect(measured([-1000, 1000], [1, -1], front)).toEqual([
      ['t1', '-1.000 µs'],
      ['t2', '1.000 µs'],
      ['Δt', '2.000 µs'],
      ['1/Δt', '500.0 kHz'],
      ['y1', '-100.0 mV'],
      ['y2', '-300.0 mV'],
      ['Δy', '200.0 mV'],
    ]);
    expect(measured([5, 5], null, null)[3]).toEqual(['1/Δt', '–']);
    expect(measured(null, [1, 2], null)).toEqual([]);
  });

  it('are moved by keys and stay on the screen', () => {
    expect(movedBy('ArrowRight', 0, [-100, 100], false)).toBe(2);
    expect(movedBy('ArrowLeft', -95, [-100, 100], true)).toBe(-100);
    expect(movedBy('End', 0, [-100, 100], false)).toBe(100);
    expect(movedBy('Tab', 0, [-100, 100], false)).toBeNull();
  });

  it('read curves between their samples', () => {
    expect([-10, 5, 10].map((time) => valueAt(curve, time))).toEqual([0, 2, 3]);
    expect(valueAt(curve, 11)).toBeNull();
    expect(valueAt({ ...curve, times: new Float64Array(0), values: new Float64Array(0) }, 0)).toBeNull();
  });

  it('stand in the address', () => {
    expect(pairCodec.read(pairCodec.write([3, -2.5]))).toEqual([3, -2.5]);
    expect(['', '1', '1,x', '1,2,3', null].map(pairCodec.read)).toEqual([null, null, null, null, null]);
  });
});
