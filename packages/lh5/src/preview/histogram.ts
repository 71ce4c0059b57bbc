import type { DataArray, DataObject } from '@countroom/records';
import { Lh5Error } from '../errors.js';
import type { BlockOptions, Lh5Reader } from '../ports.js';

/** A histogram with equal bins over [min, max]; the last bin includes `max`. */
export interface ColumnHistogram {
  readonly path: string;
  readonly min: number;
  readonly max: number;
  /** Entries per bin. */
  readonly counts: readonly number[];
  /** Finite values below `min`, above `max`; and values that are NaN or infinite. */
  readonly below: number;
  readonly above: number;
  readonly undefinedValues: number;
  /** Numbers seen in all. */
  readonly entries: number;
  /** Mean and standard deviation (of the population) of the values inside the limits; null when there are none. */
  readonly mean: number | null;
  readonly stdev: number | null;
}

/** What a histogram is made of: limits that are absent are taken from the data. */
export interface HistogramOptions extends Pick<BlockOptions, 'rows' | 'blockBytes'> {
  readonly bins?: number;
  readonly min?: number;
  readonly max?: number;
  /** Only the numbers of these rows (strictly increasing), in place of `rows` and `blockBytes`. */
  readonly indices?: Uint32Array;
  /** Ends the work with its reason. */
  readonly signal?: AbortSignal;
}

const mostBins = 100_000;
/** Rows of single ones that are read at once. */
const indicesAtOnce = 4096;

function numbersOf(object: DataObject, path: string, file: string): DataArray {
  if (object.kind === 'array') return object.data;
  if (object.kind === 'vov') return numbersOf(object.flattened, path, file);
  throw new Lh5Error('argument-invalid', `holds no numbers but ${object.kind}: choose a column of numbers`, {
    file,
    object: path,
  });
}

/** Mean and variance in one pass, without the cancellation that sums of squares suffer (Welford 1962). */
class Moments {
  private count = 0;
  private mean = 0;
  private squares = 0;

  add(value: number): void {
    this.count += 1;
    const step = value - this.mean;
    this.mean += step / this.count;
    this.squares += step * (value - this.mean);
  }

  get result(): { mean: number | null; stdev: number | null } {
    if (this.count === 0) return { mean: null, stdev: null };
    return { mean: this.mean, stdev: Math.sqrt(this.squares / this.count) };
  }
}

async function* columnNumbers(
  reader: Lh5Reader,
  path: string,
  options: HistogramOptions,
): AsyncIterable<DataArray> {
  const { rows, blockBytes, indices, signal } = options;
  if (indices !== undefined) {
    for (let from = 0; from < indices.length; from += indicesAtOnce) {
      signal?.throwIfAborted();
      const select = { indices: indices.subarray(from, from + indicesAtOnce) };
      yield numbersOf(await reader.read(path, { select }), path, reader.file);
    }
    return;
  }
  for await (const { data } of reader.blocks(path, {
    ...(rows === undefined ? {} : { rows }),
    ...(blockBytes === undefined ? {} : { blockBytes }),
  })) {
    signal?.throwIfAborted();
    yield numbersOf(data, path, reader.file);
  }
}

async function limits(
  reader: Lh5Reader,
  path: string,
  options: HistogramOptions,
): Promise<{ min: number; max: number }> {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  if (options.min === undefined || options.max === undefined) {
    for await (const numbers of columnNumbers(reader, path, options)) {
      for (const number of numbers) {
        const value = Number(number);
        if (!Number.isFinite(value)) continue;
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
  }
  const low = options.min ?? (Number.isFinite(min) ? min : 0);
  const high = options.max ?? (Number.isFinite(max) ? max : low + 1);
  // All values alike: one unit around them (more where float64 is coarser), so that the bins have a width.
  if (low === high && options.min === undefined && options.max === undefined) {
    const half = Math.max(0.5, Math.abs(low) * 2 ** -40);
    return { min: low - half, max: high + half };
  }
  return { min: low, max: high };
}

/**
 * Histogram of all numbers of an array or vector of vectors (64-bit integers as float64), read block by block: once, or
 * twice when limits have to be found. Throws as the reader does, and for limits or bins without meaning.
 */
export async function columnHistogram(
  reader: Lh5Reader,
  path: string,
  options: HistogramOptions = {},
): Promise<ColumnHistogram> {
  const bins = options.bins ?? 100;
  const place = { file: reader.file, object: path };
  if (!Number.isInteger(bins) || bins < 1 || bins > mostBins)
    throw new Lh5Error('argument-invalid', `${bins} bins: give a whole number from 1 to ${mostBins}`, place);
  const { min, max } = await limits(reader, path, options);
  if (!(min < max))
    throw new Lh5Error(
      'argument-invalid',
      `the limits ${min} and ${max} enclose nothing: give min < max`,
      place,
    );
  if (!Number.isFinite(max - min))
    throw new Lh5Error(
      'argument-invalid',
      `the values from ${min} to ${max} span too much for equal bins: give limits`,
      place,
    );
  const counts = new Float64Array(bins);
  const scale = bins / (max - min);
  const moments = new Moments();
  let below = 0;
  let above = 0;
  let undefinedValues = 0;
  let entries = 0;
  for await (const numbers of columnNumbers(reader, path, options)) {
    entries += numbers.length;
    for (const number of numbers) {
      const value = Number(number);
      if (!Number.isFinite(value)) undefinedValues += 1;
      else if (value < min) below += 1;
      else if (value > max) above += 1;
      else {
        counts[Math.min(bins - 1, Math.floor((value - min) * scale))]! += 1;
        moments.add(value);
      }
    }
  }
  return {
    path,
    min,
    max,
    counts: Array.from(counts),
    below,
    above,
    undefinedValues,
    entries,
    ...moments.result,
  };
}
