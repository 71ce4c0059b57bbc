import { biLevelZeroCrossing } from '../reference/bi-level-zero-crossing.reference.js';
import { fixedTimePickoff } from '../reference/fixed-time-pickoff.reference.js';
import { timePointThresh } from '../reference/time-point-thresh.reference.js';
import { index, whole } from './checks.js';
import { kernel } from './kernel-spec.js';

const pickoffModes = 'infclhs';

/** Times at which something happens, and values at times. */
export const timePoints = [
  kernel({
    name: 'time_point_thresh',
    signature: '(n),(),(),()->()',
    types: ['ffff->f', 'dddd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_threshold', doc: 'level A', unit: 'amplitude' },
      {
        name: 't_start',
        doc: 'where the search begins, 0 to n - 1',
        unit: 'samples',
        range: { low: 0, high: 'n - 1', isWhole: true },
      },
      { name: 'walk_forward', doc: '1 walks forward, any other whole number backward' },
      { name: 't_out', doc: 'place of the crossing, NaN when there is none', unit: 'samples', output: true },
    ],
    doc: 'First crossing of a level from a start. Forward: i with x_i <= A < x_{i+1} or x_i >= A > x_{i+1}. Backward: i with x_{i-1} < A <= x_i or x_{i-1} > A >= x_i.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ t_start: start, walk_forward: walk }, { n }) =>
      index('t_start', start, 0, n - 1) ?? whole('walk_forward', walk),
    compiled: true,
    reference: timePointThresh,
  }),
  kernel({
    name: 'fixed_time_pickoff',
    signature: '(n),(),()->()',
    types: ['ffb->f', 'ddb->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      {
        name: 't_in',
        doc: 'time, 0 to n - 1 (NaN outside)',
        unit: 'samples',
        range: { low: 0, high: 'n - 1' },
      },
      {
        name: 'mode_in',
        doc: 'between samples: i not allowed, n nearest, f before, c behind, l line, h cubic Hermite, s natural cubic spline',
        range: { choices: ['i', 'n', 'f', 'c', 'l', 'h', 's'] },
      },
      { name: 'a_out', doc: 'value at that time', unit: 'amplitude', output: true },
    ],
    doc: 'The value of the waveform at a time, between samples by the chosen interpolation.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ t_in: time, mode_in: mode }, { n }) => {
      const letter = String.fromCharCode(mode);
      if (time < 0 || time > n - 1 || Math.floor(time) === time) return undefined;
      if (letter === 'i')
        return `t_in must be a whole number of samples with mode 'i', not ${time.toString()}: round it first, or choose mode n, f, c, l, h or s`;
      return pickoffModes.includes(letter)
        ? undefined
        : `mode '${letter}' does not exist: choose i, n, f, c, l, h or s`;
    },
    scratch: ({ n }) => 16 * n,
    compiled: true,
    reference: fixedTimePickoff,
  }),
  kernel({
    name: 'bi_level_zero_crossing_time_points',
    signature: '(n),(),(),(),(),(),(m),(m)',
    types: ['fffffIff->', 'dddddIdd->'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_pos_threshold_in', doc: 'upper level', unit: 'amplitude' },
      { name: 'a_neg_threshold_in', doc: 'lower level', unit: 'amplitude' },
      {
        name: 'gate_time_in',
        doc: 'longest time between the two levels',
        unit: 'samples',
        range: { low: 0 },
      },
      {
        name: 't_start_in',
        doc: 'where the search begins, 0 to n - 1',
        unit: 'samples',
        range: { low: 0, high: 'n - 1', isWhole: true },
      },
      { name: 'n_crossings_out', doc: 'how many there are, also beyond the room', output: true },
      { name: 'polarity_out', doc: '0 from below, 1 from above', output: true },
      { name: 't_trig_times_out', doc: 'places of the zero crossings', unit: 'samples', output: true },
    ],
    doc: 'Zero crossings between a crossing of one level and, within the gate, one of the other.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ t_start_in: start }, { n }) => index('t_start_in', start, 0, n - 1),
    scratch: () => 64,
    compiled: true,
    reference: biLevelZeroCrossing,
  }),
];
