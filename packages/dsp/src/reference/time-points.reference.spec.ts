import { describe, expect, it } from 'vitest';
import { callKernel, result, series } from '../testing/call-kernel.js';

const nan = Number.NaN;

describe('time_point_thresh', () => {
  //            0  1  2  3  4  5  6
  const w_in = [0, 1, 2, 6, 6, 4, 0];
  const cross = (a_threshold: number, t_start: number, walk_forward: number, w: readonly number[] = w_in) =>
    result('time_point_thresh', { w_in: w, a_threshold, t_start, walk_forward });

  it('gives the sample before a crossing, walking forward', () => {
    expect(cross(3, 0, 1)).toBe(2);
    expect(cross(2, 0, 1)).toBe(2);
    expect(cross(3, 3, 1)).toBe(5);
  });

  it('gives the sample behind a crossing, walking backward', () => {
    expect(cross(3, 4, 0)).toBe(3);
    expect(cross(2, 4, 0)).toBe(2);
    expect(cross(3, 6, 0)).toBe(6);
  });

  it('is NaN without a crossing and for NaN', () => {
    expect(cross(9, 0, 1)).toBeNaN();
    expect(cross(3, 2, 0)).toBeNaN();
    expect(cross(3, 99, 1, w_in.with(0, nan))).toBeNaN();
  });

  it('needs a whole start within the waveform', () => {
    expect(() => cross(3, 7, 1)).toThrow('t_start must be between 0 and 6');
    expect(() => cross(3, 1.5, 1)).toThrow('t_start must be a whole number');
    expect(() => cross(3, 1, 0.5)).toThrow('walk_forward must be a whole number');
  });
});

describe('fixed_time_pickoff', () => {
  const parabola = series(12, (i) => i * i);
  const pick = (t_in: number, mode_in: string, w_in: readonly number[] = parabola) =>
    result('fixed_time_pickoff', { w_in, t_in, mode_in });

  it.each([
    ['n', 9],
    ['f', 9],
    ['c', 16],
    ['l', 10.75],
    ['h', 10.5625],
  ])('mode %s between samples', (mode, expected) => {
    expect(pick(3.25, mode)).toBeCloseTo(expected, 12);
  });

  it('follows a line with the spline, and a curve away from the ends', () => {
    expect(
      pick(
        3.3,
        's',
        series(9, (i) => 2 * i),
      ),
    ).toBeCloseTo(6.6, 12);
    const wave = series(40, (i) => Math.sin(i / 4));
    expect(pick(20.4, 's', wave)).toBeCloseTo(Math.sin(20.4 / 4), 4);
  });

  it('is the sample itself at whole times, NaN outside', () => {
    for (const mode of 'infclhs') expect(pick(5, mode)).toBe(25);
    expect(pick(-0.1, 'l')).toBeNaN();
    expect(pick(11.1, 'l')).toBeNaN();
    expect(pick(11, 's')).toBe(121);
  });

  it('refuses unknown modes, and i between samples', () => {
    expect(() => pick(3.25, 'i')).toThrow('t_in must be a whole number');
    expect(() => pick(3.25, 'x')).toThrow("mode 'x' does not exist");
    expect(pick(3.25, 'x', parabola.with(0, nan))).toBeNaN();
  });
});

describe('bi_level_zero_crossing_time_points', () => {
  //            0  1  2  3   4   5  6  7  8   9 10
  const w_in = [0, 0, 5, 5, -5, -5, 0, 5, 5, -5, 0];
  const crossings = (gate_time_in: number, room = 3, more: object = {}) =>
    callKernel('bi_level_zero_crossing_time_points', {
      w_in,
      ...{ a_pos_threshold_in: 3, a_neg_threshold_in: -3, gate_time_in, t_start_in: 0 },
      ...{ polarity_out: room, t_trig_times_out: room },
      ...more,
    });

  it('finds crossings of zero between both levels, within the gate', () => {
    expect(crossings(3)).toEqual({
      n_crossings_out: 2,
      polarity_out: [1, 1, nan],
      t_trig_times_out: [3, 8, nan],
    });
    expect(crossings(1)['n_crossings_out']).toBe(0);
  });

  it('tells from which side', () => {
    const mirrored = crossings(3, 3, { w_in: w_in.map((value) => -value) });
    expect(mirrored['polarity_out']).toEqual([0, 0, nan]);
  });

  it('counts on when there is no room', () => {
    expect(crossings(3, 1)).toMatchObject({ n_crossings_out: 2, t_trig_times_out: [3] });
  });

  it('needs a start within the waveform, and finds nothing in NaN', () => {
    expect(() => crossings(3, 3, { t_start_in: 11 })).toThrow('t_start_in must be between 0 and 10');
    expect(crossings(3, 3, { w_in: w_in.with(3, nan) })).toMatchObject({ n_crossings_out: 0 });
  });
});
