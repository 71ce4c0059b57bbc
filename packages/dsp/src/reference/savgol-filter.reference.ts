import type { Numbers } from '../spec/kernel-spec.js';
import { solve } from './linear-system.js';

/** k (k - 1) ... (k - order + 1) x^(k - order): a derivative of x^k. */
function derivative(k: number, order: number, x: number): number {
  if (k < order) return 0;
  let factor = 1;
  for (let i = 0; i < order; i += 1) factor *= k - i;
  return factor * x ** (k - order);
}

/**
 * Weights w_j, by which the samples of a window give the derivative at place `x` (0 in its middle) of the polynomial of least
 * squares: a solution of (A^T A) b = d, w = A b, with A the powers of the places and d those derivatives.
 */
function weightsAt(size: number, degree: number, order: number, x: number): Float64Array {
  const half = (size - 1) / 2;
  const terms = degree + 1;
  const matrix = new Float64Array(terms * terms);
  for (let j = 0; j < size; j += 1) {
    for (let row = 0; row < terms; row += 1)
      for (let column = 0; column < terms; column += 1)
        matrix[row * terms + column] = matrix[row * terms + column]! + ((j - half) / half) ** (row + column);
  }
  const right = Float64Array.from(
    { length: terms },
    (_, k) => derivative(k, order, x / half) / half ** order,
  );
  solve(matrix, right);
  return Float64Array.from({ length: size }, (_, j) =>
    right.reduce((sum, value, k) => sum + value * ((j - half) / half) ** k, 0),
  );
}

/** The weights of every place of a window, and what they are for. */
interface Table {
  readonly size: number;
  readonly degree: number;
  readonly order: number;
  readonly weights: readonly Float64Array[];
}

let last: Table = { size: 0, degree: 0, order: 0, weights: [] };

/**
 * Weights of every place of a window of `size` samples, for the derivative of that order of the polynomial of that degree. `size`
 * is odd and above the degree.
 */
export function savgolWeights(size: number, degree: number, order: number): Float64Array[] {
  return Array.from({ length: size }, (_, j) => weightsAt(size, degree, order, j - (size - 1) / 2));
}

/** Made anew only when the parameters are others: they are the same in all rows as a rule. */
function tableOf(size: number, degree: number, order: number): Table {
  if (last.size === size && last.degree === degree && last.order === order) return last;
  const weights = savgolWeights(size, degree, order);
  last = { size, degree, order, weights };
  return last;
}

/**
 * Savitzky-Golay: value or derivative in the middle of the polynomial that fits the samples around best. Near the ends, the
 * polynomial of the first or last whole window goes on.
 */
export function savgolFilter(
  wIn: Numbers,
  length: Numbers,
  degree: Numbers,
  derivativeIn: Numbers,
  ...[wOut]: Numbers[]
): number {
  const n = wIn.length;
  const size = length[0]!;
  const half = (size - 1) / 2;
  const { weights } = tableOf(size, degree[0]!, derivativeIn[0]!);
  for (let i = 0; i < n; i += 1) {
    const from = Math.min(Math.max(i - half, 0), n - size);
    const own = weights[i - from]!;
    let sum = 0;
    for (let j = 0; j < size; j += 1) sum += own[j]! * wIn[from + j]!;
    wOut![i] = sum;
  }
  return 0;
}
