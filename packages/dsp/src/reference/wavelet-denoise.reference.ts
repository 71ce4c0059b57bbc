import type { Numbers } from '../spec/kernel-spec.js';

/** Halves of a step of the Haar transform: averages and details, an odd last sample repeated. */
function split(samples: Float64Array) {
  const size = Math.ceil(samples.length / 2);
  const averages = new Float64Array(size);
  const details = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    const left = samples[2 * k]!;
    const right = samples[2 * k + 1] ?? left;
    averages[k] = (left + right) / Math.SQRT2;
    details[k] = (left - right) / Math.SQRT2;
  }
  return { averages, details };
}

function join(averages: Float64Array, details: Float64Array, length: number) {
  return Float64Array.from({ length }, (_, i) => {
    const [a, d] = [averages[i >> 1]!, details[i >> 1]!];
    return (i % 2 === 0 ? a + d : a - d) / Math.SQRT2;
  });
}

/** Middle one of the absolute values over 0.6745: the deviation of normal noise. */
function noiseOf(details: Float64Array): number {
  const sizes = details.map(Math.abs).sort();
  const half = sizes.length / 2;
  const middle = (sizes[Math.floor(half)]! + sizes[Math.ceil(half) - 1]!) / 2;
  return middle / 0.6745;
}

/**
 * Haar transform, details of all levels drawn towards 0 by a threshold (soft), and back. A NaN threshold stands for the
 * universal one, noise times root of 2 log n, with the noise of the finest details.
 */
export function waveletDenoise(wIn: Numbers, level: Numbers, threshold: Numbers, wOut: Numbers): number {
  const n = wIn.length;
  if (n === 0) return 0;
  let samples = Float64Array.from(wIn, Number);
  const levels: { readonly details: Float64Array; readonly length: number }[] = [];
  for (let i = 0; i < level[0]!; i += 1) {
    const { averages, details } = split(samples);
    levels.push({ details, length: samples.length });
    samples = averages;
  }
  const given = threshold[0]!;
  const limit = Number.isNaN(given) ? noiseOf(levels[0]!.details) * Math.sqrt(2 * Math.log(n)) : given;
  for (const { details, length } of levels.toReversed()) {
    const kept = details.map((value) => Math.sign(value) * Math.max(0, Math.abs(value) - limit));
    samples = join(samples, kept, length);
  }
  wOut.set(samples);
  return 0;
}
