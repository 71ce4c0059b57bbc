import type { Numbers } from '../spec/kernel-spec.js';

/** -1 in the first quarter, +1 in the middle half, -1 in the last quarter. The weight is not used. */
export function step(_weight: Numbers, kernel: Numbers): number {
  const length = kernel.length;
  kernel.fill(-1);
  kernel.fill(1, Math.ceil(length / 4), Math.ceil((3 * length) / 4));
  return 0;
}
