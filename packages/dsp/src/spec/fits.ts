import { optimizeNnls } from '../reference/nnls.reference.js';
import { optimize1pz, optimize2pz } from '../reference/optimize-pole-zero.reference.js';
import { polyDiff, polyExpRms } from '../reference/polynomial.reference.js';
import { softPileupCorr, softPileupCorrBl } from '../reference/soft-pileup.reference.js';
import { index } from './checks.js';
import { type ArgumentSpec, kernel } from './kernel-spec.js';

const residualArguments = [
  { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
  { name: 'poly_pars', doc: 'm coefficients, lowest power first' },
  { name: 'mean', doc: 'sum of r_i / (i + 1), which is not the average', unit: 'amplitude', output: true },
  { name: 'rms', doc: 'root of the sum of squares over n - 1', unit: 'amplitude', output: true },
] as const satisfies readonly ArgumentSpec[];

const section = [
  { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
  { name: 'a_baseline_in', doc: 'what is taken away before', unit: 'amplitude' },
  { name: 't_beg_in', doc: 'first sample of the section', unit: 'samples', range: { low: 0, high: 'n - 1' } },
  { name: 't_end_in', doc: 'sample after the section', unit: 'samples', range: { low: 0, high: 'n' } },
] as const satisfies readonly ArgumentSpec[];

function sectionFault(
  { t_beg_in: begin, t_end_in: end }: Readonly<Record<'t_beg_in' | 't_end_in', number>>,
  n: number,
): string | undefined {
  return index('t_beg_in', begin, 0, n) ?? index('t_end_in', end, 0, n);
}

/** Fits to waveforms. */
export const fits = [
  kernel({
    name: 'poly_diff',
    signature: '(n),(m)->(),()',
    types: ['ff->ff', 'dd->dd'],
    args: residualArguments,
    doc: 'Distance of a waveform from a polynomial: r_i = x_i - sum p_j i^j.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: polyDiff,
  }),
  kernel({
    name: 'poly_exp_rms',
    signature: '(n),(m)->(),()',
    types: ['ff->ff', 'dd->dd'],
    args: residualArguments,
    doc: 'Distance of a waveform from the exponential of a polynomial: r_i = x_i - exp(sum p_j i^j).',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: polyExpRms,
  }),
  kernel({
    name: 'soft_pileup_corr',
    signature: '(n),(),()->(n)',
    types: ['fff->f', 'ddd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      {
        name: 'n_in',
        doc: 'how many samples are fitted, 2 to n',
        unit: 'samples',
        range: { low: 2, high: 'n', isWhole: true },
      },
      { name: 'tau_in', doc: 'decay time', unit: 'samples', range: { low: 0, isAbove: true } },
      {
        name: 'w_out',
        doc: 'waveform without the tail of an earlier pulse',
        unit: 'amplitude',
        output: true,
      },
    ],
    doc: 'Takes away A exp(-i / tau) + B, fitted by least squares to the first N samples.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ n_in: count }, { n }) => index('n_in', count, 2, n),
    compiled: false,
    reference: softPileupCorr,
  }),
  kernel({
    name: 'soft_pileup_corr_bl',
    signature: '(n),(),(),()->(n)',
    types: ['ffff->f', 'dddd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      {
        name: 'n_in',
        doc: 'how many samples are fitted, 1 to n',
        unit: 'samples',
        range: { low: 1, high: 'n', isWhole: true },
      },
      { name: 'tau_in', doc: 'decay time', unit: 'samples', range: { low: 0, isAbove: true } },
      { name: 'b_in', doc: 'baseline B', unit: 'amplitude' },
      {
        name: 'w_out',
        doc: 'waveform without the tail of an earlier pulse',
        unit: 'amplitude',
        output: true,
      },
    ],
    doc: 'Takes away A exp(-i / tau) + B with B given and A fitted by least squares to the first N samples.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ n_in: count }, { n }) => index('n_in', count, 1, n),
    compiled: false,
    reference: softPileupCorrBl,
  }),
  kernel({
    name: 'optimize_1pz',
    signature: '(n),(),(),(),()->()',
    types: ['fffff->f', 'ddddd->d'],
    args: [
      ...section,
      { name: 'p0_in', doc: 'start value; not needed, the solution is exact', unit: 'samples' },
      {
        name: 'val0_out',
        doc: 'decay time; NaN when none levels the section',
        unit: 'samples',
        output: true,
      },
    ],
    doc: 'The decay time whose pole_zero correction makes a section level: the zero of sum(i) sum(y) - N sum(i y).',
    nan: 'propagate',
    tolerance: 'C',
    check: (scalars, { n }) => sectionFault(scalars, n),
    compiled: false,
    reference: optimize1pz,
  }),
  kernel({
    name: 'optimize_2pz',
    signature: '(n),(),(),(),(),(),(),(),()->(),(),()',
    types: ['fffffffff->fff', 'ddddddddd->ddd'],
    args: [
      ...section,
      {
        name: 'tau_upper_bound',
        doc: 'largest decay time',
        unit: 'samples',
        range: { low: 0, isAbove: true },
      },
      { name: 'frac_upper_bound', doc: 'largest share of the second decay', range: { low: 0, high: 1 } },
      { name: 'p0_in', doc: 'start value of the first decay time', unit: 'samples' },
      { name: 'p1_in', doc: 'start value of the second decay time', unit: 'samples' },
      { name: 'p2_in', doc: 'start value of the share' },
      { name: 'val0_out', doc: 'first decay time', unit: 'samples', output: true },
      { name: 'val1_out', doc: 'second decay time', unit: 'samples', output: true },
      { name: 'val2_out', doc: 'share of the second decay', output: true },
    ],
    doc: 'Decay times and share whose double_pole_zero correction makes a section level. One slope does not settle three parameters: many answers are equally level, and the one found is near the start values.',
    nan: 'propagate',
    tolerance: 'C',
    check: (scalars, { n }) =>
      sectionFault(scalars, n) ?? (n > 3 ? undefined : 'the waveform must have more than 3 samples'),
    compiled: false,
    reference: optimize2pz,
  }),
  kernel({
    name: 'optimize_nnls',
    signature: '(m,n),(m),(),(),(),(),(n)',
    types: ['ffff?ff->', 'dddf?fd->'],
    args: [
      { name: 'a', doc: 'matrix of m rows and n columns' },
      { name: 'b', doc: 'm numbers' },
      { name: 'maxiter', doc: 'most steps back; the solution at hand counts then' },
      { name: 'tol', doc: 'what counts as zero' },
      { name: 'allow_singularity', doc: 'true: a singular system gives NaN, false: it ends the production' },
      { name: 'min_value', doc: 'unknowns at or below it leave the set of free ones' },
      { name: 'x', doc: 'n numbers, none negative', output: true },
    ],
    doc: 'Non-negative least squares: the x >= 0 with the smallest |a x - b|.',
    nan: 'propagate',
    tolerance: 'C',
    faults: ['the system is singular; allow_singularity would give NaN'],
    compiled: false,
    reference: optimizeNnls,
  }),
];
