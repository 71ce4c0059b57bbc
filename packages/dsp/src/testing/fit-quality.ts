import { doublePoleZero } from '../reference/double-pole-zero.reference.js';
import { linearSlopeFit } from '../reference/linear-slope-fit.reference.js';
import type { Numbers } from '../spec/kernel-spec.js';
import { flatten } from './numbers.js';
import type { VectorCase } from './processor-vectors.js';

/** Outputs of a fit by name. */
export type FitResult = Readonly<Record<string, readonly number[]>>;

function inputsOf(vector: VectorCase): (name: string) => number[] {
  return (name) => flatten(vector.inputs[name]?.value ?? []);
}

/** How far the corrected section drifts from its begin to its end, as a share of its height. */
function drift(vector: VectorCase, result: FitResult): number {
  const input = inputsOf(vector);
  const one = (name: string) => Float64Array.of(input(name)[0] ?? Number.NaN);
  const baseline = one('a_baseline_in')[0]!;
  const x = Float64Array.from(input('w_in'), (value) => value - baseline);
  const [tau1, tau2, share] = ['val0_out', 'val1_out', 'val2_out'].map((name) =>
    Float64Array.from(result[name] ?? []),
  );
  const y = new Float64Array(x.length);
  doublePoleZero(x, tau1!, tau2!, share!, y);
  const section = y.subarray(one('t_beg_in')[0], one('t_end_in')[0]);
  const [mean, stdev, slope, intercept]: Numbers[] = Array.from({ length: 4 }, () => new Float64Array(1));
  linearSlopeFit(section, mean!, stdev!, slope!, intercept!);
  return Math.abs((slope![0]! * section.length) / mean![0]!);
}

/** Length of a x - b; infinite when an unknown is negative. */
function misfit(vector: VectorCase, result: FitResult): number {
  const input = inputsOf(vector);
  const [a, b, x] = [input('a'), input('b'), result['x'] ?? []];
  if (x.some((value) => value < 0)) return Number.POSITIVE_INFINITY;
  return Math.hypot(
    ...b.map((value, i) => x.reduce((sum, xj, j) => sum + a[i * x.length + j]! * xj, -value)),
  );
}

const qualities: Readonly<Record<string, (vector: VectorCase, result: FitResult) => number>> = {
  optimize_2pz: drift,
  optimize_nnls: misfit,
};

/**
 * Fits whose answer is not settled by their data (one slope for three parameters, nearly singular systems) count as
 * right when what they make small is as small as with the expected answer. Others are never right here.
 */
export function fitsAsWell(
  processor: string,
  vector: VectorCase,
  found: FitResult,
  expected: FitResult,
): boolean {
  const quality = qualities[processor];
  if (quality === undefined) return false;
  return quality(vector, found) <= quality(vector, expected) * (1 + 1e-6) + 1e-6;
}
