import type { Numbers } from '../spec/kernel-spec.js';

/** Start of a recursive filter: what the waveform and the result are before sample 0. */
interface History {
  readonly input: number;
  readonly output: number;
}

/** y_i = (sum a_j x_{i-j} - sum b_j y_{i-j}) / b_0 with the results kept in double. NaN coefficients give NaN. */
export function filterRecursively(
  wIn: Numbers,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  before: History,
  wOut: Numbers,
): number {
  const depth = b.length - 1;
  const past = new Float64Array(Math.max(depth, 1)).fill(before.output);
  for (let i = 0; i < wIn.length; i += 1) {
    let sum = 0;
    for (let j = 0; j < a.length; j += 1) sum += a[j]! * (i >= j ? wIn[i - j]! : before.input);
    for (let j = 1; j <= depth; j += 1) sum -= b[j]! * past[(i - j + depth) % depth]!;
    sum /= b[0]!;
    if (depth > 0) past[i % depth] = sum;
    wOut[i] = sum;
  }
  return 0;
}

/** A recursive filter with coefficients and history from the arguments. */
export function recursiveFilter(
  wIn: Numbers,
  a: Numbers,
  b: Numbers,
  initIn: Numbers,
  initOut: Numbers,
  wOut: Numbers,
): number {
  return filterRecursively(wIn, a, b, { input: initIn[0]!, output: initOut[0]! }, wOut);
}

/** A recursive filter that has seen the first sample for ever; `gain` is what it makes of a constant. */
export function settledFilter(wIn: Numbers, a: Numbers, b: Numbers, gain: Numbers, wOut: Numbers): number {
  return filterRecursively(wIn, a, b, { input: wIn[0]!, output: gain[0]! * wIn[0]! }, wOut);
}

/**
 * Sections of second order one behind the other, all of them having seen the first sample for ever. `sections`: c_1, c_2, b_1, b_2
 * of each; `gain`: factor of the samples.
 */
export function settledSections(wIn: Numbers, sections: Numbers, gain: Numbers, wOut: Numbers): number {
  const count = Math.floor(sections.length / 4);
  const past = new Float64Array(2 * count + 2);
  let level = gain[0]! * wIn[0]!;
  for (let k = 0; k <= count; k += 1) {
    past.fill(level, 2 * k, 2 * k + 2);
    const [c1 = 0, c2 = 0, b1 = 0, b2 = 0] = sections.subarray(4 * k, 4 * k + 4);
    level *= (1 + c1 + c2) / (1 + b1 + b2);
  }
  for (let i = 0; i < wIn.length; i += 1) {
    let value = gain[0]! * wIn[i]!;
    for (let k = 0; k <= count; k += 1) {
      const [newest, older] = [past[2 * k]!, past[2 * k + 1]!];
      past[2 * k] = value;
      past[2 * k + 1] = newest;
      if (k === count) break;
      value += sections[4 * k]! * newest + sections[4 * k + 1]! * older;
      value -= sections[4 * k + 2]! * past[2 * k + 2]! + sections[4 * k + 3]! * past[2 * k + 3]!;
    }
    wOut[i] = value;
  }
  return 0;
}

function decayFactor(tau: number): number {
  return tau === 0 ? 0 : Math.exp(-1 / tau);
}

/** y_i = x_i + exp(-1 / tau) y_{i-1}, all equal to x_0 before. */
export function convolveExp(wIn: Numbers, tau: Numbers, wOut: Numbers): number {
  const before = { input: wIn[0]!, output: wIn[0]! };
  return filterRecursively(wIn, [1], [1, -decayFactor(tau[0]!)], before, wOut);
}

/** Convolution with exp(-t / tau) cos(omega t + phase), all equal to x_0 before. */
export function convolveDampedOscillator(
  wIn: Numbers,
  tau: Numbers,
  omegaIn: Numbers,
  phaseIn: Numbers,
  wOut: Numbers,
): number {
  const [r, omega, phase] = [decayFactor(tau[0]!), omegaIn[0]!, phaseIn[0]!];
  const a = [Math.cos(phase), -r * Math.cos(omega - phase)];
  const b = [1, -2 * r * Math.cos(omega), r * r];
  return filterRecursively(wIn, a, b, { input: wIn[0]!, output: wIn[0]! }, wOut);
}

/** Adds a damped oscillation of a share of every change of the waveform. */
export function injectDampedOscillation(
  wIn: Numbers,
  tau: Numbers,
  omegaIn: Numbers,
  phaseIn: Numbers,
  fraction: Numbers,
  wOut: Numbers,
): number {
  const [r, omega, phase, f] = [decayFactor(tau[0]!), omegaIn[0]!, phaseIn[0]!, fraction[0]!];
  const shifted = Math.cos(omega - phase);
  const b = [1, -2 * r * Math.cos(omega), r * r];
  const a = [
    1 + f * Math.cos(phase),
    -(2 * r * Math.cos(omega) + f * Math.cos(phase) + f * r * shifted),
    r * (r + f * shifted),
  ];
  return filterRecursively(wIn, a, b, { input: wIn[0]!, output: 0 }, wOut);
}
