import { amax } from '../reference/amax.reference.js';
import { blSubtract } from '../reference/bl-subtract.reference.js';
import { linearSlopeFit } from '../reference/linear-slope-fit.reference.js';
import { meanStdev } from '../reference/mean-stdev.reference.js';
import { minMax } from '../reference/min-max.reference.js';
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
    scratch: () => 96,
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
    scratch: () => 96,
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
    name: 'amax',
    signature: '(n)->()',
    types: ['f->f', 'd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_max', doc: 'largest sample', unit: 'amplitude', output: true },
    ],
    doc: 'Largest sample (numpy.amax along the samples).',
    nan: 'propagate',
    tolerance: 'A',
    compiled: true,
    reference: amax,
  }),
];
