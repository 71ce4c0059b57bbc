import {
  crossingModes,
  interpolatedTimePointThresh,
  multiTimePointThresh,
} from '../reference/threshold-walks.reference.js';
import { kernel } from './kernel-spec.js';

const unknownMode = `the mode must be one of the letters ${Array.from(crossingModes).join(', ')}`;

/** Threshold crossings with a place between the samples. */
export const thresholdWalks = [
  kernel({
    name: 'interpolated_time_point_thresh',
    signature: '(n),(),(),(),()->()',
    types: ['fffib->f', 'dddib->d', 'fffdb->f', 'ddddb->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_threshold', doc: 'level A', unit: 'amplitude' },
      {
        name: 't_start',
        doc: 'where the search begins; NaN outside of the waveform',
        unit: 'samples',
        range: { low: 0, high: 'n - 1' },
      },
      { name: 'walk_forward', doc: 'above 0 walks forward, else backward' },
      {
        name: 'mode_in',
        doc: 'between samples c and c + 1: i b c the earlier, a f the later, r the nearer in amplitude, n the middle, l on a line',
        range: { choices: ['i', 'b', 'c', 'a', 'f', 'r', 'n', 'l'] },
      },
      { name: 't_out', doc: 'time of the crossing; NaN when there is none', unit: 'samples', output: true },
    ],
    doc: 'First crossing of a level from a start, as time_point_thresh, placed between the samples. A backward walk ends at sample 2.',
    nan: 'propagate',
    tolerance: 'A',
    faults: [unknownMode],
    compiled: false,
    reference: interpolatedTimePointThresh,
  }),
  kernel({
    name: 'multi_time_point_thresh',
    signature: '(n),(m),(),(),()->(m)',
    types: ['ffffb->f', 'ddddb->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_threshold', doc: 'm levels A', unit: 'amplitude' },
      {
        name: 't_start',
        doc: 'where the search begins; NaN outside of the waveform',
        unit: 'samples',
        range: { low: 0, high: 'n - 1' },
      },
      { name: 'polarity', doc: 'above 0: a rising edge is sought, below 0: a falling one' },
      {
        name: 'mode_in',
        doc: 'i the sample below the level, b c the earlier, a f the later, r the nearer in amplitude, n the middle, l on a line (counted upward)',
        range: { choices: ['i', 'b', 'c', 'a', 'f', 'r', 'n', 'l'] },
      },
      { name: 't_out', doc: 'time per level; NaN when it is not crossed', unit: 'samples', output: true },
    ],
    doc: 'Crossings x_i <= A < x_{i+p} with p the sign of the polarity: levels above the sample at the start by walking in its direction, the others by walking away from it.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ polarity }) => (polarity === 0 ? 'polarity must not be 0' : undefined),
    faults: [unknownMode],
    compiled: false,
    reference: multiTimePointThresh,
  }),
];
