import type { Prepared, Sizes } from '../spec/kernel-spec.js';
import { fourierWeights, spectrumOf, weightsOf } from './fourier-plan.js';

/** From so many weights on, transforms take less time than sums (measured; see the benchmark). */
const fewestWeights = 40;

/** Place of the full convolution at which a mode begins. */
function startOf(mode: number, m: number): number {
  if (mode === 'v'.charCodeAt(0)) return m - 1;
  return mode === 's'.charCodeAt(0) ? Math.floor((m - 1) / 2) : 0;
}

/** So many weights beside a constant run are summed one by one in less time than transforms take. */
const mostBesideRun = 32;
const shortestRun = 16;

/** The longest run of equal weights at the beginning or at the end, when it is long enough to be worth a moving sum. */
function constantRun(weights: ArrayLike<number>): { readonly from: number; readonly to: number } | undefined {
  const m = weights.length;
  let to = 1;
  while (to < m && weights[to] === weights[0]) to += 1;
  let from = m - 1;
  while (from > 0 && weights[from - 1] === weights[m - 1]) from -= 1;
  const run = to > m - from ? { from: 0, to } : { from, to: m };
  return run.to - run.from >= shortestRun ? run : undefined;
}

/** How a convolution is taken to pieces, and what it costs (in samples times passes). */
interface Division {
  readonly length: number;
  readonly cost: number;
}

function cheapest(longest: number, costOf: (length: number) => number | undefined): Division {
  let best: Division = { length: 0, cost: Number.POSITIVE_INFINITY };
  for (let power = 16; power < longest; power *= 2) {
    for (const length of [power, 1.5 * power]) {
      const cost = costOf(length);
      if (cost !== undefined && cost < best.cost) best = { length, cost };
    }
  }
  return best;
}

function transformCost(length: number): number {
  return (length * (Math.log2(length) + 4)) / 2;
}

/** The waveform in pieces: a piece yields length - m + 1 results and takes a transform there and back. */
function inPieces(m: number, results: number): Division {
  return cheapest(4 * (results + m), (length) => {
    const fresh = length - m + 1;
    return fresh < 1 ? undefined : 2 * Math.ceil(results / fresh) * transformCost(length);
  });
}

/** The weights in parts of length - results + 1: a transform there for each, and one back. */
function inParts(m: number, results: number): Division {
  return cheapest(4 * (results + m), (length) => {
    const reach = length - results + 1;
    if (reach < 1) return undefined;
    const parts = Math.ceil(m / reach);
    return (parts + 1) * transformCost(length) + 3 * parts * length;
  });
}

/** Sum of the weights that meet the waveform, per result: what a constant 1 would give. */
function sumsOf(weights: ArrayLike<number>, { n, p }: Sizes, start: number): number[] {
  const running = [0];
  for (let k = 0; k < weights.length; k += 1) running.push(running[k]! + weights[k]!);
  return Array.from({ length: p }, (_, j) => {
    const from = Math.max(0, j + start - n + 1);
    const to = Math.min(weights.length - 1, j + start);
    return running[to + 1]! - running[from]!;
  });
}

/**
 * A convolution by transforms, when its weights are constant and many: the transformed weights and all that goes with
 * them, made once. Either the waveform goes through in pieces that overlap by m - 1 samples, or, when few results are wanted
 * of many weights, the weights are cut into parts and the waveform's transforms are a step of their own, which
 * convolutions of the same waveform share.
 */
export function prepareConvolution(
  weights: ArrayLike<number> | undefined,
  mode: number | undefined,
  sizes: Sizes,
): Prepared | undefined {
  const { m, p } = sizes;
  if (weights === undefined || mode === undefined || m < fewestWeights || p < 1) return undefined;
  for (let k = 0; k < m; k += 1) if (!Number.isFinite(weights[k]!)) return undefined;
  const start = startOf(mode, m);
  const run = constantRun(weights);
  if (run !== undefined && m - (run.to - run.from) < mostBesideRun)
    return { kernel: 'convolve_run', extra: [start, run.from, run.to], table: [0], scratch: () => 32 };
  const pieces = inPieces(m, p);
  const parts = inParts(m, p);
  return parts.cost < pieces.cost
    ? prepareParts(weights, sizes, start, parts.length)
    : preparePieces(weights, sizes, start, pieces.length);
}

function spectrumWeights(weights: ArrayLike<number>, length: number): number[] {
  const re = new Float64Array(length);
  re.set(weights);
  return weightsOf(spectrumOf({ re, im: new Float64Array(length) }), length);
}

function preparePieces(weights: ArrayLike<number>, sizes: Sizes, start: number, length: number): Prepared {
  const factors = fourierWeights(length);
  return {
    kernel: 'convolve_fourier',
    extra: [length, start, factors.length],
    table: [...factors, ...spectrumWeights(weights, length), ...sumsOf(weights, sizes, start)],
    scratch: (bytes) => 4 * bytes * length,
  };
}

/** Numbers of a weight in a table. */
const weightNumbers = 3;

function prepareParts(weights: ArrayLike<number>, sizes: Sizes, start: number, length: number): Prepared {
  const reach = length - sizes.p + 1;
  const parts = Math.ceil(sizes.m / reach);
  const spectra = Array.from({ length: parts }, (_, part) =>
    spectrumWeights(Array.from(weights).slice(part * reach, (part + 1) * reach), length),
  );
  const inOrder: number[] = [];
  for (let at = 0; at < length * weightNumbers; at += weightNumbers)
    for (const spectrum of spectra) inOrder.push(...spectrum.slice(at, at + weightNumbers));
  const factors = fourierWeights(length);
  return {
    kernel: 'convolve_parts',
    extra: [length, parts, reach, start, factors.length],
    table: [...factors, ...inOrder, ...sumsOf(weights, sizes, start)],
    scratch: (bytes) => 4 * bytes * length,
    transform: {
      kernel: 'transform_parts',
      samples: parts * length,
      extra: [length, parts, reach, start],
      table: factors,
    },
  };
}
