import type { Numbers } from '../spec/kernel-spec.js';

/** Average of the residuals, and their standard deviation around the model with n - 1. */
function summarise(wIn: Numbers, model: (i: number) => number, mean: Numbers, rms: Numbers): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < wIn.length; i += 1) {
    const residual = wIn[i]! - model(i);
    sum += residual;
    squares += residual * residual;
  }
  mean[0] = sum / wIn.length;
  rms[0] = Math.sqrt(squares / (wIn.length - 1));
  return 0;
}

/** Residuals r_i = x_i - (slope i + intercept). */
export function lineResiduals(
  wIn: Numbers,
  slope: Numbers,
  intercept: Numbers,
  mean: Numbers,
  rms: Numbers,
): number {
  return summarise(wIn, (i) => slope[0]! * i + intercept[0]!, mean, rms);
}

/** Residuals r_i = x_i - sum p_j i^j. */
export function polynomialResiduals(wIn: Numbers, pars: Numbers, mean: Numbers, rms: Numbers): number {
  const model = (i: number) => {
    let value = 0;
    for (let j = pars.length - 1; j >= 0; j -= 1) value = value * i + pars[j]!;
    return value;
  };
  return summarise(wIn, model, mean, rms);
}

/** Numbers of samples equal to 0 and to 2^B - 1, the ends of a converter of B bits. */
export function saturationFullScale(wIn: Numbers, bitDepth: Numbers, low: Numbers, high: Numbers): number {
  const top = 2 ** bitDepth[0]! - 1;
  low[0] = 0;
  high[0] = 0;
  for (const value of wIn) {
    if (value === 0) low[0] += 1;
    if (value === top) high[0] += 1;
  }
  return 0;
}
