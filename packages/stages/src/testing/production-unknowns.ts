import type { NdArray, Table } from '@countroom/records';

/** Samples that are averaged to one, its length, and rise and flat top of the trapezoid in such samples. */
const presum = 6;
const sampleUs = 0.096;
const [rise, flat] = [104, 31];
/** Rows with a baseline that is not noisier than this tell the constant. */
export const quiet = 30;

/**
 * The decay constant, in µs, with which the heights of trapezoids come out as they are stored: the one number per channel
 * that the production files leave out. Found by halving the range of a logarithmic grid.
 */
export function bestDecayConstant(
  raw: Table,
  known: { readonly baselines: number[]; readonly noise: number[]; readonly heights: number[] },
): number {
  const waveforms = averaged(raw);
  const rows = known.noise.flatMap((noise, row) => (noise < quiet ? [row] : []));
  const off = (tau: number): number =>
    Math.max(
      ...rows.map((row) =>
        Math.abs(heightOf(waveforms[row]!, known.baselines[row]!, tau) / known.heights[row]! - 1),
      ),
    );
  let [best, step] = [500, 1.6];
  while (step > 1 + 1e-7) {
    const tries = [-2, -1, 0, 1, 2].map((power) => best * step ** power);
    best = tries.reduce((one, other) => (off(other) < off(one) ? other : one));
    step = Math.sqrt(step);
  }
  return best;
}

/** Coefficients of the columns of rows whose sum is the target, by least squares. Rows with NaN are left out. */
export function solve(rows: readonly (readonly number[])[], target: readonly number[]): number[] {
  const used = rows.flatMap((row, i) => ([...row, target[i]!].every(Number.isFinite) ? [i] : []));
  const size = rows[0]!.length;
  const scales = Array.from({ length: size }, (_, j) => Math.max(...used.map((i) => Math.abs(rows[i]![j]!))));
  // Gram and Schmidt: columns are made orthogonal, then the coefficients follow from the last one back.
  const columns = scales.map((scale, j) => used.map((i) => rows[i]![j]! / scale));
  const mixed: number[][] = columns.map(() => scales.map(() => 0));
  const orthogonal: number[][] = [];
  columns.forEach((column, j) => {
    let rest = [...column];
    for (let round = 0; round < 2; round++) {
      orthogonal.forEach((other, k) => {
        const share = dot(other, rest) / dot(other, other);
        mixed[k]![j] = mixed[k]![j]! + share;
        rest = rest.map((value, i) => value - share * other[i]!);
      });
    }
    orthogonal.push(rest);
  });
  let rest = used.map((i) => target[i]!);
  const shares = orthogonal.map((column) => {
    const share = dot(column, rest) / dot(column, column);
    rest = rest.map((value, i) => value - share * column[i]!);
    return share;
  });
  const found = scales.map(() => 0);
  for (let j = size - 1; j >= 0; j--)
    found[j] = shares[j]! - found.slice(j + 1).reduce((sum, c, k) => sum + c * mixed[j]![j + 1 + k]!, 0);
  return found.map((value, j) => value / scales[j]!);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function averaged(raw: Table): number[][] {
  const values = (raw.columns.get('waveform') as Table).columns.get('values') as NdArray;
  const length = values.shape[1]!;
  const data = values.data as ArrayLike<number>;
  return Array.from({ length: raw.rows }, (_, row) =>
    Array.from({ length: Math.floor(length / presum) }, (__, i) => {
      let sum = 0;
      for (let k = 0; k < presum; k++) sum += data[row * length + i * presum + k]!;
      return sum / presum;
    }),
  );
}

function heightOf(waveform: readonly number[], baseline: number, tau: number): number {
  const keep = 1 - Math.exp(-sampleUs / tau);
  const sums = [0];
  let charge = 0;
  for (const value of waveform) {
    const sample = value - baseline;
    sums.push(sums.at(-1)! + sample + keep * charge);
    charge += sample;
  }
  let highest = -Infinity;
  for (let i = 0; i + 2 * rise + flat < sums.length; i++) {
    const high = sums[i + 2 * rise + flat]! - sums[i + rise + flat]!;
    highest = Math.max(highest, high - sums[i + rise]! + sums[i]!);
  }
  return highest / rise;
}
