import { describe, expect, it } from 'vitest';
import { numbers, series } from '../testing/call-kernel.js';

const wf_in = series(200, () => 10);

describe('injected pulses', () => {
  it('rise within the rise time and decay', () => {
    const pulse = numbers('inject_sig_pulse', { wf_in, t0: 50, rt: 10, a: 100, decay: 1e9, wf_out: 200 });
    expect(pulse[20]).toBeCloseTo(10, 6);
    expect(pulse[50]).toBeCloseTo(10 + 1e-2, 1);
    expect(pulse[55]).toBeCloseTo(60, 4);
    expect(pulse[100]).toBeCloseTo(110, 4);
  });

  it('are logistic when the asymmetry is 1', () => {
    const common = { wf_in, t0: 60, rt: 12, a: 40, decay: 300, wf_out: 200 };
    const plain = numbers('inject_sig_pulse', common);
    numbers('inject_general_logistic', { ...common, q: 1, v: 1 }).forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i]!, 12);
    });
  });

  it('of exponentials leave the samples between alone', () => {
    const pulse = numbers('inject_exp_pulse', { wf_in, t0: 50, rt: 10, a: 100, decay: 400, wf_out: 200 });
    expect(pulse[50]).toBeCloseTo(10 + 100 * Math.exp(-1), 10);
    expect(pulse.slice(51, 61)).toEqual(series(10, () => 10));
    expect(pulse[61]).toBeCloseTo(10 + 100 * Math.exp(-11 / 400), 10);
  });

  it('of Gumbel have their area', () => {
    const pulse = numbers('inject_gumbel', { wf_in, a: 500, t0: 40, beta: 8, wf_out: 200 });
    expect(pulse.reduce((sum, value) => sum + value - 10, 0)).toBeCloseTo(500, 0);
    expect(pulse.indexOf(Math.max(...pulse))).toBe(56);
  });

  it('are NaN for NaN', () => {
    const out = numbers('inject_gumbel', { wf_in: [1, Number.NaN], a: 5, t0: 0, beta: 1, wf_out: 2 });
    expect(out).toEqual([Number.NaN, Number.NaN]);
  });
});
