import { inlCorrection } from '../reference/inl-correction.reference.js';
import { pad } from '../reference/pad.reference.js';
import { step } from '../reference/step.reference.js';
import { getWfCentroid, wfAlignment, wfCorrection } from '../reference/wf-alignment.reference.js';
import { kernel } from './kernel-spec.js';

const waveform = { name: 'w_in', doc: 'waveform of n samples', unit: 'amplitude' } as const;

function range(name: string, value: number, low: number, high: number): string | undefined {
  return value >= low && value <= high
    ? undefined
    : `${name} must be between ${low.toString()} and ${high.toString()}, not ${value.toString()}`;
}

/** Waveforms aligned, corrected and filled up. */
export const corrections = [
  kernel({
    name: 'inl_correction',
    signature: '(n),(p)->(n)',
    types: ['if->f', 'id->d'],
    args: [
      { name: 'w_in', doc: 'codes of the converter, 0 to p - 1' },
      { name: 'inl', doc: 'p corrections, one per code' },
      { name: 'w_out', doc: 'corrected codes', output: true },
    ],
    doc: 'Integral nonlinearity: every code plus the entry of the table at that code.',
    nan: 'propagate',
    tolerance: 'A',
    faults: ['w_in holds a code that has no entry in the table: give one for all codes of the converter'],
    compiled: false,
    reference: inlCorrection,
  }),
  kernel({
    name: 'get_wf_centroid',
    signature: '(n),()->()',
    types: ['ff->f', 'dd->d'],
    args: [
      waveform,
      {
        name: 'shift',
        doc: 'added to the result, 0 to n - 1',
        unit: 'samples',
        nanAllowed: true,
        range: { low: 0, high: 'n - 1' },
      },
      { name: 'centroid', doc: 'place; NaN without a change of sign', unit: 'samples', output: true },
    ],
    doc: 'Rounded mean of the first positive and the last negative sample between the smallest and the largest sample, plus the shift.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ shift }, { n }) => range('shift', shift, 0, n - 1),
    compiled: false,
    reference: getWfCentroid,
  }),
  kernel({
    name: 'wf_alignment',
    signature: '(n),(),(),(),(m)',
    types: ['fffff->', 'ddddd->'],
    args: [
      waveform,
      { name: 'centroid', doc: 'place c that comes to the middle', unit: 'samples', nanAllowed: true },
      {
        name: 'shift',
        doc: 'most that may be missing at the start, 0 to n',
        unit: 'samples',
        nanAllowed: true,
        range: { low: 0, high: 'n' },
      },
      {
        name: 'size',
        doc: 'length z of the piece, above 0 and at most n',
        unit: 'samples',
        nanAllowed: true,
        range: { low: 0, high: 'n', isAbove: true },
      },
      { name: 'w_out', doc: 'piece of z samples', unit: 'amplitude', output: true },
    ],
    doc: 'Samples c - z/2 to c + z/2; where some are missing at the start the first sample is repeated; where too many are missing, or some at the end, the first z samples.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ centroid, shift, size }, { n, m }) => {
      if (Number.isNaN(centroid)) return 'centroid must not be NaN: choose a default with where()';
      if (!(size > 0 && size <= n))
        return `size must be above 0 and at most ${n.toString()}, not ${size.toString()}`;
      if (m !== size)
        return `the piece has ${size.toString()} samples, the output ${m.toString()}: declare it with that length`;
      return range('shift', shift, 0, n);
    },
    compiled: false,
    reference: wfAlignment,
  }),
  kernel({
    name: 'wf_correction',
    signature: '(n),(m),(),()->(n)',
    types: ['ffii->f', 'ddii->d'],
    args: [
      waveform,
      { name: 'w_corr', doc: 'm corrections, from the start on', unit: 'amplitude' },
      {
        name: 'start_idx',
        doc: 'first corrected sample, 0 to n',
        unit: 'samples',
        range: { low: 0, high: 'n' },
      },
      {
        name: 'stop_idx',
        doc: 'end of the corrected samples, 1 to n',
        unit: 'samples',
        range: { low: 1, high: 'n' },
      },
      { name: 'w_out', doc: 'corrected waveform', unit: 'amplitude', output: true },
    ],
    doc: 'y_i = x_i - c_{i - start} from start up to stop; the other samples are copied.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ start_idx: start, stop_idx: stop }, { n, m }) =>
      range('start_idx', start, 0, n) ??
      range('stop_idx', stop, 1, n) ??
      (start < stop
        ? undefined
        : `stop_idx (${stop.toString()}) must be behind start_idx (${start.toString()})`) ??
      (stop - start <= m
        ? undefined
        : `${(stop - start).toString()} samples are to be corrected, the correction has ${m.toString()}`),
    compiled: false,
    reference: wfCorrection,
  }),
  kernel({
    name: 'pad',
    signature: '(n),(),(),(),(),(m)',
    types: ['fdffff->', 'dddddd->'],
    args: [
      { name: 'w_in', doc: 'n elements, the first of which are used' },
      { name: 'len_in', doc: 'number of used elements, at most n', range: { low: 0, high: 'n' } },
      { name: 'offset', doc: 'number of start values, a whole number', range: { low: 0, isWhole: true } },
      { name: 'start_val', doc: 'value before the used elements' },
      { name: 'end_val', doc: 'value behind them' },
      { name: 'w_out', doc: 'm values, at least offset + len_in', output: true },
    ],
    doc: 'The start value offset times, the used elements, then the end value. A NaN among the used elements makes the row NaN.',
    nan: 'own',
    tolerance: 'A',
    faults: [
      'len_in must not be above the number of elements: more elements are used than there are',
      'offset must be a whole number, at least 0: round it first',
      'offset and used elements do not fit into the output: declare it longer',
    ],
    compiled: false,
    reference: pad,
  }),
  kernel({
    name: 'step',
    signature: '(),(n)',
    types: ['ff->', 'dd->'],
    args: [
      { name: 'weight_pos', doc: 'not used' },
      { name: 'kernel', doc: 'n weights', output: true },
    ],
    doc: '-1 in the first quarter, +1 in the middle half, -1 in the last quarter.',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: step,
  }),
];
