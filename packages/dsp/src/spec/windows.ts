import { interpolatingUpsampler } from '../reference/interpolating-upsampler.reference.js';
import {
  movingWindowLeft,
  movingWindowMulti,
  movingWindowRight,
} from '../reference/moving-window.reference.js';
import { presum } from '../reference/presum.reference.js';
import { upsampler } from '../reference/upsampler.reference.js';
import { windower } from '../reference/windower.reference.js';
import { notNegative, whole } from './checks.js';
import { type ArgumentSpec, kernel } from './kernel-spec.js';

function windowFault(length: number, n: number): string | undefined {
  return length >= 0 && length < n
    ? undefined
    : `length must be at least 0 and less than the waveform's ${n.toString()} samples, not ${length.toString()}`;
}

const windowArguments = [
  { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
  { name: 'length', doc: 'length of the window', unit: 'samples', range: { low: 0, high: 'n - 1' } },
  { name: 'w_out', doc: 'averaged waveform', unit: 'amplitude', output: true },
] as const satisfies readonly ArgumentSpec[];

/** Moving windows, cuts, and other numbers of samples. */
export const windows = [
  kernel({
    name: 'moving_window_left',
    signature: '(n),()->(n)',
    types: ['ff->f', 'dd->d'],
    args: windowArguments,
    doc: 'Running average of the last L samples; y_i = y_{i-1} + (x_i - x_{i-L}) / L, with x_0 before the start.',
    nan: 'propagate',
    tolerance: 'B',
    check: ({ length }, { n }) => windowFault(length, n),
    compiled: true,
    reference: movingWindowLeft,
  }),
  kernel({
    name: 'moving_window_right',
    signature: '(n),()->(n)',
    types: ['ff->f', 'dd->d'],
    args: windowArguments,
    doc: 'Running average of the next L samples: moving_window_left from the other end.',
    nan: 'propagate',
    tolerance: 'B',
    check: ({ length }, { n }) => windowFault(length, n),
    compiled: true,
    reference: movingWindowRight,
  }),
  kernel({
    name: 'moving_window_multi',
    signature: '(n),(),(),()->(n)',
    types: ['fffi->f', 'dddi->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      {
        name: 'length',
        doc: 'length of the window, whole',
        unit: 'samples',
        range: { low: 0, high: 'n - 1' },
      },
      { name: 'num_mw', doc: 'how many times, whole', range: { low: 0, isWhole: true } },
      { name: 'mw_type', doc: '0 left and right in turn, 1 left, 2 right', range: { choices: [0, 1, 2] } },
      {
        name: 'w_out',
        doc: 'averaged waveform; NaN when the number of times is 0',
        unit: 'amplitude',
        output: true,
      },
    ],
    doc: 'Several running averages, one after the other.',
    nan: 'propagate',
    tolerance: 'B',
    check: ({ length, num_mw: count }, { n }) =>
      whole('length', length) ??
      whole('num_mw', count) ??
      windowFault(length, n) ??
      notNegative('num_mw', count),
    scratch: ({ n }) => 32 * n,
    compiled: true,
    reference: movingWindowMulti,
  }),
  kernel({
    name: 'windower',
    signature: '(n),(),(m)',
    types: ['fff->', 'ddd->'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 't0_in', doc: 'start of the window; its whole part counts', unit: 'samples' },
      { name: 'w_out', doc: 'm < n samples; NaN outside the waveform', unit: 'amplitude', output: true },
    ],
    doc: 'The samples from a start on.',
    nan: 'propagate',
    tolerance: 'A',
    check: (_, { n, m }) =>
      m < n
        ? undefined
        : `the window (${m.toString()} samples) must be shorter than the waveform (${n.toString()})`,
    compiled: true,
    reference: windower,
  }),
  kernel({
    name: 'presum',
    signature: '(n),(),(),(m)',
    types: ['ffff->', 'dddd->'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'do_norm', doc: '1 averages, 0 sums', range: { choices: [0, 1] } },
      { name: 'ps_fact', doc: 'k = floor(n / m)', output: true },
      { name: 'w_out', doc: 'm values', unit: 'amplitude', output: true },
    ],
    doc: 'Sums (or averages) of k neighbouring samples; what is left over is dropped.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ do_norm: norm }) =>
      norm === 0 || norm === 1 ? undefined : `do_norm must be 0 or 1, not ${norm.toString()}`,
    compiled: true,
    reference: presum,
  }),
  kernel({
    name: 'upsampler',
    signature: '(n),(),(m)',
    types: ['fff->', 'ddd->'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'upsample', doc: 'factor, above 0', range: { low: 0, isAbove: true } },
      { name: 'w_out', doc: 'm values; NaN where no sample falls', unit: 'amplitude', output: true },
    ],
    doc: 'Every sample repeated around its place.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ upsample }) =>
      upsample > 0 ? undefined : `upsample must be above 0, not ${upsample.toString()}`,
    compiled: true,
    reference: upsampler,
  }),
  kernel({
    name: 'interpolating_upsampler',
    signature: '(n),(),(m)',
    types: ['fbf->', 'dbd->'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      {
        name: 'mode_in',
        doc: 'i zeros between, n nearest, f before, c behind, l line, h cubic Hermite, s natural cubic spline',
        range: { choices: ['i', 'n', 'f', 'c', 'l', 'h', 's'] },
      },
      { name: 'w_out', doc: 'm values', unit: 'amplitude', output: true },
    ],
    doc: 'The waveform at m places instead of n, interpolated.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ mode_in: mode }, { n, m }) => {
      const letter = String.fromCharCode(mode);
      if (!'infclhs'.includes(letter)) return `mode '${letter}' does not exist: choose i, n, f, c, l, h or s`;
      return letter === 'i' && m % n !== 0
        ? `mode 'i' needs a whole multiple of ${n.toString()} samples, not ${m.toString()}`
        : undefined;
    },
    scratch: ({ n }) => 32 * n,
    compiled: true,
    reference: interpolatingUpsampler,
  }),
];
