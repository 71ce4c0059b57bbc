import type { HpgePeak } from '../functions/hpge-peak.js';
import { binCenter, type Histogram } from '../histogram/histogram.js';

/** First guesses of a line from its counts: mode, width where they have fallen to e^(−½), levels on both sides. */
export function lineStart(histogram: Histogram): HpgePeak {
  const { from, width, counts } = histogram;
  const bins = counts.length;
  const edge = Math.max(1, Math.min(10, Math.floor(bins / 5)));
  const mean = (first: number, last: number): number =>
    counts.subarray(first, last).reduce((sum, count) => sum + count, 0) / Math.max(1, last - first);
  const [low, high] = [mean(0, edge), mean(bins - edge, bins)];
  let top = 0;
  counts.forEach((count, i) => {
    if (count > counts[top]!) top = i;
  });
  const level = (low + high) / 2 + 0.6065 * (counts[top]! - (low + high) / 2);
  let [left, right] = [top, top];
  while (left > 0 && counts[left]! > level) left--;
  while (right < bins - 1 && counts[right]! > level) right++;
  const sigma = Math.max(width / 2, ((right - left) * width) / 2);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const nBkg = Math.min(0.95 * total, ((low + high) / 2) * bins);
  const hstep = low + high > 0 ? Math.min(0.9, Math.max(-0.9, (high - low) / (low + high))) : 0;
  return {
    xLo: from,
    xHi: from + width * bins,
    nSig: Math.max(1, total - nBkg),
    mu: binCenter(histogram, top),
    sigma,
    htail: 0,
    tau: sigma / 2,
    nBkg: Math.max(1, nBkg),
    hstep,
  };
}
