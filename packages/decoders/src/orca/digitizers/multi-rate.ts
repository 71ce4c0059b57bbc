/** Samples as they are stored in a waveform of two rates. */
export const multiRateSamples = 2018;

/** Positions among which the change of rate is looked for. */
const positions = 17;

/** Samples of a waveform of two rates after its expansion: 2018 − tail − 16 + (rate − 1) · (tail − 3), at least 1. */
export function expandedSamples(tail: number, rate: number): number {
  return Math.max(1, multiRateSamples - tail - (positions - 1) + (rate - 1) * (tail - 3));
}

/**
 * Expands a waveform whose end holds sums of `rate` samples divided by `divider`. The last `tail` samples are sums, and
 * maybe up to 16 before them: the change is where a sum, as a mean, continues the samples before it best. Each sum
 * becomes `rate` samples on a line through its neighbours that add up to it again.
 */
export function expandMultiRate(stored: Int16Array, tail: number, rate: number, divider: number): Int16Array {
  const change = changeOf(stored, tail, divider / rate);
  const expanded = new Int16Array(expandedSamples(tail, rate));
  expanded.set(stored.subarray(0, Math.min(change, expanded.length)));
  const mean = (index: number): number =>
    (stored[Math.max(change, Math.min(stored.length - 1, index))]! * divider) / rate;
  let at = change;
  for (let i = change; i < stored.length && at < expanded.length; i++) {
    const slope = (mean(i + 1) - mean(i - 1)) / 2 / rate;
    const sum = stored[i]! * divider;
    let given = 0;
    let exact = 0;
    for (let k = 0; k < rate; k++) {
      exact += mean(i) + slope * (k - (rate - 1) / 2);
      const value = k === rate - 1 ? sum - given : Math.round(exact) - given;
      given += value;
      if (at < expanded.length) expanded[at++] = value;
    }
  }
  return expanded;
}

/** First sample that is a sum; `scale` makes a mean of it. */
function changeOf(stored: Int16Array, tail: number, scale: number): number {
  const last = stored.length - tail;
  let best = last;
  let smallest = Infinity;
  for (let i = last - positions + 1; i <= last; i++) {
    if (i < 1) continue;
    const step = Math.abs(stored[i]! * scale - stored[i - 1]!);
    if (step < smallest) {
      smallest = step;
      best = i;
    }
  }
  return best;
}
