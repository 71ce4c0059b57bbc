import { multiLocalExtrema, multiLocalExtremaStrict } from '../reference/multi-local-extrema.reference.js';
import {
  multiAFilter,
  multiTFilter,
  peakSnrThreshold,
  removeDuplicates,
} from '../reference/peak-lists.reference.js';
import { notNegative } from './checks.js';
import { type ArgumentSpec, kernel, type Sizes } from './kernel-spec.js';

const extremaArguments = [
  { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
  {
    name: 'a_delta_max_in',
    doc: 'how far the waveform must fall after a maximum',
    unit: 'amplitude',
    range: { low: 0 },
  },
  {
    name: 'a_delta_min_in',
    doc: 'how far the waveform must rise after a minimum',
    unit: 'amplitude',
    range: { low: 0 },
  },
  {
    name: 'search_direction',
    doc: '0 forward, 1 backward, 2 found in both, 3 found in one of them',
    range: { choices: [0, 1, 2, 3] },
  },
  { name: 'a_abs_max_in', doc: 'maxima must be above it', unit: 'amplitude' },
  { name: 'a_abs_min_in', doc: 'minima must be below it', unit: 'amplitude' },
  { name: 'vt_max_out', doc: 'places of maxima, then NaN', unit: 'samples', output: true },
  { name: 'vt_min_out', doc: 'places of minima, then NaN', unit: 'samples', output: true },
  { name: 'n_max_out', doc: 'number of maxima', output: true },
  { name: 'n_min_out', doc: 'number of minima', output: true },
] as const satisfies readonly ArgumentSpec[];

function room({ n, m }: Sizes): string | undefined {
  return m < n
    ? undefined
    : `the list has room for ${m.toString()} places, which must be fewer than the waveform's ${n.toString()} samples`;
}

function extremaFault(
  scalars: Readonly<Record<'a_delta_max_in' | 'a_delta_min_in' | 'search_direction', number>>,
  sizes: Sizes,
): string | undefined {
  const { search_direction: direction } = scalars;
  return (
    room(sizes) ??
    notNegative('a_delta_max_in', scalars.a_delta_max_in) ??
    notNegative('a_delta_min_in', scalars.a_delta_min_in) ??
    ([0, 1, 2, 3].includes(direction)
      ? undefined
      : `search_direction must be 0, 1, 2 or 3, not ${direction.toString()}`)
  );
}

/** Several pulses in one waveform. */
export const multiPeak = [
  kernel({
    name: 'get_multi_local_extrema',
    signature: '(n),(),(),(),(),(),(m),(m),(),()',
    types: ['ffffffffII->', 'ddddddddII->'],
    args: extremaArguments,
    doc: 'Maxima and minima in turn, each once the waveform has gone away from it by its delta. In direction 2 the minima are places of maxima, as stored results have them; find_local_extrema has the minima there.',
    nan: 'propagate',
    tolerance: 'A',
    check: extremaFault,
    scratch: ({ m }) => 352 + 128 * m,
    compiled: true,
    reference: multiLocalExtrema,
  }),
  kernel({
    name: 'find_local_extrema',
    signature: '(n),(),(),(),(),(),(m),(m),(),()',
    types: ['ffffffffII->', 'ddddddddII->'],
    args: extremaArguments,
    doc: 'As get_multi_local_extrema; in direction 2 the minima are those that both sweeps have found.',
    nan: 'propagate',
    tolerance: 'A',
    check: extremaFault,
    scratch: ({ m }) => 352 + 128 * m,
    compiled: true,
    reference: multiLocalExtremaStrict,
  }),
  kernel({
    name: 'peak_snr_threshold',
    signature: '(n),(m),(),()->(m),()',
    types: ['ffff->fI', 'dddd->dI'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'idx_in', doc: 'places of candidates, then NaN', unit: 'samples', nanAllowed: true },
      { name: 'ratio_in', doc: 'how deep the neighbourhood may go, as a share of the height' },
      {
        name: 'width_in',
        doc: 'how far the neighbourhood reaches on each side',
        unit: 'samples',
        range: { low: 0 },
      },
      { name: 'idx_out', doc: 'candidates that are kept, then NaN', unit: 'samples', output: true },
      { name: 'n_idx_out', doc: 'number of kept candidates', output: true },
    ],
    doc: 'Keeps candidates c with |smallest sample within the width / x_c| < ratio. The waveform is not tested for NaN.',
    nan: 'own',
    tolerance: 'A',
    compiled: true,
    reference: peakSnrThreshold,
  }),
  kernel({
    name: 'multi_a_filter',
    signature: '(n),(m)->(m)',
    types: ['ff->f', 'dd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'vt_maxs_in', doc: 'whole places, then NaN', unit: 'samples', nanAllowed: true },
      { name: 'va_max_out', doc: 'samples at these places, then NaN', unit: 'amplitude', output: true },
    ],
    doc: 'Values of the waveform at a list of places; NaN outside of the waveform.',
    nan: 'propagate',
    tolerance: 'A',
    check: (_, sizes) => room(sizes),
    faults: ['a place of vt_maxs_in is not a whole number of samples'],
    compiled: true,
    reference: multiAFilter,
  }),
  kernel({
    name: 'multi_t_filter',
    signature: '(n),(),(m),(m),(m)',
    types: ['fffff->', 'ddddd->'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'a_threshold_in', doc: 'level', unit: 'amplitude' },
      { name: 'vt_max_in', doc: 'places of maxima, then NaN', unit: 'samples', nanAllowed: true },
      { name: 'vt_min_in', doc: 'places of minima, then NaN', unit: 'samples', nanAllowed: true },
      { name: 't_out', doc: 'beginning per maximum, then NaN', unit: 'samples', output: true },
    ],
    doc: 'For each maximum the crossing of the level before it (time_point_thresh, backward), then remove_duplicates.',
    nan: 'propagate',
    tolerance: 'A',
    faults: [
      'a place of vt_max_in is not a whole number of samples',
      'a place of vt_max_in is outside of the waveform',
    ],
    scratch: ({ m }) => 4 * m,
    compiled: true,
    reference: multiTFilter,
  }),
  kernel({
    name: 'remove_duplicates',
    signature: '(n),(n)->(n)',
    types: ['ff->f', 'dd->d'],
    args: [
      { name: 't_in', doc: 'times, then NaN', unit: 'samples' },
      { name: 'vt_min_in', doc: 'places of minima, then NaN', unit: 'samples' },
      { name: 't_out', doc: 'times, each once', unit: 'samples', output: true },
    ],
    doc: 'A time that occurs before is replaced by the minimum of the earlier one; a first time of 0 is dropped. All NaN when one list is all NaN.',
    nan: 'own',
    tolerance: 'A',
    compiled: false,
    reference: removeDuplicates,
  }),
];
