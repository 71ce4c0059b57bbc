import type { Numbers } from '../spec/kernel-spec.js';

/** r_i = x_i - (slope i + intercept); sum of r_i / (i + 1), and the root of the sum of squares over n - 1. */
export function linearSlopeDiff(
  wIn: Numbers,
  slope: Numbers,
  intercept: Numbers,
  mean: Numbers,
  rms: Numbers,
): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < wIn.length; i += 1) {
    const residual = wIn[i]! - (slope[0]! * i + intercept[0]!);
    sum += residual / (i + 1);
    squares += residual * residual;
  }
  mean[0] = sum;
  rms[0] = Math.sqrt(squares / (wIn.length - 1));
  return 0;
}
