import type { Numbers } from '../spec/kernel-spec.js';
import { hasNan } from './has-nan.js';

function firstLargest(values: Numbers): number {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) if (values[i]! > values[best]!) best = i;
  return best;
}

/** The bin that holds a value; the first or last one when it lies outside. */
function binOf(edges: Numbers, value: number): number {
  let bin = 0;
  while (bin < edges.length - 2 && edges[bin + 1]! <= value) bin += 1;
  return bin;
}

interface Peak {
  readonly bin: number;
  /** Middle of the bin. */
  readonly middle: number;
  readonly skipEmpty: boolean;
}

/** Distance from the peak to where, walking one way, the weight has fallen to half. */
function halfWidth(weights: Numbers, edges: Numbers, peak: Peak, step: 1 | -1): number {
  const half = weights[peak.bin]! / 2;
  const nearEdge = step === 1 ? 0 : 1;
  for (let bin = peak.bin; bin >= 0 && bin < weights.length; bin += step) {
    const weight = weights[bin]!;
    if (peak.skipEmpty && weight === 0) continue;
    if (weight <= half) return Math.abs(peak.middle - edges[bin + nearEdge]!);
  }
  return Math.abs(peak.middle - edges[step === 1 ? edges.length - 1 : 0]!);
}

const widths: readonly ((left: number, right: number) => number)[] = [
  (left, right) => left + right,
  Math.min,
  Math.max,
  (left) => left,
  (_, right) => right,
];

/** Middle of a histogram's peak and its width at half height. Fault 1: a weight is NaN. */
export function histogramPeakstats(
  weights: Numbers,
  edges: Numbers,
  maxIn: Numbers,
  skipZeroes: Numbers,
  ...[widthType, mode, width]: Numbers[]
): number {
  if (hasNan(weights)) return 1;
  const bin = Number.isNaN(maxIn[0]!) ? firstLargest(weights) : binOf(edges, maxIn[0]!);
  const middle = (edges[bin]! + edges[bin + 1]!) / 2;
  const peak: Peak = { bin, middle, skipEmpty: skipZeroes[0] !== 0 };
  mode![0] = middle;
  const left = halfWidth(weights, edges, peak, -1);
  const right = halfWidth(weights, edges, peak, 1);
  width![0] = widths[widthType![0]!]!(left, right);
  return 0;
}

function nearest(edges: Numbers, value: number): number {
  let best = 0;
  for (let i = 1; i < edges.length; i += 1) {
    if (Math.abs(edges[i]! - value) < Math.abs(edges[best]! - value)) best = i;
  }
  return best;
}

function peakNear(weights: Numbers, edges: Numbers, value: number): number {
  if (Number.isNaN(value)) return firstLargest(weights);
  return value > edges[edges.length - 2]! ? weights.length - 1 : nearest(edges, value);
}

/** Index and left edge of a histogram's peak, and the larger distance to where it has fallen to half. */
export function histogramStats(
  weights: Numbers,
  edges: Numbers,
  mode: Numbers,
  max: Numbers,
  ...[fwhm, maxIn]: Numbers[]
): number {
  if (hasNan(weights)) return 0;
  const peak = peakNear(weights, edges, maxIn![0]!);
  const place = edges[peak]!;
  mode[0] = peak;
  max[0] = place;
  const half = weights[peak]! / 2;
  const right = weights.findIndex((weight, bin) => bin >= peak && weight !== 0 && weight <= half);
  if (right === -1) return 0;
  const left = weights.findIndex((weight) => weight !== 0 && weight >= half);
  const distance = (bin: number) => (bin === -1 ? 0 : Math.abs(place - edges[bin]!));
  fwhm![0] = Math.max(distance(right), distance(left));
  return 0;
}
