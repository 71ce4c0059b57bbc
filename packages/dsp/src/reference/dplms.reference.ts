import type { Numbers } from '../spec/kernel-spec.js';
import { solve } from './linear-system.js';

/** Numbers of the faults of `dplms`. */
export const dplmsFaults = { singular: 1 } as const;

/** First sample of the centre section of a reference signal. */
export function centreOf(m: number, n: number): number {
  return Math.floor(m / 2 - n / 2);
}

function largestOfConvolution(signal: Numbers, kernel: Float64Array): number {
  const n = kernel.length;
  let largest = Number.NEGATIVE_INFINITY;
  for (let start = 0; start + n <= signal.length; start += 1) {
    let sum = 0;
    for (let i = 0; i < n; i += 1) sum += signal[start + i]! * kernel[n - 1 - i]!;
    largest = Math.max(largest, sum);
  }
  return largest;
}

/**
 * Kernel of the digital penalised least mean squares filter: the reversed solution k of
 * (a1 M + a2 R + a3 J) k = v with J all ones, R the mean of the outer products of the reference's centre section and its two
 * neighbours and v their sum, scaled so that its convolution with the reference has the maximum 1.
 */
export function dplms(
  noise: Numbers,
  reference: Numbers,
  a1: Numbers,
  ...[a2, a3, , kernel]: Numbers[]
): number {
  if (a2 === undefined || a3 === undefined || kernel === undefined) return 0;
  const n = kernel.length;
  const centre = centreOf(reference.length, n);
  const sections = [-1, 0, 1].map((shift) => reference.subarray(centre + shift, centre + shift + n));
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let row = 0; row < n; row += 1) {
    for (const section of sections) right[row]! += section[row]!;
    for (let column = 0; column < n; column += 1) {
      let product = 0;
      for (const section of sections) product += section[row]! * section[column]!;
      matrix[row * n + column] =
        a1[0]! * noise[row * n + column]! + (a2[0]! * product) / sections.length + a3[0]!;
    }
  }
  if (!solve(matrix, right)) return dplmsFaults.singular;
  right.reverse();
  const largest = largestOfConvolution(reference, right);
  for (let i = 0; i < n; i += 1) kernel[i] = right[i]! / largest;
  return 0;
}
