import { describe, expect, it } from 'vitest';
import { callKernel, numbers, series } from '../testing/call-kernel.js';

const nan = Number.NaN;

describe('moving_window_left', () => {
  it('averages the last samples, with the first one before the start', () => {
    expect(numbers('moving_window_left', { w_in: [2, 4, 6, 8], length: 2 })).toEqual([2, 3, 5, 7]);
    expect(numbers('moving_window_left', { w_in: [5], length: 0 })).toEqual([5]);
  });

  it('refuses lengths of the waveform or more, after NaN', () => {
    expect(() => numbers('moving_window_left', { w_in: [1, 2], length: 2 })).toThrow('less than');
    expect(numbers('moving_window_left', { w_in: [1, nan], length: 2 })).toEqual([nan, nan]);
  });
});

describe('moving_window_right', () => {
  it('is the left one from the other end', () => {
    const w_in = [2, 4, 6, 9];
    const mirrored = numbers('moving_window_left', { w_in: w_in.toReversed(), length: 3 }).toReversed();
    expect(numbers('moving_window_right', { w_in, length: 3 })).toEqual(mirrored);
    expect(() => numbers('moving_window_right', { w_in, length: -1 })).toThrow('at least 0');
  });
});

describe('moving_window_multi', () => {
  const w_in = [0, 0, 3, 9, 3, 0];
  const multi = (num_mw: number, mw_type: number, length = 3) =>
    numbers('moving_window_multi', { w_in, length, num_mw, mw_type });

  it('goes left and right in turn, or one way', () => {
    const left = numbers('moving_window_left', { w_in, length: 3 });
    expect(multi(1, 0)).toEqual(left);
    expect(multi(2, 1)).toEqual(numbers('moving_window_left', { w_in: left, length: 3 }));
    expect(multi(2, 0)).toEqual(numbers('moving_window_right', { w_in: left, length: 3 }));
    expect(multi(1, 2)).toEqual(numbers('moving_window_right', { w_in, length: 3 }));
  });

  it('is NaN for no times, and refuses parts of samples and times', () => {
    expect(multi(0, 0)).toEqual(w_in.map(() => nan));
    expect(() => multi(1, 0, 2.5)).toThrow('length must be a whole number');
    expect(() => multi(-1, 0)).toThrow('num_mw must not be negative');
  });
});

describe('windower', () => {
  const w_in = [1, 2, 3, 4];
  it.each([
    [1, [2, 3]],
    [-1, [nan, 1]],
    [3.9, [4, nan]],
    [9, [nan, nan]],
  ])('cuts from %d on, NaN outside', (t0_in, expected) => {
    expect(numbers('windower', { w_in, t0_in, w_out: 2 })).toEqual(expected);
  });

  it('must be shorter than the waveform', () => {
    expect(() => numbers('windower', { w_in, t0_in: 0, w_out: 4 })).toThrow('must be shorter');
    expect(numbers('windower', { w_in, t0_in: nan, w_out: 2 })).toEqual([nan, nan]);
  });
});

describe('presum', () => {
  it('adds or averages neighbours and tells how many', () => {
    const w_in = [1, 2, 3, 4, 5];
    expect(callKernel('presum', { w_in, do_norm: 0, w_out: 2 })).toEqual({ ps_fact: 2, w_out: [3, 7] });
    expect(callKernel('presum', { w_in, do_norm: 1, w_out: 2 })).toEqual({ ps_fact: 2, w_out: [1.5, 3.5] });
    expect(() => callKernel('presum', { w_in, do_norm: 2, w_out: 2 })).toThrow('do_norm must be 0 or 1');
    expect(callKernel('presum', { w_in: [nan, 1], do_norm: 0, w_out: 1 })).toEqual({
      ps_fact: nan,
      w_out: [nan],
    });
  });
});

describe('upsampler', () => {
  it('repeats every sample around its place', () => {
    expect(numbers('upsampler', { w_in: [1, 2, 3], upsample: 2, w_out: 6 })).toEqual([1, 2, 2, 3, 3, nan]);
    expect(numbers('upsampler', { w_in: [1, 2], upsample: 1, w_out: 2 })).toEqual([1, 2]);
    expect(() => numbers('upsampler', { w_in: [1], upsample: 0, w_out: 1 })).toThrow(
      'upsample must be above 0',
    );
  });
});

describe('interpolating_upsampler', () => {
  const up = (mode_in: string, w_in: readonly number[] = [0, 2, 4], w_out = 6) =>
    numbers('interpolating_upsampler', { w_in, mode_in, w_out });

  it.each([
    ['i', [0, 0, 2, 0, 4, 0]],
    ['n', [0, 2, 2, 4, 4, 4]],
    ['f', [0, 0, 2, 2, 4, 4]],
    ['c', [0, 2, 2, 4, 4, 4]],
    ['l', [0, 1, 2, 3, 4, 4]],
  ])('mode %s', (mode, expected) => {
    expect(up(mode)).toEqual(expected);
  });

  it('follows a line exactly with cubics, also beyond the last sample', () => {
    for (const mode of ['h', 's']) {
      up(mode).forEach((value, j) => {
        expect(value).toBeCloseTo(j, 12);
      });
    }
  });

  it('refuses unknown modes, and numbers of samples that mode i cannot make', () => {
    expect(() => up('x')).toThrow("mode 'x' does not exist");
    expect(() => up('i', [1, 2, 3, 4])).toThrow('whole multiple');
    expect(up('x', [1, nan])).toEqual(series(6, () => nan));
  });
});
