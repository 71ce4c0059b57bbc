import { conversions } from './conversions.js';
import { corrections } from './corrections.js';
import { filters } from './filters.js';
import { fits } from './fits.js';
import { histograms } from './histograms.js';
import { iirFilters } from './iir-filters.js';
import type { KernelSpec } from './kernel-spec.js';
import { multiPeak } from './multi-peak.js';
import { networks } from './networks.js';
import { numpyKernels } from './numpy.js';
import { polyFit } from './poly-fit.js';
import { recursive } from './recursive.js';
import { seed2021 } from './seed-2021.js';
import { shaping } from './shaping.js';
import { simulation } from './simulation.js';
import { statistics } from './statistics.js';
import { thresholdWalks } from './threshold-walks.js';
import { timePoints } from './time-points.js';
import { transforms } from './transforms.js';
import { wiener } from './wiener.js';
import { windows } from './windows.js';

/** Every processor, once. */
export const kernels: readonly KernelSpec[] = [
  ...statistics,
  ...filters,
  ...timePoints,
  ...windows,
  ...shaping,
  ...fits,
  ...histograms,
  ...networks,
  ...multiPeak,
  ...thresholdWalks,
  ...conversions,
  ...corrections,
  ...recursive,
  ...iirFilters,
  ...simulation,
  ...transforms,
  ...wiener,
  polyFit,
];

const processors: ReadonlyMap<string, KernelSpec> = new Map(kernels.map((spec) => [spec.name, spec]));
const numpy: ReadonlyMap<string, KernelSpec> = new Map(numpyKernels.map((spec) => [spec.name, spec]));
const numpyAliases: Readonly<Record<string, string>> = { max: 'amax', min: 'amin' };

const of2021: ReadonlyMap<string, KernelSpec> = new Map(seed2021.map((spec) => [spec.name, spec]));

/** The processor of that name in configurations (today's, else that of 2021), or undefined. */
export function kernelOf(name: string): KernelSpec | undefined {
  return processors.get(name) ?? of2021.get(name);
}

/**
 * The processor that pygama.dsp.processors has by that name: the one of 2021 when the number of arguments is the one
 * of 2021, else today's.
 */
export function pygamaKernelOf(name: string, argumentCount: number): KernelSpec | undefined {
  const old = of2021.get(name);
  return old?.args.length === argumentCount ? old : kernelOf(name);
}

/** The kernel behind a reduction or running function of numpy along the samples, or undefined. */
export function numpyKernelOf(name: string): KernelSpec | undefined {
  return numpy.get(numpyAliases[name] ?? name);
}
