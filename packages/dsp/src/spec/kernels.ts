import { additionalFilters } from './additional-filters.js';
import { conversions } from './conversions.js';
import { corrections } from './corrections.js';
import { filters } from './filters.js';
import { fits } from './fits.js';
import { histograms } from './histograms.js';
import { iirFilters } from './iir-filters.js';
import type { KernelSpec } from './kernel-spec.js';
import { models } from './models.js';
import { multiPeak } from './multi-peak.js';
import { networks } from './networks.js';
import { numpyKernels } from './numpy.js';
import { polyFit } from './poly-fit.js';
import { recursive } from './recursive.js';
import { residuals } from './residuals.js';
import { seed2021 } from './seed-2021.js';
import { shaping } from './shaping.js';
import { simulation } from './simulation.js';
import { statistics } from './statistics.js';
import { thresholdWalks } from './threshold-walks.js';
import { timePoints } from './time-points.js';
import { transforms } from './transforms.js';
import { trapezoidChain } from './trapezoid-chain.js';
import { wiener } from './wiener.js';
import { windows } from './windows.js';

/** Processors that belong together. */
export interface KernelGroup {
  readonly title: string;
  readonly kernels: readonly KernelSpec[];
}

/** Every processor, once, in the order of the reference page. */
export const kernelGroups: readonly KernelGroup[] = [
  { title: 'Baselines and statistics', kernels: [...statistics, polyFit, ...residuals] },
  { title: 'Histograms', kernels: histograms },
  { title: 'Pole-zero correction and trapezoids', kernels: [...filters, ...trapezoidChain] },
  { title: 'Filters with feedback', kernels: [...recursive, ...iirFilters] },
  { title: 'Moving windows and sampling', kernels: windows },
  { title: 'Times and pick-offs', kernels: [...timePoints, ...thresholdWalks] },
  { title: 'Several pulses in a waveform', kernels: multiPeak },
  { title: 'Elements, positions, choices', kernels: conversions },
  { title: 'Alignment and corrections', kernels: corrections },
  { title: 'Convolutions, kernels, spectra', kernels: [...shaping, ...transforms, ...wiener] },
  { title: 'Further filters', kernels: additionalFilters },
  { title: 'Pulses for simulations', kernels: simulation },
  { title: 'Fits', kernels: fits },
  { title: 'Networks and models', kernels: [...networks, ...models] },
  { title: 'Other processors', kernels: [] },
];

/** Every processor, once. */
export const kernels: readonly KernelSpec[] = kernelGroups.flatMap((group) => group.kernels);

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
