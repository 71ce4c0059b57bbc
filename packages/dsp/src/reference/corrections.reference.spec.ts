import { describe, expect, it } from 'vitest';
import { callKernel, numbers, series } from '../testing/call-kernel.js';

const nan = Number.NaN;

describe('pad', () => {
  const w_in = [1, 2, nan, 4];
  const call = (len_in: number, offset: number, w_out = 6) =>
    numbers('pad', { w_in, len_in, offset, start_val: -1, end_val: 9, w_out });

  it('puts values before and behind the used elements', () => {
    expect(call(2, 1)).toEqual([-1, 1, 2, 9, 9, 9]);
    expect(call(0, 0)).toEqual([9, 9, 9, 9, 9, 9]);
  });

  it('is NaN when a used element is', () => {
    expect(call(3, 0)).toEqual([nan, nan, nan, nan, nan, nan]);
  });

  it('refuses what does not fit', () => {
    expect(() => call(5, 0)).toThrow(/more elements are used/);
    expect(() => call(2, 0.5)).toThrow(/whole number/);
    expect(() => call(2, 5)).toThrow(/do not fit/);
  });
});

describe('step', () => {
  it('is negative on the outer quarters', () => {
    expect(numbers('step', { weight_pos: 1, kernel: 8 })).toEqual([-1, -1, 1, 1, 1, 1, -1, -1]);
    expect(numbers('step', { weight_pos: 1, kernel: 5 })).toEqual([-1, -1, 1, 1, -1]);
  });
});

describe('inl_correction', () => {
  it('adds the entry of each code', () => {
    expect(numbers('inl_correction', { w_in: [0, 2, 1], inl: [0.5, -0.25, 0.125], w_out: 3 })).toEqual([
      0.5, 2.125, 0.75,
    ]);
  });

  it('refuses codes without an entry, and is NaN for a table with NaN', () => {
    expect(() => callKernel('inl_correction', { w_in: [3], inl: [0, 0, 0], w_out: 1 })).toThrow(/no entry/);
    expect(() => callKernel('inl_correction', { w_in: [-1], inl: [0], w_out: 1 })).toThrow(/no entry/);
    expect(numbers('inl_correction', { w_in: [0], inl: [0, nan], w_out: 1 })).toEqual([nan]);
  });
});

describe('get_wf_centroid', () => {
  const centroid = (w_in: readonly number[], shift = 0) =>
    callKernel('get_wf_centroid', { w_in, shift })['centroid'];

  it('is the middle of the change of sign between the extremes', () => {
    expect(centroid([0, -4, -1, 0, 0, 1, 4, 1])).toBe(4);
    expect(centroid([0, -4, -1, 0, 0, 1, 4, 1], 2)).toBe(6);
  });

  it('is NaN without such a change and for NaN, and refuses other shifts', () => {
    expect(centroid([4, 1, -1, -4])).toBeNaN();
    expect(centroid([1, nan, -1, -4])).toBeNaN();
    expect(() => centroid([1, 2], -1)).toThrow(/shift must be between 0 and 1/);
    expect(() => centroid([1, 2], nan)).toThrow(/shift/);
  });
});

describe('wf_alignment', () => {
  const w_in = series(10, (i) => i + 1);
  const piece = (centroid: number, size: number, shift = 10) =>
    numbers('wf_alignment', { w_in, centroid, shift, size, w_out: size });

  it('brings the place to the middle', () => {
    expect(piece(5, 4)).toEqual([4, 5, 6, 7]);
    expect(piece(5, 3)).toEqual([4, 5, 6]);
  });

  it('repeats the first sample where some are missing, and gives up where too many are', () => {
    expect(piece(1, 6)).toEqual([1, 1, 1, 2, 3, 4]);
    expect(piece(1, 6, 1)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(piece(9, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('refuses a NaN place and sizes that do not fit', () => {
    expect(() => piece(nan, 4)).toThrow(/centroid must not be NaN/);
    expect(() => piece(5, 11)).toThrow(/size must be above 0 and at most 10/);
    expect(() => piece(5, 4, -1)).toThrow(/shift must be between 0 and 10/);
  });
});

describe('wf_correction', () => {
  const call = (start_idx: number, stop_idx: number) =>
    numbers('wf_correction', { w_in: [5, 5, 5, 5], w_corr: [1, 2], start_idx, stop_idx, w_out: 4 });

  it('takes the correction away from a part', () => {
    expect(call(1, 3)).toEqual([5, 4, 3, 5]);
  });

  it.each([
    [-1, 1, /start_idx must be between/],
    [0, 0, /stop_idx must be between/],
    [0, 5, /stop_idx must be between/],
    [2, 2, /must be behind start_idx/],
    [0, 3, /3 samples are to be corrected, the correction has 2/],
  ])('refuses %i to %i', (start, stop, message) => {
    expect(() => call(start, stop)).toThrow(message);
  });
});
