import { StageError } from '@countroom/pipeline';
import type { DataArray, DataObject, Table } from '@countroom/records';
import { type SkimControl, type SkimRun, skim } from './skim.js';
import type { SkimQuery } from './skim-options.js';
import { faultAt } from './skim-texts.js';

/** One axis: what is counted, in how many equal bins, over which limits (those of the data when absent). */
export interface SkimAxis {
  readonly expression: string;
  readonly bins: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Counts of one axis; the last bin includes `max`. */
export interface SkimHistogram {
  readonly axes: readonly {
    readonly expression: string;
    readonly units: string | null;
    readonly bins: number;
    readonly min: number;
    readonly max: number;
  }[];
  /** Row-major, the first axis slowest. */
  readonly counts: Float64Array;
  /** Numbers (pairs of numbers) seen. */
  readonly entries: number;
  /** Of one axis: finite numbers below and above the limits; of two: pairs outside of them, in `above`. */
  readonly below: number;
  readonly above: number;
  /** Not finite. */
  readonly nan: number;
  /** Of one axis: mean and standard deviation (of the population) inside the limits; null when there are none. */
  readonly mean: number | null;
  readonly stdev: number | null;
}

const mostBins = 4_000_000;

/**
 * A histogram, or one of two axes, over the rows of some runs that pass a query; its own columns are not read. Lists
 * count element by element; of two axes, one per row is taken with every element of the other's list. The data are gone
 * through twice when limits are to be found. Throws what {@link skim} throws, and a StageError for bins and limits.
 */
export async function skimHistogram(
  query: Omit<SkimQuery, 'columns'>,
  runs: readonly SkimRun[],
  axes: readonly SkimAxis[],
  control: SkimControl = {},
): Promise<SkimHistogram> {
  checkAxes(axes);
  const columns = axes.map(({ expression }, i) => `axis_${i} = ${expression}`);
  const units: (string | null)[] = axes.map(() => null);
  const parts = async function* (): AsyncGenerator<readonly DataArray[]> {
    for await (const table of atAxes(skim({ ...query, columns, entries: false }, runs, control))) {
      const found = [...table.columns.values()];
      found.forEach((column, i) => {
        units[i] = unitsOf(column) ?? units[i]!;
      });
      yield numbersOf(found, table.rows);
    }
  };
  const limits = await limitsOf(axes, parts);
  const counts = new Float64Array(axes.reduce((product, { bins }) => product * bins, 1));
  let [entries, below, above, nan, mean, squares, inside] = [0, 0, 0, 0, 0, 0, 0];
  for await (const values of parts()) {
    const [xs] = values;
    entries += xs!.length;
    for (let i = 0; i < xs!.length; i++) {
      let bin = 0;
      let state = 0;
      for (let k = 0; k < axes.length; k++) {
        const value = Number(values[k]![i]);
        const [min, max] = limits[k]!;
        const { bins } = axes[k]!;
        if (!Number.isFinite(value)) state = 3;
        else if (state < 3 && value < min) state = 1;
        else if (state < 3 && value > max) state = 2;
        bin = bin * bins + Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins));
      }
      if (state === 3) nan++;
      else if (state === 2 || (state === 1 && axes.length > 1)) above++;
      else if (state === 1) below++;
      else {
        counts[bin]! += 1;
        inside++;
        const value = Number(xs![i]);
        const step = value - mean;
        mean += step / inside;
        squares += step * (value - mean);
      }
    }
  }
  const one = axes.length === 1 && inside > 0;
  return {
    axes: axes.map(({ expression, bins }, k) => ({
      expression,
      units: units[k]!,
      bins,
      min: limits[k]![0],
      max: limits[k]![1],
    })),
    counts,
    entries,
    below,
    above,
    nan,
    mean: one ? mean : null,
    stdev: one ? Math.sqrt(squares / inside) : null,
  };
}

/** Axes are columns of a query inside: what is wrong in one is told at the axis. */
async function* atAxes(blocks: AsyncIterable<Table>): AsyncGenerator<Table> {
  try {
    yield* blocks;
  } catch (error) {
    const [issue] = error instanceof StageError ? error.issues : [];
    const axis = /^columns\.(\d+)$/.exec(issue?.path ?? '')?.[1];
    throw axis === undefined ? error : faultAt(`axes.${axis}`, new Error(issue!.message, { cause: error }));
  }
}

function checkAxes(axes: readonly SkimAxis[]): void {
  if (axes.length < 1 || axes.length > 2) throw faultAt('axes', new Error('one or two are needed'));
  for (const [i, { bins, min, max }] of axes.entries()) {
    if (!Number.isInteger(bins) || bins < 1)
      throw faultAt(`axes.${i}.bins`, new Error(`${bins} is no number of bins`));
    if (min !== undefined && max !== undefined && !(min < max))
      throw faultAt(`axes.${i}`, new Error(`the limits ${min} and ${max} enclose nothing: give min < max`));
  }
  const all = axes.reduce((product, { bins }) => product * bins, 1);
  if (all > mostBins) throw faultAt('axes', new Error(`${all} bins are too many; ${mostBins} at most`));
}

function unitsOf(column: DataObject): string | undefined {
  const { units } = column.attrs;
  if (typeof units === 'string') return units;
  return column.kind === 'vov' ? unitsOf(column.flattened) : undefined;
}

/** The numbers of each axis, equally many: numbers per row are repeated along the lists of the other axis. */
function numbersOf(columns: readonly DataObject[], rows: number): readonly DataArray[] {
  const flat = columns.map((column, i) => flattened(column, `axes.${i}`));
  const lists = flat.find(({ ends }) => ends !== undefined);
  if (lists === undefined) return flat.map(({ data }) => data);
  return flat.map(({ data, ends }, i) => {
    if (ends !== undefined) {
      if (ends.some((end, row) => end !== lists.ends![row]))
        throw faultAt(`axes.${i}`, new Error('its lists have other lengths than those of the other axis'));
      return data;
    }
    const out = new Float64Array(lists.data.length);
    for (let row = 0; row < rows; row++)
      out.fill(Number(data[row]), row === 0 ? 0 : lists.ends![row - 1], lists.ends![row]);
    return out;
  });
}

function flattened(
  column: DataObject,
  place: string,
): { data: DataArray; ends: readonly number[] | undefined } {
  if (column.kind === 'array') {
    const width = column.shape.slice(1).reduce((product, extent) => product * extent, 1);
    const { data } = column;
    if (column.shape.length === 1) return { data, ends: undefined };
    return { data, ends: Array.from({ length: column.shape[0]! }, (_, row) => (row + 1) * width) };
  }
  if (column.kind !== 'vov') throw faultAt(place, new Error('it holds no numbers'));
  const ends = Array.from(column.cumulative.data as Uint32Array, Number);
  const inner = flattened(column.flattened, place);
  if (inner.ends === undefined) return { data: inner.data, ends };
  return { data: inner.data, ends: ends.map((end) => (end === 0 ? 0 : inner.ends![end - 1]!)) };
}

type Limits = readonly [min: number, max: number];

async function limitsOf(
  axes: readonly SkimAxis[],
  parts: () => AsyncIterable<readonly DataArray[]>,
): Promise<readonly Limits[]> {
  const found = axes.map(() => ({ min: Infinity, max: -Infinity }));
  if (axes.some(({ min, max }) => min === undefined || max === undefined)) {
    for await (const values of parts()) {
      values.forEach((numbers, k) => {
        const extent = found[k]!;
        for (let i = 0; i < numbers.length; i++) {
          const value = Number(numbers[i]);
          if (!Number.isFinite(value)) continue;
          if (value < extent.min) extent.min = value;
          if (value > extent.max) extent.max = value;
        }
      });
    }
  }
  return axes.map(({ min, max }, k) => {
    const extent = found[k]!;
    const low = min ?? (Number.isFinite(extent.min) ? extent.min : Math.min(0, (max ?? 1) - 1));
    const high = max ?? (Number.isFinite(extent.max) ? extent.max : low + 1);
    if (low < high && Number.isFinite(high - low)) return [low, high];
    // All values alike, or none between the limits: some room around them, so that bins have a width.
    const half = Math.max(0.5, Math.abs(low) * 2 ** -40);
    if (low === high) return [low - half, high + half];
    throw faultAt(`axes.${k}`, new Error(`the limits ${low} and ${high} enclose nothing`));
  });
}
