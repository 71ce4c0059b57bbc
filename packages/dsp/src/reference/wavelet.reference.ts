import type { Numbers } from '../spec/kernel-spec.js';

/** Coefficients that are left of n samples after `level` halvings. */
export function waveletLength(n: number, level: number): number {
  let length = n;
  for (let i = 0; i < level; i += 1) length = Math.ceil(length / 2);
  return length;
}

/** Haar coefficients of one level, averages or details; odd lengths repeat the last sample. */
export function discreteWaveletTransform(
  wIn: Numbers,
  levelIn: Numbers,
  _waveType: Numbers,
  part: Numbers,
  wOut: Numbers,
): number {
  const wantsDetails = part[0] === 'd'.charCodeAt(0);
  let samples = Float64Array.from(wIn, Number);
  const level = levelIn[0]!;
  for (let i = 1; i <= level; i += 1) {
    const sign = wantsDetails && i === level ? -1 : 1;
    const next = new Float64Array(Math.ceil(samples.length / 2));
    for (let k = 0; k < next.length; k += 1) {
      const left = samples[2 * k]!;
      next[k] = (left + sign * (samples[2 * k + 1] ?? left)) / Math.SQRT2;
    }
    samples = next;
  }
  wOut.set(samples);
  return 0;
}
