import { prepareWindow } from '../plans/window-plan.js';
import { constantFraction } from '../reference/constant-fraction.reference.js';
import { matchedFilter } from '../reference/matched-filter.reference.js';
import { medianFilter } from '../reference/median-filter.reference.js';
import { savgolFilter, savgolWeights } from '../reference/savgol-filter.reference.js';
import { waveletDenoise } from '../reference/wavelet-denoise.reference.js';
import { index } from './checks.js';
import { kernel } from './kernel-spec.js';

const waveform = { name: 'w_in', doc: 'waveform', unit: 'amplitude' } as const;

function oddWindow(length: number, n: number): string | undefined {
  return (
    index('length', length, 1, n) ??
    (length % 2 === 1 ? undefined : `length must be odd, not ${length.toString()}`)
  );
}

/** Filters and a time that are not among the processors of dspeed. */
export const additionalFilters = [
  kernel({
    name: 'median_filter',
    signature: '(n),()->(n)',
    types: ['ff->f', 'dd->d'],
    args: [
      waveform,
      { name: 'length', doc: 'length of the window, odd', unit: 'samples', range: { low: 1, high: 'n' } },
      { name: 'w_out', doc: 'waveform without spikes', unit: 'amplitude', output: true },
    ],
    doc: 'Middle one of the samples around each; takes spikes shorter than half the window away and keeps edges. Beyond the ends stands the first or the last sample (scipy.ndimage.median_filter, mode nearest).',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ length }, { n }) => oddWindow(length, n),
    scratch: ({ n }) => 32 * n,
    compiled: true,
    reference: medianFilter,
  }),
  kernel({
    name: 'savgol_filter',
    signature: '(n),(),(),()->(n)',
    types: ['ffff->f', 'dddd->d'],
    args: [
      waveform,
      { name: 'length', doc: 'length of the window, odd', unit: 'samples', range: { low: 3, high: 'n' } },
      {
        name: 'degree',
        doc: 'degree of the polynomial, less than the length',
        range: { low: 0, high: 12, isWhole: true },
      },
      { name: 'derivative', doc: '0 the value, 1 the slope, …', range: { low: 0, high: 12, isWhole: true } },
      { name: 'w_out', doc: 'smoothed waveform, or its derivative per sample', output: true },
    ],
    doc: 'Savitzky-Golay filter: value or derivative of the polynomial of least squares through the samples around each; near the ends the polynomial of the outermost whole window goes on (scipy.signal.savgol_filter, mode interp).',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ length, degree, derivative }, { n }) =>
      oddWindow(length, n) ??
      (length < 3 ? `length must be at least 3, not ${length.toString()}` : undefined) ??
      index('degree', degree, 0, Math.min(12, length - 1)) ??
      index('derivative', derivative, 0, 12),
    prepare: (constants, sizes) => {
      const [length, degree, order] = ['length', 'degree', 'derivative'].map((name) => constants[name]?.[0]);
      if (length === undefined || degree === undefined || order === undefined) return undefined;
      if (!(length >= 3 && Number.isInteger(degree) && degree >= 0 && degree <= Math.min(12, length - 1)))
        return undefined;
      if (!(Number.isInteger(order) && order >= 0 && order <= 12)) return undefined;
      return prepareWindow('savgol_window', sizes, length, () => savgolWeights(length, degree, order));
    },
    compiled: true,
    functions: ['savgol_window'],
    reference: savgolFilter,
  }),
  kernel({
    name: 'matched_filter',
    signature: '(n)->(n)',
    types: ['f->f', 'd->d'],
    args: [
      { name: 'pulse', doc: 'pulse of n samples whose baseline is 0', unit: 'amplitude' },
      { name: 'kernel', doc: 'n weights', output: true },
    ],
    doc: 'Weights of the matched filter of white noise for a known pulse s: s_{n-1-i} / sum s^2. Convolved (convolve_wf) with A s they give A where the pulses lie on each other.',
    nan: 'propagate',
    tolerance: 'A',
    faults: ['the pulse is 0 all over'],
    scratch: () => 32,
    compiled: true,
    reference: matchedFilter,
  }),
  kernel({
    name: 'wavelet_denoise',
    signature: '(n),(),()->(n)',
    types: ['fff->f', 'ddd->d'],
    args: [
      waveform,
      { name: 'level', doc: 'number of halvings', range: { low: 1, isWhole: true } },
      {
        name: 'a_threshold',
        doc: 'size by which details are drawn towards 0; NaN: that of the noise, sigma root(2 log n) with sigma = median |details| / 0.6745',
        unit: 'amplitude',
        nanAllowed: true,
      },
      { name: 'w_out', doc: 'waveform with less noise', unit: 'amplitude', output: true },
    ],
    doc: 'Haar wavelets with a soft threshold: small details of all levels are taken away, edges stay.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ level, a_threshold: threshold }) =>
      index('level', level, 1, 62) ??
      (threshold < 0 ? `a_threshold must not be negative (it is ${threshold.toString()})` : undefined),
    scratch: ({ n }) => 32 * (3 * n + 70),
    compiled: true,
    reference: waveletDenoise,
  }),
  kernel({
    name: 'constant_fraction',
    signature: '(n),(),(),()->()',
    types: ['ffff->f', 'dddd->d'],
    args: [
      { name: 'w_in', doc: 'waveform with positive pulses and a baseline of 0', unit: 'amplitude' },
      { name: 'fraction', doc: 'fraction f', range: { low: 0, high: 1, isAbove: true } },
      {
        name: 'delay',
        doc: 'delay d, about the rise time',
        unit: 'samples',
        range: { low: 1, high: 'n - 1', isWhole: true },
      },
      { name: 'a_threshold', doc: 'the search begins at the first sample above it', unit: 'amplitude' },
      { name: 't_out', doc: 'time of the crossing; NaN when there is none', unit: 'samples', output: true },
    ],
    doc: 'Constant-fraction discriminator: where f x_i - x_{i-d} falls through 0, on a line between the samples. The time does not depend on the height of the pulse.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ fraction, delay }, { n }) =>
      (fraction > 0 && fraction < 1
        ? undefined
        : `fraction must be between 0 and 1, not ${fraction.toString()}`) ?? index('delay', delay, 1, n - 1),
    compiled: true,
    reference: constantFraction,
  }),
];
