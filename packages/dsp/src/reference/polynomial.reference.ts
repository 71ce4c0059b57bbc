import type { Numbers } from '../spec/kernel-spec.js';

/** p_0 + p_1 x + p_2 x^2 + … */
function polynomial(pars: Numbers, x: number): number {
  let value = 0;
  for (let j = pars.length - 1; j >= 0; j -= 1) value = value * x + pars[j]!;
  return value;
}

/** Sum of r_i / (i + 1), and the root of the sum of squares over n - 1, of residuals r_i. */
function residuals(wIn: Numbers, model: (i: number) => number, mean: Numbers, rms: Numbers): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < wIn.length; i += 1) {
    const residual = wIn[i]! - model(i);
    sum += residual / (i + 1);
    squares += residual * residual;
  }
  mean[0] = sum;
  rms[0] = Math.sqrt(squares / (wIn.length - 1));
  return 0;
}

/** Residuals r_i = x_i - p(i). */
export function polyDiff(wIn: Numbers, pars: Numbers, mean: Numbers, rms: Numbers): number {
  return residuals(wIn, (i) => polynomial(pars, i), mean, rms);
}

/** Residuals r_i = x_i - exp(p(i)). */
export function polyExpRms(wIn: Numbers, pars: Numbers, mean: Numbers, rms: Numbers): number {
  return residuals(wIn, (i) => Math.exp(polynomial(pars, i)), mean, rms);
}
