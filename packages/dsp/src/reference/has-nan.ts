import type { Numbers } from '../spec/kernel-spec.js';

/** True when at least one number is NaN. */
export function hasNan(values: Numbers): boolean {
  for (let i = 0; i < values.length; i += 1) if (Number.isNaN(values[i]!)) return true;
  return false;
}

/** True when all numbers are NaN (also when there are none). */
export function isAllNan(values: Numbers): boolean {
  for (let i = 0; i < values.length; i += 1) if (!Number.isNaN(values[i]!)) return false;
  return true;
}
