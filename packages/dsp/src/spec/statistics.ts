import { blSubtract } from '../reference/bl-subtract.reference.js';
import { linearSlopeDiff } from '../reference/linear-slope-diff.reference.js';
import { linearSlopeFit } from '../reference/linear-slope-fit.reference.js';
import { logCheck } from '../reference/log-check.reference.js';
import { meanBelowThreshold } from '../reference/mean-below-threshold.reference.js';
import { meanStdev } from '../reference/mean-stdev.reference.js';
import { minMax } from '../reference/min-max.reference.js';
import { minMaxNorm } from '../reference/min-max-norm.reference.js';
import { saturation } from '../reference/saturation.reference.js';
import { sort } from '../reference/sort.reference.js';
import { timeOverThreshold } from '../reference/time-over-threshold.reference.js';
import { kernel } from './kernel-spec.js';

/** Baselines and statistics of a waveform. */
export const statistics = [
  kernel({
    name: 'linear_slope_fit',
    signature: '(n)->(),(),(),()',
    types: ['f->ffff', 'd->dddd'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'mean', doc: 'average', unit: 'amplitude', output: true },
      {
        name: 'stdev',
        doc: 'standard deviation with n - 1 (NaN for one sample)',
        unit: 'amplitude',
        output: true,
      },
      { name: 'slope', doc: 'amplitude per sample', output: true },
      { name: 'intercept', doc: 'value of the line at sample 0', unit: 'amplitude', output: true },
    ],
    doc: 'Mean, standard deviation, and the straight line of least squares over the sample index.',
    nan: 'propagate',
    tolerance: 'A',
    scratch: () => 112,
    compiled: true,
    reference: linearSlopeFit,
  }),
  kernel({
    name: 'mean_stdev',
    signature: '(n)->(),()',
    types: ['f->ff', 'd->dd'],
    args: [
      { name: 'wf', doc: 'waveform', unit: 'amplitude' },
      { name: 'mean', doc: 'average', unit: 'amplitude', output: true },
      {
        name: 'stdev',
        doc: 'standard deviation with n - 1 (NaN for one sample)',
        unit: 'amplitude',
        output: true,
      },
    ],
    doc: 'Mean and standard deviation (the 2021 name; linear_slope_fit gives the same two first).',
    nan: 'propagate',
    tolerance: 'A',
    scratch: () => 112,
    vectors: ['seed2021.mean_stdev'],
    compiled: true,
    reference: meanStdev,
  }),
  kernel({
    name: 'bl_subtract',
    signature: '(n),()->(n)',
    types: ['ff->f', 'dd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_baseline', doc: 'what is taken away from every sample', unit: 'amplitude' },
      { name: 'w_out', doc: 'waveform without baseline', unit: 'amplitude', output: true },
    ],
    doc: 'y_i = x_i - baseline.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: true,
    reference: blSubtract,
  }),
  kernel({
    name: 'min_max',
    signature: '(n)->(),(),(),()',
    types: ['f->ffff', 'd->dddd'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 't_min', doc: 'first place of the smallest sample', unit: 'samples', output: true },
      { name: 't_max', doc: 'first place of the largest sample', unit: 'samples', output: true },
      { name: 'a_min', doc: 'smallest sample', unit: 'amplitude', output: true },
      { name: 'a_max', doc: 'largest sample', unit: 'amplitude', output: true },
    ],
    doc: 'Smallest and largest sample and their places; the first one on ties.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: true,
    reference: minMax,
  }),
  kernel({
    name: 'linear_slope_diff',
    signature: '(n),(),()->(),()',
    types: ['fff->ff', 'ddd->dd'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'slope', doc: 'slope of the line' },
      { name: 'intercept', doc: 'value of the line at sample 0', unit: 'amplitude' },
      {
        name: 'mean',
        doc: 'sum of r_i / (i + 1), which is not the average',
        unit: 'amplitude',
        output: true,
      },
      { name: 'rms', doc: 'root of the sum of squares over n - 1', unit: 'amplitude', output: true },
    ],
    doc: 'Distance of a waveform from a line: r_i = x_i - (slope i + intercept).',
    nan: 'propagate',
    tolerance: 'A',
    compiled: true,
    reference: linearSlopeDiff,
  }),
  kernel({
    name: 'mean_below_threshold',
    signature: '(n),()->()',
    types: ['ff->f', 'dd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'threshold', doc: 'level', unit: 'amplitude' },
      {
        name: 'result',
        doc: 'average of the samples below it; NaN when there are none',
        unit: 'amplitude',
        output: true,
      },
    ],
    doc: 'Average of the samples below a level.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: true,
    reference: meanBelowThreshold,
  }),
  kernel({
    name: 'min_max_norm',
    signature: '(n),(),()->(n)',
    types: ['fff->f', 'ddd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_min', doc: 'smallest sample', unit: 'amplitude' },
      { name: 'a_max', doc: 'largest sample', unit: 'amplitude' },
      { name: 'w_out', doc: 'waveform with largest magnitude 1', output: true },
    ],
    doc: 'x / max(|a_max|, |a_min|); a copy when one of them is 0.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: true,
    reference: minMaxNorm,
  }),
  kernel({
    name: 'sort',
    signature: '(n)->(n)',
    types: ['f->f', 'd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'w_out', doc: 'sorted samples', unit: 'amplitude', output: true },
    ],
    doc: 'Samples in ascending order.',
    nan: 'propagate',
    tolerance: 'A',
    scratch: () => 16,
    compiled: true,
    reference: sort,
  }),
  kernel({
    name: 'time_over_threshold',
    signature: '(n),()->()',
    types: ['ff->f', 'dd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_threshold', doc: 'level', unit: 'amplitude' },
      { name: 'n_samples', doc: 'number of samples above it', unit: 'samples', output: true },
    ],
    doc: 'How many samples are above a level.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: true,
    reference: timeOverThreshold,
  }),
  kernel({
    name: 'saturation',
    signature: '(n),()->(),()',
    types: ['ff->ff', 'dd->dd'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      {
        name: 'bit_depth_in',
        doc: 'bits B of the converter, whole and above 0',
        range: { low: 1, high: 53, isWhole: true },
      },
      { name: 'n_lo_out', doc: 'samples equal to 0', output: true },
      { name: 'n_hi_out', doc: 'samples equal to 2^B - B', output: true },
    ],
    doc: 'Numbers of samples at the lower and upper end of the range (the upper code as stored results have it).',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ bit_depth_in: bits }) =>
      bits > 0 && Number.isInteger(bits)
        ? undefined
        : `bit_depth_in must be a whole number above 0, not ${bits.toString()}`,
    compiled: true,
    reference: saturation,
  }),
  kernel({
    name: 'log_check',
    signature: '(n)->(n)',
    types: ['f->f', 'd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'w_log', doc: 'logarithm; NaN everywhere when a sample is not positive', output: true },
    ],
    doc: 'Natural logarithm of a waveform of positive samples.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: true,
    reference: logCheck,
  }),
];
