import type { Numbers } from '../spec/kernel-spec.js';

const activations: Readonly<Record<string, (x: number) => number>> = {
  s: (x) => 1 / (1 + Math.exp(-x)),
  r: (x) => Math.max(0, x),
  l: (x) => (x < 0 ? 0.01 * x : x),
  m: (x) => Math.log1p(Math.exp(x)),
  t: Math.tanh,
};

function activate(letter: Numbers, x: number): number {
  return activations[String.fromCharCode(letter[0]!)]?.(x) ?? Number.NaN;
}

/** Sum of x_i k_{i j} over i for one column j of the matrix. */
function column(xIn: Numbers, kernel: Numbers, j: number): number {
  const columns = kernel.length / xIn.length;
  let sum = 0;
  for (let i = 0; i < xIn.length; i += 1) sum += xIn[i]! * kernel[i * columns + j]!;
  return sum;
}

/** act(x K); the matrix is stored row by row. An unknown activation gives NaN. */
export function denseLayer(xIn: Numbers, kernel: Numbers, activation: Numbers, xOut: Numbers): number {
  for (let j = 0; j < xOut.length; j += 1) xOut[j] = activate(activation, column(xIn, kernel, j));
  return 0;
}

/** act(x K + b). */
export function denseLayerWithBias(
  xIn: Numbers,
  kernel: Numbers,
  bias: Numbers,
  activation: Numbers,
  xOut: Numbers,
): number {
  for (let j = 0; j < xOut.length; j += 1) xOut[j] = activate(activation, column(xIn, kernel, j) + bias[j]!);
  return 0;
}

/** (x - mean) / root of the variance, number by number. */
export function normalisationLayer(xIn: Numbers, means: Numbers, variances: Numbers, xOut: Numbers): number {
  for (let i = 0; i < xIn.length; i += 1) xOut[i] = (xIn[i]! - means[i]!) / Math.sqrt(variances[i]!);
  return 0;
}

/** One activation function on every number; NaN stays NaN. */
export function activation(letter: string): (xIn: Numbers, xOut: Numbers) => number {
  const f = activations[letter]!;
  return (xIn, xOut) => {
    for (let i = 0; i < xIn.length; i += 1) xOut[i] = f(xIn[i]!);
    return 0;
  };
}
