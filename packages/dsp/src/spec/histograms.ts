import { fullHistogram, histogram, histogramAroundMode } from '../reference/histogram.reference.js';
import { histogramPeakstats, histogramStats } from '../reference/histogram-peak.reference.js';
import { type ArgumentSpec, kernel, type Sizes } from './kernel-spec.js';

const histogramArguments = [
  { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
  { name: 'weights_out', doc: 'm counts; all 0 when a sample is NaN', output: true },
  { name: 'borders_out', doc: 'm + 1 edges of the bins', unit: 'amplitude', output: true },
] as const satisfies readonly ArgumentSpec[];

/** Values that are counted one by one in waveforms of whole numbers, at most. */
const mostValues = 1024;

/** Two tables of m bins, and two of single values. */
function workingMemory({ m }: Sizes): number {
  return 288 + 32 * (m + 1) + 32 * (mostValues + 1);
}

function oneMoreEdge(bins: number, edges: number): string | undefined {
  return edges === bins + 1
    ? undefined
    : `${bins.toString()} bins have ${(bins + 1).toString()} edges, not ${edges.toString()}`;
}

/** Histograms of a waveform's samples, their peaks and widths. */
export const histograms = [
  kernel({
    name: 'histogram',
    signature: '(n),(m),(p)',
    types: ['fff->', 'ddd->'],
    args: histogramArguments,
    doc: 'Counts in m equal bins between the smallest and the largest sample. The largest sample is in no bin (as in stored results), so a constant waveform has an empty histogram. A NaN sample gives no counts and NaN edges.',
    nan: 'own',
    tolerance: 'A',
    check: (_, { m, p }) => oneMoreEdge(m, p),
    scratch: workingMemory,
    compiled: true,
    reference: histogram,
  }),
  kernel({
    name: 'histogram_full',
    signature: '(n),(m),(p)',
    types: ['fff->', 'ddd->'],
    args: histogramArguments,
    doc: 'As histogram, but with the largest sample in the last bin: all n samples are counted. A constant waveform fills the first bin.',
    nan: 'own',
    tolerance: 'A',
    check: (_, { m, p }) => oneMoreEdge(m, p),
    compiled: false,
    reference: fullHistogram,
  }),
  kernel({
    name: 'histogram_around_mode',
    signature: '(n),(),(),(m),(p)',
    types: ['fffff->', 'ddddd->'],
    args: [
      { name: 'w_in', doc: 'waveform without NaN', unit: 'amplitude' },
      {
        name: 'center',
        doc: 'middle of the middle bin; NaN: the most frequent value, rounded to a multiple of bin_width',
        unit: 'amplitude',
        nanAllowed: true,
      },
      { name: 'bin_width', doc: 'width of a bin', unit: 'amplitude', range: { low: 0, isAbove: true } },
      { name: 'weights_out', doc: 'm counts', output: true },
      { name: 'borders_out', doc: 'm + 1 edges of the bins', unit: 'amplitude', output: true },
    ],
    doc: 'Counts in m bins of a given width; the first edge is center - bin_width floor(m / 2) - bin_width / 2. Samples outside are dropped.',
    nan: 'own',
    tolerance: 'A',
    check: (_, { m, p }) => oneMoreEdge(m, p),
    faults: ['a sample of the waveform is NaN'],
    scratch: workingMemory,
    compiled: true,
    reference: histogramAroundMode,
  }),
  kernel({
    name: 'histogram_peakstats',
    signature: '(n),(m),(),(),()->(),()',
    types: ['fffii->ff', 'dddii->dd'],
    args: [
      { name: 'weights_in', doc: 'counts, without NaN' },
      { name: 'edges_in', doc: 'n + 1 edges of the bins', unit: 'amplitude' },
      {
        name: 'max_in',
        doc: 'where the peak is; NaN: in the first fullest bin',
        unit: 'amplitude',
        nanAllowed: true,
      },
      { name: 'skip_zeroes', doc: '1 passes over empty bins, 0 does not', range: { choices: [0, 1] } },
      {
        name: 'width_type',
        doc: '0 sum of both half widths, 1 the smaller, 2 the larger, 3 the left, 4 the right one',
        range: { choices: [0, 1, 2, 3, 4] },
      },
      { name: 'mode_out', doc: 'middle of the peak bin', unit: 'amplitude', output: true },
      { name: 'width_out', doc: 'width at half height', unit: 'amplitude', output: true },
    ],
    doc: 'Place and width of a peak. A half width reaches from the middle of the peak bin to the near edge of the first bin with at most half the counts, or to the end of the histogram.',
    nan: 'own',
    tolerance: 'A',
    check: ({ width_type: type }, { n, m }) =>
      oneMoreEdge(n, m) ??
      (type >= 0 && type <= 4 && Number.isInteger(type)
        ? undefined
        : `width_type must be 0, 1, 2, 3 or 4, not ${type.toString()}`),
    faults: ['a count of the histogram is NaN'],
    compiled: true,
    reference: histogramPeakstats,
  }),
  kernel({
    name: 'histogram_stats',
    signature: '(n),(m),(),(),(),()',
    types: ['ffffff->', 'dddddd->'],
    args: [
      { name: 'weights_in', doc: 'counts; NaN makes all results NaN' },
      { name: 'edges_in', doc: 'n + 1 edges of the bins', unit: 'amplitude' },
      { name: 'mode_out', doc: 'index of the peak bin', output: true },
      { name: 'max_out', doc: 'left edge of the peak bin', unit: 'amplitude', output: true },
      {
        name: 'fwhm_out',
        doc: 'larger distance from max_out to the left edges of the bins at half height; NaN when none follows the peak',
        unit: 'amplitude',
        output: true,
      },
      {
        name: 'max_in',
        doc: 'where the peak is (the nearest edge counts); NaN: in the first fullest bin',
        unit: 'amplitude',
        nanAllowed: true,
      },
    ],
    doc: 'Place and half width of a peak; histogram_peakstats is the more careful one. Empty bins are passed over.',
    nan: 'own',
    tolerance: 'A',
    check: (_, { n, m }) => oneMoreEdge(n, m),
    compiled: true,
    reference: histogramStats,
  }),
];
