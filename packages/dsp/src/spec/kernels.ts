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

/** What numpy calls a kernel. */
const numpyNames: Readonly<Record<string, string>> = { amax: 'amax', max: 'amax' };

/** The kernel behind a reduction or running function of numpy along the samples, or undefined. */
export function numpyKernelOf(name: string): KernelSpec | undefined {
  return kernelOf(numpyNames[name] ?? '');
}
