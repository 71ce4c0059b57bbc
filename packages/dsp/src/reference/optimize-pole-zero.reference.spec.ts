import { describe, expect, it } from 'vitest';
import { callKernel, numbers, result, series } from '../testing/call-kernel.js';

const section = { a_baseline_in: 5, t_beg_in: 60, t_end_in: 190 };

function pulse(tail: (t: number) => number): number[] {
  return series(200, (i) => 5 + (i < 50 ? 0 : 1000 * tail(i - 50)));
}

/** Largest less smallest value of the section, as a share of its height. */
function unevenness(w: readonly number[]): number {
  const part = w.slice(section.t_beg_in, section.t_end_in);
  return (Math.max(...part) - Math.min(...part)) / 1000;
}

describe('optimize_1pz', () => {
  it('finds the decay time of a tail, whatever the start value', () => {
    for (const tau of [80, 450, 3000]) {
      const w_in = pulse((t) => Math.exp(-t / tau));
      for (const p0_in of [10, 5000])
        expect(result('optimize_1pz', { w_in, ...section, p0_in })).toBeCloseTo(tau, 6);
    }
  });

  it('is NaN when no decay levels the section', () => {
    expect(result('optimize_1pz', { w_in: series(200, () => 5), ...section, p0_in: 100 })).toBeNaN();
    expect(result('optimize_1pz', { w_in: pulse(() => Number.NaN), ...section, p0_in: 100 })).toBeNaN();
  });

  it('needs a section of whole samples within the waveform', () => {
    const w_in = pulse((t) => Math.exp(-t / 80));
    const run = (more: object) => () => result('optimize_1pz', { w_in, ...section, p0_in: 100, ...more });
    expect(run({ t_beg_in: 1.5 })).toThrow('t_beg_in must be a whole number');
    expect(run({ t_end_in: 201 })).toThrow('t_end_in must be between 0 and 200');
  });
});

describe('optimize_2pz', () => {
  const bounds = { tau_upper_bound: 5000, frac_upper_bound: 0.3 };
  const w_in = pulse((t) => 0.95 * Math.exp(-t / 400) + 0.05 * Math.exp(-t / 20));

  it('finds parameters that level the section, within the bounds', () => {
    const found = callKernel('optimize_2pz', {
      w_in,
      ...section,
      ...bounds,
      p0_in: 600,
      p1_in: 25,
      p2_in: 0.04,
    });
    const [t_tau1, t_tau2, frac] = [found['val0_out']!, found['val1_out']!, found['val2_out']!] as number[];
    for (const [value, bound] of [
      [t_tau1!, 5000],
      [t_tau2!, 5000],
      [frac!, 0.3],
    ] as const) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(bound);
    }
    const corrected = numbers('double_pole_zero', {
      w_in: w_in.map((value) => value - 5),
      ...{ t_tau1: t_tau1!, t_tau2: t_tau2!, frac: frac! },
    });
    expect(unevenness(w_in)).toBeGreaterThan(0.2);
    expect(unevenness(corrected)).toBeLessThan(0.01);
  });

  it('is NaN for NaN and refuses short waveforms', () => {
    const starts = { ...bounds, p0_in: 600, p1_in: 25, p2_in: Number.NaN };
    expect(callKernel('optimize_2pz', { w_in, ...section, ...starts })['val0_out']).toBeNaN();
    const short = { w_in: [1, 2], a_baseline_in: 0, t_beg_in: 0, t_end_in: 2, ...starts, p2_in: 0.1 };
    expect(() => callKernel('optimize_2pz', short)).toThrow('more than 3 samples');
  });
});
