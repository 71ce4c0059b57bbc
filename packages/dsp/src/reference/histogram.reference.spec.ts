import { describe, expect, it } from 'vitest';
import { callKernel, series } from '../testing/call-kernel.js';

const nan = Number.NaN;

describe('histogram', () => {
  it('counts in equal bins and leaves out the largest sample', () => {
    const w_in = [0, 0.5, 1, 2, 2.9, 4];
    expect(callKernel('histogram', { w_in, weights_out: 4, borders_out: 5 })).toEqual({
      weights_out: [2, 1, 2, 0],
      borders_out: [0, 1, 2, 3, 4],
    });
  });

  it('is empty for a constant waveform', () => {
    expect(callKernel('histogram', { w_in: [7, 7, 7], weights_out: 2, borders_out: 3 })).toEqual({
      weights_out: [0, 0],
      borders_out: [7, 7, 7],
    });
  });

  it('has no counts and no edges for a waveform with NaN', () => {
    expect(callKernel('histogram', { w_in: [1, nan, 3], weights_out: 2, borders_out: 3 })).toEqual({
      weights_out: [0, 0],
      borders_out: [nan, nan, nan],
    });
  });

  it('needs one edge more than bins', () => {
    const run = () => callKernel('histogram', { w_in: [1, 2], weights_out: 3, borders_out: 3 });
    expect(run).toThrow('3 bins have 4 edges, not 3');
  });
});

describe('histogram_full', () => {
  it('counts every sample, the largest in the last bin', () => {
    const w_in = [0, 0.5, 1, 2, 2.9, 4, 4];
    const { weights_out } = callKernel('histogram_full', { w_in, weights_out: 4, borders_out: 5 });
    expect(weights_out).toEqual([2, 1, 2, 2]);
    const flat = callKernel('histogram_full', { w_in: [7, 7], weights_out: 2, borders_out: 3 });
    expect(flat['weights_out']).toEqual([2, 0]);
    const bad = callKernel('histogram_full', { w_in: [7, nan], weights_out: 2, borders_out: 3 });
    expect(bad['weights_out']).toEqual([0, 0]);
  });
});

describe('histogram_around_mode', () => {
  const w_in = [...series(50, () => 100.2), ...series(5, (i) => 90 + 5 * i), 500];

  it('puts the most frequent value, rounded, into the middle bin', () => {
    const { weights_out, borders_out } = callKernel('histogram_around_mode', {
      w_in: w_in.slice(0, -1),
      ...{ center: nan, bin_width: 1, weights_out: 5, borders_out: 6 },
    });
    expect(borders_out).toEqual([97.5, 98.5, 99.5, 100.5, 101.5, 102.5]);
    expect(weights_out).toEqual([0, 0, 51, 0, 0]);
  });

  it('takes the centre that is given and drops what lies outside', () => {
    const { weights_out, borders_out } = callKernel('histogram_around_mode', {
      w_in,
      ...{ center: 100, bin_width: 5, weights_out: 3, borders_out: 4 },
    });
    expect(borders_out).toEqual([92.5, 97.5, 102.5, 107.5]);
    expect(weights_out).toEqual([1, 51, 1]);
  });

  it('takes the value of a constant waveform', () => {
    const { weights_out } = callKernel('histogram_around_mode', {
      w_in: [7.3, 7.3],
      ...{ center: nan, bin_width: 1, weights_out: 3, borders_out: 4 },
    });
    expect(weights_out).toEqual([0, 2, 0]);
  });

  it('refuses NaN samples, and is NaN without a bin width', () => {
    const sizes = { weights_out: 3, borders_out: 4 };
    const run = (samples: number[], bin_width: number) =>
      callKernel('histogram_around_mode', { w_in: samples, center: 5, bin_width, ...sizes });
    expect(() => run([1, nan], 1)).toThrow('a sample of the waveform is NaN');
    expect(run([1, 2], nan)['weights_out']).toEqual([nan, nan, nan]);
  });
});
