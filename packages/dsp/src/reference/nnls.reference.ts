import type { Numbers } from '../spec/kernel-spec.js';

/** A square system of the chosen rows and columns of a symmetric matrix. */
interface Normal {
  /** a^T a, row by row. */
  readonly matrix: Float64Array;
  /** a^T b. */
  readonly right: Float64Array;
  readonly size: number;
}

type Rounding = (value: number) => number;

function normalEquations(a: Numbers, b: Numbers, size: number, round: Rounding): Normal {
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let j = 0; j < size; j += 1) {
    for (let k = 0; k < size; k += 1) {
      let sum = 0;
      for (let i = 0; i < b.length; i += 1) sum += a[i * size + j]! * a[i * size + k]!;
      matrix[j * size + k] = round(sum);
    }
    let sum = 0;
    for (let i = 0; i < b.length; i += 1) sum += a[i * size + j]! * b[i]!;
    right[j] = round(sum);
  }
  return { matrix, right, size };
}

/** Determinants below this count as zero. */
const smallestDeterminant = 2.2e-16;

/** Solves the system of the chosen unknowns by elimination with pivots; undefined when it is singular. */
function solve(normal: Normal, chosen: readonly number[]): Float64Array | undefined {
  const n = chosen.length;
  const rows = chosen.map((j) =>
    Float64Array.of(...chosen.map((k) => normal.matrix[j * normal.size + k]!), normal.right[j]!),
  );
  let determinant = 1;
  for (let p = 0; p < n; p += 1) {
    let pivot = p;
    for (let i = p + 1; i < n; i += 1) if (Math.abs(rows[i]![p]!) > Math.abs(rows[pivot]![p]!)) pivot = i;
    [rows[p], rows[pivot]] = [rows[pivot]!, rows[p]!];
    const head = rows[p]!;
    determinant *= head[p]!;
    if (head[p] === 0) return undefined;
    for (let i = p + 1; i < n; i += 1) {
      const factor = rows[i]![p]! / head[p]!;
      for (let k = p; k <= n; k += 1) rows[i]![k] = rows[i]![k]! - factor * head[k]!;
    }
  }
  if (Math.abs(determinant) < smallestDeterminant) return undefined;
  const solution = new Float64Array(n);
  for (let p = n - 1; p >= 0; p -= 1) {
    let sum = rows[p]![n]!;
    for (let k = p + 1; k < n; k += 1) sum -= rows[p]![k]! * solution[k]!;
    solution[p] = sum / rows[p]![p]!;
  }
  return solution;
}

interface Limits {
  readonly steps: number;
  readonly tolerance: number;
  readonly least: number;
}

/** The unknown that is still zero and would lower the cost most, or -1 when none would by more than the tolerance. */
function mostUseful(normal: Normal, x: Float64Array, active: readonly boolean[], tolerance: number): number {
  let best = -1;
  let most = tolerance;
  for (let j = 0; j < normal.size; j += 1) {
    if (active[j] === true) continue;
    let gradient = normal.right[j]!;
    for (let k = 0; k < normal.size; k += 1) gradient -= normal.matrix[j * normal.size + k]! * x[k]!;
    if (gradient > most) {
      most = gradient;
      best = j;
    }
  }
  return best;
}

function spread(solution: Float64Array, chosen: readonly number[], size: number): Float64Array {
  const all = new Float64Array(size);
  chosen.forEach((j, place) => {
    all[j] = solution[place]!;
  });
  return all;
}

/** Non-negative least squares on the normal equations; undefined when a system on the way is singular. */
function activeSet(normal: Normal, limits: Limits): Float64Array | undefined {
  const { size } = normal;
  const active = Array.from({ length: size }, () => false);
  const chosen = () => active.flatMap((isActive, j) => (isActive ? [j] : []));
  let x: Float64Array = new Float64Array(size);
  let steps = 0;
  const attempt = (): Float64Array | undefined => {
    const list = chosen();
    const solution = solve(normal, list);
    return solution === undefined ? undefined : spread(solution, list, size);
  };
  for (;;) {
    const next = mostUseful(normal, x, active, limits.tolerance);
    if (next === -1) return x;
    active[next] = true;
    let trial = attempt();
    if (trial === undefined) return undefined;
    while (steps < limits.steps && chosen().some((j) => trial![j]! <= limits.least)) {
      steps += 1;
      const back = Math.min(
        ...chosen().flatMap((j) => (trial![j]! <= limits.least ? [x[j]! / (x[j]! - trial![j]!)] : [])),
      );
      x = x.map((value, j) => value + back * (trial![j]! - value));
      for (const j of chosen()) if (x[j]! <= limits.tolerance) active[j] = false;
      trial = attempt();
      if (trial === undefined) return undefined;
    }
    x = trial;
    if (steps >= limits.steps) return x;
  }
}

/**
 * Non-negative least squares by the active set of Bro and de Jong (J. Chemometrics 11, 393, 1997). A singular system
 * gives NaN when that is allowed. Fault 1: singular and not allowed.
 */
export function optimizeNnls(
  a: Numbers,
  b: Numbers,
  maxiter: Numbers,
  tolerance: Numbers,
  ...[allowSingularity, least, x]: Numbers[]
): number {
  const round = a instanceof Float32Array ? Math.fround : (value: number) => value;
  const solution = activeSet(normalEquations(a, b, x!.length, round), {
    steps: maxiter[0]!,
    tolerance: tolerance[0]!,
    least: least![0]!,
  });
  if (solution !== undefined) x!.set(solution);
  return solution === undefined && allowSingularity![0] === 0 ? 1 : 0;
}
