import {
  convolveDampedOscillator,
  convolveExp,
  injectDampedOscillation,
  recursiveFilter,
  settledSections as sectionsReference,
  settledFilter,
} from '../reference/recursive-filter.reference.js';
import { type ArgumentSpec, kernel, type Sizes } from './kernel-spec.js';

const waveform = { name: 'w_in', doc: 'waveform', unit: 'amplitude' } as const;
const result = { name: 'w_out', doc: 'filtered waveform', unit: 'amplitude', output: true } as const;
const oscillator = [
  waveform,
  {
    name: 'tau',
    doc: 'decay time of the oscillation (0: none left after one sample)',
    unit: 'samples',
    range: { low: 0 },
  },
  { name: 'omega', doc: 'angular frequency, radian per sample' },
  { name: 'phase', doc: 'phase, radian' },
] as const satisfies readonly ArgumentSpec[];

/** Bytes of working memory for so many coefficients: see src/assembly/recursion.ts. */
function scratchOf(p: number, q: number): number {
  return 32 * (2 + 3 * (p + q));
}

function tooShort({ n, q }: Sizes): string | undefined {
  return n > q
    ? undefined
    : `the waveform has ${n.toString()} samples; with ${q.toString()} feedback coefficients more than that are needed`;
}

/**
 * The filter behind iir_filter, notch_filter and peak_filter: a recursive filter that has seen the first sample for
 * ever.
 */
export const settledRecursion = kernel({
  name: 'settled_recursive_filter',
  signature: '(n),(p),(q),()->(n)',
  types: ['fddd->f', 'dddd->d'],
  args: [
    waveform,
    { name: 'a', doc: 'p feed-forward coefficients' },
    { name: 'b', doc: 'q feedback coefficients' },
    { name: 'gain', doc: 'result before the waveform, in units of its first sample' },
    result,
  ],
  doc: 'recursive_filter with x_0 as the samples before the waveform and gain x_0 as the results before it.',
  nan: 'propagate',
  tolerance: 'B',
  checkSizes: tooShort,
  scratch: ({ p, q }) => scratchOf(p, q),
  compiled: true,
  reference: settledFilter,
});

/** Bytes of working memory for so many numbers of sections: see src/assembly/sections.ts. */
function sectionsScratch(m: number): number {
  return 128 * 32 + 8 * m + 224 * Math.ceil(m / 8) + 32;
}

/** The filter behind iir_filter where the order is above two: the same as one recursion, in fewer operations. */
export const settledSections = kernel({
  name: 'settled_sections',
  signature: '(n),(m),()->(n)',
  types: ['fdd->f', 'ddd->d'],
  args: [
    waveform,
    { name: 'sections', doc: 'c_1, c_2, b_1 and b_2 of every section' },
    { name: 'gain', doc: 'factor of the samples' },
    result,
  ],
  doc: 'gain x through sections y_i = v_i + c_1 v_{i-1} + c_2 v_{i-2} - b_1 y_{i-1} - b_2 y_{i-2} one behind the other, in double, as if the first sample had been there for ever.',
  nan: 'propagate',
  tolerance: 'B',
  checkSizes: ({ m }) =>
    m > 0 && m % 4 === 0 ? undefined : `sections has ${m.toString()} numbers; each section takes four`,
  scratch: ({ m }) => sectionsScratch(m),
  compiled: true,
  reference: sectionsReference,
});

/** Filters with feedback. */
export const recursive = [
  kernel({
    name: 'recursive_filter',
    signature: '(n),(p),(q),(),()->(n)',
    types: ['fddff->f', 'ddddd->d'],
    args: [
      waveform,
      { name: 'a', doc: 'p feed-forward coefficients' },
      { name: 'b', doc: 'q feedback coefficients' },
      { name: 'init_in', doc: 'all samples before the waveform', unit: 'amplitude' },
      { name: 'init_out', doc: 'all results before the waveform', unit: 'amplitude' },
      result,
    ],
    doc: 'y_i = (sum a_j x_{i-j} - sum_{j >= 1} b_j y_{i-j}) / b_0, the results kept in double.',
    nan: 'propagate',
    tolerance: 'B',
    checkSizes: tooShort,
    scratch: ({ p, q }) => scratchOf(p, q),
    compiled: true,
    reference: recursiveFilter,
  }),
  settledRecursion,
  settledSections,
  kernel({
    name: 'convolve_exp',
    signature: '(n),()->(n)',
    types: ['ff->f', 'dd->d'],
    args: [
      waveform,
      { name: 'tau', doc: 'decay time (0: no memory)', unit: 'samples', range: { low: 0 } },
      result,
    ],
    doc: 'y_i = x_i + exp(-1 / tau) y_{i-1}, with x_0 before the waveform.',
    nan: 'propagate',
    tolerance: 'B',
    scratch: () => scratchOf(3, 3),
    compiled: true,
    reference: convolveExp,
  }),
  kernel({
    name: 'convolve_damped_oscillator',
    signature: '(n),(),(),()->(n)',
    types: ['fddd->f', 'dddd->d'],
    args: [...oscillator, result],
    doc: 'recursive_filter with a = [cos phi, -r cos(omega - phi)], b = [1, -2 r cos omega, r^2], r = exp(-1 / tau), and x_0 before the waveform on both sides.',
    nan: 'propagate',
    tolerance: 'B',
    scratch: () => scratchOf(3, 3),
    compiled: true,
    reference: convolveDampedOscillator,
  }),
  kernel({
    name: 'inject_damped_oscillation',
    signature: '(n),(),(),(),()->(n)',
    types: ['fdddd->f', 'ddddd->d'],
    args: [
      ...oscillator,
      {
        name: 'frac',
        doc: 'height of the oscillation over that of a step, 0 to 1',
        range: { low: 0, high: 1 },
      },
      result,
    ],
    doc: 'Adds a damped oscillation to every step of a waveform; the oscillator rests before the waveform.',
    nan: 'propagate',
    tolerance: 'B',
    check: ({ frac }) =>
      frac >= 0 && frac <= 1 ? undefined : `frac must be between 0 and 1, not ${frac.toString()}`,
    scratch: () => scratchOf(3, 3),
    compiled: true,
    reference: injectDampedOscillation,
  }),
];
