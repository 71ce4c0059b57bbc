import { filters } from './filters.js';
import type { KernelSpec } from './kernel-spec.js';
import { statistics } from './statistics.js';
import { timePoints } from './time-points.js';

/** Every kernel, once. */
export const kernels: readonly KernelSpec[] = [...statistics, ...filters, ...timePoints];

const byName: ReadonlyMap<string, KernelSpec> = new Map(kernels.map((spec) => [spec.name, spec]));

/** The kernel of that name in configurations, or undefined. */
export function kernelOf(name: string): KernelSpec | undefined {
  return byName.get(name);
}
