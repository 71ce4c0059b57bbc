import { describe, expect, it } from 'vitest';
import { callKernel } from '../testing/call-kernel.js';

const nan = Number.NaN;
//            0  1  2  3  4  5  6  7  8  9 10 11
const w_in = [0, 5, 1, 9, 2, 2, 8, 0, 0, 3, 0, 0];
const parameters = { a_delta_max_in: 2, a_delta_min_in: 2, a_abs_max_in: 0, a_abs_min_in: 100 };

function extrema(search_direction: number, more: object = {}, processor = 'get_multi_local_extrema') {
  return callKernel(processor, {
    w_in,
    search_direction,
    ...parameters,
    ...{ vt_max_out: 6, vt_min_out: 6 },
    ...more,
  });
}

describe('get_multi_local_extrema', () => {
  it('finds maxima and minima in turn, forward', () => {
    expect(extrema(0)).toEqual({
      vt_max_out: [1, 3, 6, 9, nan, nan],
      vt_min_out: [2, 4, 7, nan, nan, nan],
      n_max_out: 4,
      n_min_out: 3,
    });
  });

  it('finds them backward, the last first', () => {
    expect(extrema(1)).toMatchObject({ vt_max_out: [9, 6, 3, 1, nan, nan], n_max_out: 4 });
    expect(extrema(1)['vt_min_out']).toEqual([8, 5, 2, nan, nan, nan]);
  });

  it('keeps what both sweeps have found; minima are places of maxima', () => {
    expect(extrema(2)).toMatchObject({
      vt_max_out: [1, 3, 6, 9, nan, nan],
      vt_min_out: [1, 3, 6, nan, nan, nan],
      n_min_out: 3,
    });
  });

  it('joins what the sweeps have found, cut to the room', () => {
    expect(extrema(3)['vt_min_out']).toEqual([2, 4, 5, 7, 8, nan]);
    expect(extrema(3, { vt_max_out: 2, vt_min_out: 2 })).toMatchObject({
      vt_min_out: [2, 4],
      n_min_out: 2,
    });
  });

  it('asks for the depth and the level that are given', () => {
    expect(extrema(0, { a_delta_max_in: 6 })['vt_max_out']).toEqual([3, 6, nan, nan, nan, nan]);
    expect(extrema(0, { a_abs_max_in: 8 })['vt_max_out']).toEqual([3, nan, nan, nan, nan, nan]);
    expect(extrema(0, { a_abs_min_in: 1 })['vt_min_out']).toEqual([7, nan, nan, nan, nan, nan]);
  });

  it('finds nothing in a NaN row', () => {
    expect(extrema(0, { w_in: w_in.with(5, nan) })).toMatchObject({ n_max_out: 0, n_min_out: 0 });
    expect(extrema(0, { a_abs_max_in: nan })['vt_max_out']).toEqual(w_in.slice(0, 6).map(() => nan));
  });

  it('refuses parameters out of range', () => {
    expect(() => extrema(4)).toThrow('search_direction must be 0, 1, 2 or 3, not 4');
    expect(() => extrema(0, { a_delta_min_in: -1 })).toThrow('a_delta_min_in must not be negative');
    expect(() => extrema(0, { vt_max_out: 12, vt_min_out: 12 })).toThrow('room for 12 places');
  });
});

describe('find_local_extrema', () => {
  it('keeps minima that both sweeps have found', () => {
    expect(extrema(2, {}, 'find_local_extrema')).toMatchObject({
      vt_max_out: [1, 3, 6, 9, nan, nan],
      vt_min_out: [2, nan, nan, nan, nan, nan],
      n_min_out: 1,
    });
    expect(extrema(0, {}, 'find_local_extrema')).toEqual(extrema(0));
  });
});
