import { Matrix } from 'ml-matrix';

/** A function of several variables that is to be made small. */
export type Cost = (x: readonly number[]) => number;

/** Relative rounding error of a cost that is a sum of many terms. */
const noise = 4 * Number.EPSILON;

/** Gradient by central differences, and steps that suit the curvature, to be given to the next call. */
export function gradient(
  f: Cost,
  x: readonly number[],
  steps: readonly number[],
  value: number,
): { gradient: number[]; curvature: number[]; steps: number[] } {
  const result = { gradient: [] as number[], curvature: [] as number[], steps: [...steps] };
  const at = [...x];
  x.forEach((center, i) => {
    let step = steps[i]!;
    let slope = 0;
    let second = 0;
    for (let round = 0; round < 3; round++) {
      step = Math.max(step, 1e-10 * Math.abs(center), 1e-14);
      at[i] = center + step;
      const above = f(at);
      at[i] = center - step;
      const below = f(at);
      slope = (above - below) / (2 * step);
      second = (above + below - 2 * value) / (step * step);
      // The best step balances the rounding error of f with the third derivative: the cost changes by the cube root of it.
      const best = Math.sqrt((Math.cbrt(noise) * (1 + Math.abs(value))) / (Math.abs(second) || 1)) * 0.02;
      const next = Math.min(10 * step, Math.max(0.1 * step, best));
      if (Math.abs(next - step) < 0.5 * step) break;
      step = next;
    }
    at[i] = center;
    result.gradient.push(slope);
    result.curvature.push(second);
    result.steps[i] = step;
  });
  return result;
}

/** Matrix of second derivatives by central differences. */
export function hessian(f: Cost, x: readonly number[], steps: readonly number[]): Matrix {
  const n = x.length;
  const matrix = Matrix.zeros(n, n);
  const center = f(x);
  const shifted = (i: number, di: number, j: number, dj: number): number => {
    const at = [...x];
    at[i] = at[i]! + di;
    at[j] = at[j]! + dj;
    return f(at);
  };
  for (let i = 0; i < n; i++) {
    const h = steps[i]!;
    matrix.set(i, i, (shifted(i, h, i, 0) + shifted(i, -h, i, 0) - 2 * center) / (h * h));
    for (let j = 0; j < i; j++) {
      const k = steps[j]!;
      const mixed =
        (shifted(i, h, j, k) - shifted(i, h, j, -k) - shifted(i, -h, j, k) + shifted(i, -h, j, -k)) /
        (4 * h * k);
      matrix.set(i, j, mixed);
      matrix.set(j, i, mixed);
    }
  }
  return matrix;
}
