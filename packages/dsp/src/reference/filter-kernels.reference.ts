import type { Numbers } from '../spec/kernel-spec.js';

/** Gaussian weights with sum 1, half width floor(truncate sigma + 0.5). */
export function gaussianFilter1d(sigma: Numbers, truncate: Numbers, weights: Numbers): number {
  const half = Math.floor(truncate[0]! * sigma[0]! + 0.5);
  let sum = 0;
  const values = Array.from({ length: 2 * half + 1 }, (_, i) => {
    const value = Math.exp(-((i - half) ** 2) / (2 * sigma[0]! ** 2));
    sum += value;
    return value;
  });
  values.forEach((value, i) => {
    weights[i] = value / sum;
  });
  return 0;
}

/** A triangle that falls during the rise, then a constant: finds where a pulse begins. */
export function t0Filter(rise: Numbers, fall: Numbers, kernel: Numbers): number {
  const r = rise[0]!;
  for (let i = 0; i < kernel.length; i += 1) {
    kernel[i] = i < r ? (2 * (r - i)) / (r * (r + 1)) : -1 / fall[0]!;
  }
  return 0;
}

/** Weights with which a convolution gives the slope of least squares. */
export function movingSlope(kernel: Numbers): number {
  const n = kernel.length;
  const s1 = (n * (n + 1)) / 2;
  const s2 = (n * (n + 1) * (2 * n + 1)) / 6;
  for (let j = 1; j <= n; j += 1) kernel[n - j] = (j * n - s1) / (n * s2 - s1 * s1);
  return 0;
}

interface Cusp {
  readonly values: Float64Array;
  readonly edge: number;
}

function cuspShape(sigma: number, flat: number, n: number): Cusp {
  const edge = Math.floor((n - flat) / 2);
  const top = Math.sinh(edge / sigma);
  const values = Float64Array.from({ length: n }, (_, i) => {
    if (i < edge) return Math.sinh(i / sigma) / top;
    return i <= edge + flat ? 1 : Math.sinh((n - i) / sigma) / top;
  });
  return { values, edge };
}

/** Takes an exponential decay out of a kernel. */
function deconvolve(values: Float64Array, decay: number, kernel: Numbers): void {
  const c = Math.exp(-1 / decay);
  for (let i = 0; i < kernel.length; i += 1) kernel[i] = values[i]! - (i === 0 ? 0 : c * values[i - 1]!);
}

/** Cusp with a flat top. */
export function cuspFilter(sigma: Numbers, flat: Numbers, decay: Numbers, kernel: Numbers): number {
  deconvolve(cuspShape(sigma[0]!, flat[0]!, kernel.length).values, decay[0]!, kernel);
  return 0;
}

/** Cusp with a flat top and parabolas below, so that its area is zero. */
export function zacFilter(sigma: Numbers, flat: Numbers, decay: Numbers, kernel: Numbers): number {
  const n = kernel.length;
  const { values, edge } = cuspShape(sigma[0]!, flat[0]!, n);
  const half = edge / 2;
  const parabolas = Float64Array.from({ length: n }, (_, i) => {
    if (i < edge) return (i - half) ** 2 - half ** 2;
    return i > edge + flat[0]! ? (n - i - half) ** 2 - half ** 2 : 0;
  });
  const sum = (list: Float64Array) => list.reduce((total, value) => total + value, 0);
  const weight = sum(values) / sum(parabolas);
  deconvolve(
    values.map((value, i) => value - parabolas[i]! * weight),
    decay[0]!,
    kernel,
  );
  return 0;
}
