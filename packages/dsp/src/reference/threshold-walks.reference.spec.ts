import { describe, expect, it } from 'vitest';
import { numbers, result } from '../testing/call-kernel.js';

const nan = Number.NaN;
//            0  1  2  3  4  5  6
const w_in = [0, 1, 2, 6, 6, 4, 0];

describe('interpolated_time_point_thresh', () => {
  const cross = (mode_in: string, more: object = {}) =>
    result('interpolated_time_point_thresh', {
      w_in,
      mode_in,
      ...{ a_threshold: 3, t_start: 0, walk_forward: 1 },
      ...more,
    });

  it.each([
    ['i', 2],
    ['b', 2],
    ['c', 2],
    ['a', 3],
    ['f', 3],
    ['r', 2],
    ['n', 2.5],
    ['l', 2.25],
  ])('places a rising crossing by mode %s', (mode, place) => {
    expect(cross(mode)).toBe(place);
  });

  it('walks backward from the start, to sample 2 at most', () => {
    expect(cross('l', { t_start: 6, walk_forward: 0 })).toBe(5.25);
    expect(cross('l', { t_start: 4, walk_forward: 0 })).toBe(2.25);
    expect(cross('l', { t_start: 4, walk_forward: 0, a_threshold: 0.5 })).toBeNaN();
  });

  it('takes the later sample when both are equally near', () => {
    expect(cross('r', { a_threshold: 4 })).toBe(3);
  });

  it('is NaN without a crossing, with a start outside, and for NaN', () => {
    expect(cross('l', { a_threshold: 7 })).toBeNaN();
    expect(cross('l', { t_start: 7 })).toBeNaN();
    expect(cross('l', { t_start: -1 })).toBeNaN();
    expect(cross('l', { a_threshold: nan })).toBeNaN();
    expect(cross('x', { w_in: w_in.with(6, nan) })).toBeNaN();
  });

  it('refuses an unknown mode, when there is a crossing', () => {
    expect(() => cross('h')).toThrow('the mode must be one of the letters');
    expect(cross('h', { a_threshold: 7 })).toBeNaN();
  });
});

describe('multi_time_point_thresh', () => {
  const cross = (a_threshold: number[], mode_in: string, more: object = {}) =>
    numbers('multi_time_point_thresh', { w_in, a_threshold, mode_in, t_start: 2, polarity: 1, ...more });

  it('goes up from the start for higher levels and down for lower ones', () => {
    expect(cross([3, 0.5, 5, 9], 'l')).toEqual([2.25, 0.5, 2.75, nan]);
    expect(cross([3, 0.5], 'b')).toEqual([2, 0]);
    expect(cross([3, 0.5], 'a')).toEqual([3, 1]);
    expect(cross([3, 0.5], 'n')).toEqual([2.5, 0.5]);
  });

  it('follows a falling edge with a negative polarity', () => {
    const falling = { t_start: 5, polarity: -1 };
    expect(cross([5, 1], 'n', falling)).toEqual([4.5, 5.5]);
    expect(cross([5, 1], 'i', falling)).toEqual([5, 6]);
    expect(cross([5, 1], 'b', falling)).toEqual([4, 5]);
  });

  it('is NaN for NaN and for a start outside', () => {
    expect(cross([3, nan], 'l')).toEqual([nan, nan]);
    expect(cross([3, 4], 'l', { t_start: 9 })).toEqual([nan, nan]);
  });

  it('refuses no polarity and unknown modes', () => {
    expect(() => cross([3], 'l', { polarity: 0 })).toThrow('polarity must not be 0');
    expect(() => cross([3], 's')).toThrow('the mode must be one of the letters');
  });
});
