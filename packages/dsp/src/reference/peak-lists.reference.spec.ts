import { describe, expect, it } from 'vitest';
import { callKernel, numbers } from '../testing/call-kernel.js';

const nan = Number.NaN;

describe('multi_a_filter', () => {
  const w_in = [1, 4, 9, 16, 25];

  it('gives the samples at the places, NaN for NaN and outside', () => {
    expect(numbers('multi_a_filter', { w_in, vt_maxs_in: [3, 0, nan, 7] })).toEqual([16, 1, nan, nan]);
  });

  it('is NaN for a NaN waveform, whatever the places', () => {
    expect(numbers('multi_a_filter', { w_in: w_in.with(4, nan), vt_maxs_in: [3, 0.5] })).toEqual([nan, nan]);
  });

  it('refuses places between samples and lists as long as the waveform', () => {
    expect(() => numbers('multi_a_filter', { w_in, vt_maxs_in: [0.5] })).toThrow('not a whole number');
    expect(() => numbers('multi_a_filter', { w_in, vt_maxs_in: [1, 1, 1, 1, 1] })).toThrow(
      'room for 5 places',
    );
  });
});

describe('remove_duplicates', () => {
  it('puts the minimum of the earlier entry in place of the later one', () => {
    const inputs = { t_in: [5, 9, 9, 40, nan], vt_min_in: [7, 20, 33, nan, nan] };
    expect(numbers('remove_duplicates', inputs)).toEqual([5, 9, 20, 40, nan]);
  });

  it('drops a leading 0', () => {
    expect(numbers('remove_duplicates', { t_in: [0, 12, nan], vt_min_in: [6, 20, nan] })).toEqual([
      12,
      nan,
      nan,
    ]);
  });

  it('is NaN when one list is', () => {
    expect(numbers('remove_duplicates', { t_in: [nan, nan], vt_min_in: [1, 2] })).toEqual([nan, nan]);
    expect(numbers('remove_duplicates', { t_in: [1, 2], vt_min_in: [nan, nan] })).toEqual([nan, nan]);
  });
});

describe('multi_t_filter', () => {
  const w_in = [0, 0, 6, 9, 1, 0, 4, 8, 2, 0];
  const inputs = { w_in, a_threshold_in: 3, vt_max_in: [3, 7, nan], vt_min_in: [5, 9, nan] };

  it('finds the crossing before each maximum', () => {
    expect(numbers('multi_t_filter', inputs)).toEqual([2, 6, nan]);
  });

  it('separates maxima that share a crossing by the minimum between them', () => {
    const shared = {
      ...inputs,
      w_in: [0, 0, 6, 9, 5, 9, 1, 0, 0, 0],
      vt_max_in: [3, 5, nan],
      vt_min_in: [4, 7, nan],
    };
    expect(numbers('multi_t_filter', shared)).toEqual([2, 4, nan]);
  });

  it('is NaN for NaN, and refuses maxima outside or between samples', () => {
    expect(numbers('multi_t_filter', { ...inputs, a_threshold_in: nan })).toEqual([nan, nan, nan]);
    expect(numbers('multi_t_filter', { ...inputs, vt_max_in: [nan, nan, nan] })).toEqual([nan, nan, nan]);
    expect(() => numbers('multi_t_filter', { ...inputs, vt_max_in: [10, nan, nan] })).toThrow('outside');
    expect(() => numbers('multi_t_filter', { ...inputs, vt_max_in: [2.5, nan, nan] })).toThrow(
      'whole number',
    );
  });
});

describe('peak_snr_threshold', () => {
  const w_in = [1, 1, 10, 1, 1, 1, -9, 10, -9, 1];
  const inputs = { w_in, idx_in: [2, 7, nan], ratio_in: 0.5, width_in: 2 };

  it('keeps candidates whose neighbourhood stays small', () => {
    expect(callKernel('peak_snr_threshold', inputs)).toEqual({ idx_out: [2, nan, nan], n_idx_out: 1 });
    expect(callKernel('peak_snr_threshold', { ...inputs, ratio_in: 1 })['n_idx_out']).toBe(2);
  });

  it('keeps nothing without a neighbourhood, and nothing for NaN parameters', () => {
    expect(callKernel('peak_snr_threshold', { ...inputs, width_in: 0 })['n_idx_out']).toBe(0);
    expect(callKernel('peak_snr_threshold', { ...inputs, ratio_in: nan })).toEqual({
      idx_out: [nan, nan, nan],
      n_idx_out: 0,
    });
  });

  it('passes over NaN samples', () => {
    expect(callKernel('peak_snr_threshold', { ...inputs, w_in: w_in.with(0, nan) })['n_idx_out']).toBe(1);
  });
});
