import { prepareConvolution } from '../plans/convolution-plan.js';
import { prepareSpectrum } from '../plans/spectrum-plan.js';
import { convolve, reflectedConvolve } from '../reference/convolve.reference.js';
import {
  cuspFilter,
  gaussianFilter1d,
  movingSlope,
  t0Filter,
  zacFilter,
} from '../reference/filter-kernels.reference.js';
import { psd } from '../reference/psd.reference.js';
import { notNegative, whole } from './checks.js';
import { type ArgumentSpec, type KernelSpec, kernel, type Sizes } from './kernel-spec.js';

const convolutionArguments = [
  { name: 'w_in', doc: 'waveform of n samples', unit: 'amplitude' },
  { name: 'kernel', doc: 'm weights' },
  {
    name: 'mode_in',
    doc: 'f full (n + m - 1 samples), v valid (n - m + 1), s same (n)',
    range: { choices: ['f', 'v', 's'] },
  },
  { name: 'w_out', doc: 'result', unit: 'amplitude', output: true },
] as const satisfies readonly ArgumentSpec[];

function kernelTooLong({ n, m }: Sizes): string | undefined {
  return m > n ? `the kernel is ${m.toString()} samples long, the waveform only ${n.toString()}` : undefined;
}

/** Compiled functions for constant weights. */
const preparedConvolutions = ['convolve_fourier', 'convolve_parts', 'transform_parts', 'convolve_run'];

function convolutionFault(mode: number, { n, m, p }: Sizes): string | undefined {
  const letter = String.fromCharCode(mode);
  const lengths: Readonly<Record<string, number>> = { f: n + m - 1, v: n - m + 1, s: n };
  const wanted = lengths[letter];
  if (wanted === undefined) return `mode '${letter}' does not exist: choose f (full), v (valid) or s (same)`;
  return p === wanted
    ? undefined
    : `mode '${letter}' gives ${wanted.toString()} samples, the output has ${p.toString()}`;
}

/** Both names of the convolution with three modes: how it is run depends on the weights alone. */
function convolution(name: string, types: readonly string[], doc: string): KernelSpec {
  return kernel({
    name,
    signature: '(n),(m),(),(p)',
    types,
    args: convolutionArguments,
    doc,
    nan: 'propagate',
    tolerance: 'A',
    checkSizes: kernelTooLong,
    check: ({ mode_in: mode }, sizes) => convolutionFault(mode, sizes),
    prepare: ({ kernel: weights, mode_in: mode }, sizes) => prepareConvolution(weights, mode?.[0], sizes),
    compiled: true,
    functions: [name, ...preparedConvolutions],
    reference: convolve,
  });
}

const cuspArguments = [
  { name: 'sigma', doc: 'steepness of the sides', unit: 'samples', range: { low: 0, isAbove: true } },
  { name: 'flat', doc: 'length of the flat top', unit: 'samples', range: { low: 0, high: 'n' } },
  { name: 'decay', doc: 'decay time that is taken out', unit: 'samples', range: { low: 0, isAbove: true } },
  { name: 'kernel', doc: 'weights', output: true },
] as const satisfies readonly ArgumentSpec[];

function cuspFault({
  sigma,
  flat,
  decay,
}: Readonly<Record<'sigma' | 'flat' | 'decay', number>>): string | undefined {
  return (
    notNegative('sigma', sigma) ??
    notNegative('flat', flat) ??
    notNegative('decay', decay) ??
    whole('flat', flat)
  );
}

/** Results of reflected_convolve_wf that are worked on together when a float32 waveform is convolved in double. */
const stripSamples = 128;

/** Convolutions, the kernels for them, spectra. */
export const shaping = [
  convolution(
    'convolve_wf',
    ['ffbf->', 'ddbd->'],
    'Convolution of a waveform with a kernel, by direct sums.',
  ),
  convolution(
    'fft_convolve_wf',
    ['ffbf', 'ddbd'],
    'Convolution of a waveform with a kernel; same result as convolve_wf.',
  ),
  kernel({
    name: 'reflected_convolve_wf',
    signature: '(n),(m),(p)',
    types: ['fff->', 'ddd->'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'kernel', doc: 'weights' },
      { name: 'w_out', doc: 'result, as long as the waveform', unit: 'amplitude', output: true },
    ],
    doc: 'Convolution of a waveform that is mirrored at its ends without repeating the edge sample.',
    nan: 'propagate',
    tolerance: 'A',
    checkSizes: kernelTooLong,
    check: (_, { n, p }) =>
      p === n
        ? undefined
        : `the output must have the waveform's ${n.toString()} samples, not ${p.toString()}`,
    scratch: ({ m }) => 32 * (stripSamples + m),
    compiled: true,
    widens: true,
    reference: reflectedConvolve,
  }),
  kernel({
    name: 'gaussian_filter1d',
    signature: '(),(),(n)',
    types: ['fff->', 'ddd->'],
    args: [
      { name: 'sigma', doc: 'width', unit: 'samples', range: { low: 0, isAbove: true } },
      {
        name: 'truncate',
        doc: 'half width of the kernel in units of sigma',
        range: { low: 0, isAbove: true },
      },
      { name: 'weights', doc: '2 floor(truncate sigma + 0.5) + 1 weights', output: true },
    ],
    doc: 'Weights of a Gaussian with sum 1.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ sigma, truncate }, { n }) => {
      const wanted = 2 * Math.floor(truncate * sigma + 0.5) + 1;
      return n === wanted
        ? undefined
        : `the kernel must have ${wanted.toString()} weights, not ${n.toString()}`;
    },
    compiled: false,
    reference: gaussianFilter1d,
  }),
  kernel({
    name: 't0_filter',
    signature: '(),(),(n)',
    types: ['fff->', 'ddd->'],
    args: [
      { name: 'rise', doc: 'length of the triangle', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'fall', doc: 'length of the constant part', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'kernel', doc: 'rise + fall weights', output: true },
    ],
    doc: 'k_i = 2 (rise - i) / (rise (rise + 1)) for i < rise, -1 / fall after.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ rise, fall }, { n }) =>
      notNegative('rise', rise) ??
      notNegative('fall', fall) ??
      (rise + fall === n ? undefined : `rise and fall must add up to the kernel's ${n.toString()} weights`),
    compiled: false,
    reference: t0Filter,
  }),
  kernel({
    name: 'moving_slope',
    signature: '(n)',
    types: ['f->', 'd->'],
    args: [{ name: 'kernel', doc: 'weights', output: true }],
    doc: 'Weights with which a convolution gives the slope of least squares.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: movingSlope,
  }),
  kernel({
    name: 'cusp_filter',
    signature: '(),(),(),(n)',
    types: ['ffff->', 'dddd->'],
    args: cuspArguments,
    doc: 'Cusp with flat top, sinh(i / sigma) at the sides, convolved with [1, -exp(-1 / decay)].',
    nan: 'propagate',
    tolerance: 'A',
    check: (scalars) => cuspFault(scalars),
    compiled: false,
    reference: cuspFilter,
  }),
  kernel({
    name: 'zac_filter',
    signature: '(),(),(),(n)',
    types: ['ffff->', 'dddd->'],
    args: cuspArguments,
    doc: 'Cusp less parabolas under its sides so that its area is zero, convolved with [1, -exp(-1 / decay)].',
    nan: 'propagate',
    tolerance: 'A',
    check: (scalars) => cuspFault(scalars),
    compiled: false,
    reference: zacFilter,
  }),
  kernel({
    name: 'psd',
    signature: '(n),(m)',
    types: ['ff->', 'dd->'],
    args: [
      { name: 'w_in', doc: 'waveform of n samples', unit: 'amplitude' },
      { name: 'psd_out', doc: 'floor(n / 2) + 1 powers', output: true },
    ],
    doc: 'Power spectrum |X|^2 / n, in the precision of the waveform. Declare the output with period=1/wf.period/len(wf).',
    nan: 'propagate',
    tolerance: 'A',
    check: (_, { n, m }) => {
      const wanted = Math.floor(n / 2) + 1;
      return m === wanted
        ? undefined
        : `the spectrum has ${wanted.toString()} values, the output ${m.toString()}`;
    },
    prepare: prepareSpectrum('psd'),
    compiled: true,
    functions: ['psd_split', 'psd_chirp'],
    reference: psd,
  }),
];
