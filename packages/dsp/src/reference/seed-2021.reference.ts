import type { Numbers } from '../spec/kernel-spec.js';

/** Pole-zero correction whose running value has the type of the waveform: in float32 it drifts. */
export function poleZero2021(wIn: Numbers, tau: Numbers, wOut: Numbers): number {
  const c = Math.exp(-1 / tau[0]!);
  wOut[0] = wIn[0]!;
  for (let i = 1; i < wIn.length; i += 1) wOut[i] = wOut[i - 1]! + wIn[i]! - wIn[i - 1]! * c;
  return 0;
}

/** Double pole-zero correction by two running sums, with 1 / tau in place of 1 - exp(-1 / tau). */
export function doublePoleZero2021(
  wIn: Numbers,
  tau1: Numbers,
  tau2: Numbers,
  fraction: Numbers,
  wOut: Numbers,
): number {
  let slow = wIn[0]!;
  let fast = 0;
  wOut[0] = slow;
  for (let i = 1; i < wIn.length; i += 1) {
    const before = wIn[i - 1]!;
    const step = wIn[i]! - before;
    slow += step + before / tau1[0]!;
    fast += step - fast / tau2[0]!;
    wOut[i] = slow - fraction[0]! * fast;
  }
  return 0;
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
}

function line(wIn: Numbers): Line {
  const n = wIn.length;
  let sumI = 0;
  let sumII = 0;
  let sum = 0;
  let sumIX = 0;
  for (let i = 0; i < n; i += 1) {
    sumI += i;
    sumII += i * i;
    sum += wIn[i]!;
    sumIX += i * wIn[i]!;
  }
  const slope = (n * sumIX - sumI * sum) / (n * sumII - sumI * sumI);
  return { slope, intercept: (sum - slope * sumI) / n };
}

/** Straight line by least squares over the sample index: intercept, then slope. */
export function linearFit2021(wIn: Numbers, intercept: Numbers, slope: Numbers): number {
  const fit = line(wIn);
  intercept[0] = fit.intercept;
  slope[0] = fit.slope;
  return 0;
}

/** Mean, deviation from the running mean with n + 1, slope, intercept. */
export function linearSlopeFit2021(
  wIn: Numbers,
  mean: Numbers,
  stdev: Numbers,
  slope: Numbers,
  intercept: Numbers,
): number {
  let average = 0;
  let squares = 0;
  for (let i = 0; i < wIn.length; i += 1) {
    average += (wIn[i]! - average) / (i + 1);
    squares += (wIn[i]! - average) ** 2;
  }
  mean[0] = average;
  stdev[0] = Math.sqrt(squares / (wIn.length + 1));
  linearFit2021(wIn, intercept, slope);
  return 0;
}

/** Natural logarithm; NaN everywhere when a sample is negative (0 gives minus infinity). */
export function logCheck2021(wIn: Numbers, wLog: Numbers): number {
  if (wIn.some((value) => value < 0)) return 0;
  for (let i = 0; i < wIn.length; i += 1) wLog[i] = Math.log(wIn[i]!);
  return 0;
}

/** Places and values of the smallest and largest sample; NaN samples are passed over. */
export function minMax2021(wIn: Numbers, tMin: Numbers, tMax: Numbers, aMin: Numbers, aMax: Numbers): number {
  let low = 0;
  let high = 0;
  for (let i = 1; i < wIn.length; i += 1) {
    if (wIn[i]! < wIn[low]!) low = i;
    if (wIn[i]! > wIn[high]!) high = i;
  }
  tMin[0] = low;
  tMax[0] = high;
  aMin[0] = wIn[low]!;
  aMax[0] = wIn[high]!;
  return 0;
}

/** Sums of k = floor(n / m) neighbours; the rest is dropped. */
export function presum2021(wIn: Numbers, wOut: Numbers): number {
  const k = Math.floor(wIn.length / wOut.length);
  for (let i = 0; i < wOut.length; i += 1) {
    let sum = 0;
    for (let j = i * k; j < (i + 1) * k; j += 1) sum += wIn[j]!;
    wOut[i] = sum;
  }
  return 0;
}

/** Where the waveform reaches a fraction of its maximum, going left from it; the nearer of both samples, 0 if never. */
export function timePointFrac2021(wIn: Numbers, fraction: Numbers, tMax: Numbers, tOut: Numbers): number {
  const level = fraction[0]! * wIn[tMax[0]!]!;
  let i = tMax[0]! - 1;
  while (i >= 0 && wIn[i]! > level) i -= 1;
  if (i < 0) tOut[0] = 0;
  else tOut[0] = Math.abs(wIn[i + 1]! - level) < Math.abs(wIn[i]! - level) ? i + 1 : i;
  return 0;
}

/** First i, going left from the maximum, with x_{i-1} < threshold < x_i; 0 if there is none. */
export function timePointThresh2021(wIn: Numbers, threshold: Numbers, tMax: Numbers, tOut: Numbers): number {
  const level = threshold[0]!;
  let i = Math.min(tMax[0]!, wIn.length - 1);
  while (i > 0 && !(wIn[i]! > level && wIn[i - 1]! < level)) i -= 1;
  tOut[0] = Math.max(i, 0);
  return 0;
}

/** The sample at a whole time; NaN outside of the waveform. */
export function fixedTimePickoff2021(wIn: Numbers, time: Numbers, out: Numbers): number {
  out[0] = wIn[time[0]!] ?? Number.NaN;
  return 0;
}
