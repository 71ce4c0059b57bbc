/** A number as reference files write it: not-finite ones as texts, and letters for modes. */
export type Written = number | string | boolean;
/** Numbers, nested by axis. */
export type Nested = Written | readonly Nested[];

/** How far a number may be from the expected one. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol_rel_to_max?: number;
}

/** All numbers of a nested list, row by row. */
export function flatten(value: Nested): number[] {
  return Array.isArray(value) ? value.flatMap((item: Nested) => flatten(item)) : [Number(value)];
}

/** Axes of a nested list. */
export function shapeOf(value: Nested): number[] {
  if (!Array.isArray(value)) return [];
  return [value.length, ...(value[0] === undefined ? [] : shapeOf(value[0] as Nested))];
}

/** Places at which two lists differ by more than the tolerance allows; NaN equals NaN. */
export function differences(
  found: ArrayLike<number>,
  expected: readonly number[],
  tolerance: Tolerance,
): string[] {
  if (found.length !== expected.length)
    return [`${found.length.toString()} numbers instead of ${expected.length.toString()}`];
  const largest = expected.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  return expected.flatMap((wanted, i) => {
    const value = found[i] ?? Number.NaN;
    if (Object.is(value, wanted) || value === wanted) return [];
    const allowed = tolerance.rtol * Math.abs(wanted) + (tolerance.atol_rel_to_max ?? 0) * largest;
    if (Math.abs(value - wanted) <= allowed) return [];
    return [`[${i.toString()}] ${value.toString()} instead of ${wanted.toString()}`];
  });
}
