import { avgCurrent } from '../reference/avg-current.reference.js';
import { doublePoleZero } from '../reference/double-pole-zero.reference.js';
import { poleZero } from '../reference/pole-zero.reference.js';
import { rcCr2 } from '../reference/rc-cr2.reference.js';
import { trapPickoff } from '../reference/trap-pickoff.reference.js';
import { asymTrapFilter, trapFilter, trapNorm } from '../reference/trapezoid.reference.js';
import { fits, notNegative, whole } from './checks.js';
import { kernel } from './kernel-spec.js';

const trapezoidArguments = [
  { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
  { name: 'rise', doc: 'length of rise and fall', unit: 'samples', range: { low: 0, high: 'n' } },
  { name: 'flat', doc: 'length of the flat top', unit: 'samples', range: { low: 0, high: 'n' } },
  { name: 'w_out', doc: 'filtered waveform', unit: 'amplitude', output: true },
] as const;

function trapezoidFault(rise: number, flat: number, fall: number, n: number): string | undefined {
  return (
    notNegative('rise', rise) ??
    notNegative('flat', flat) ??
    notNegative('fall', fall) ??
    fits(rise + flat + fall, n)
  );
}

/** Pole-zero correction, trapezoids, differences. */
export const filters = [
  kernel({
    name: 'pole_zero',
    signature: '(n),()->(n)',
    types: ['ff->f', 'dd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      {
        name: 't_tau',
        doc: 'decay time that is taken out',
        unit: 'samples',
        range: { low: 0, isAbove: true },
      },
      {
        name: 'w_out',
        doc: 'waveform whose exponential tail has become flat',
        unit: 'amplitude',
        output: true,
      },
    ],
    doc: 'y_0 = x_0, y_i = y_{i-1} + x_i - exp(-1/tau) x_{i-1}, the sum in double.',
    nan: 'propagate',
    tolerance: 'A',
    faults: ['the result holds a NaN: the waveform has an infinite sample'],
    compiled: true,
    reference: poleZero,
  }),
  kernel({
    name: 'trap_filter',
    signature: '(n),(),()->(n)',
    types: ['fii->f', 'dii->d'],
    args: trapezoidArguments,
    doc: 'y_i = y_{i-1} + x_i - x_{i-r} - x_{i-r-f} + x_{i-2r-f}; terms before the start are absent.',
    nan: 'propagate',
    tolerance: 'B',
    check: ({ rise, flat }, { n }) => trapezoidFault(rise, flat, rise, n),
    compiled: true,
    functions: ['trap_filter', 'trap_filter_top', 'trap_filter_at'],
    top: 'trap_filter_top',
    at: 'trap_filter_at',
    reference: trapFilter,
  }),
  kernel({
    name: 'trap_norm',
    signature: '(n),(),()->(n)',
    types: ['fii->f', 'dii->d'],
    args: trapezoidArguments,
    doc: 'trap_filter with every step divided by the rise: the flat top is the height of a step.',
    nan: 'propagate',
    tolerance: 'B',
    check: ({ rise, flat }, { n }) => trapezoidFault(rise, flat, rise, n),
    compiled: true,
    functions: ['trap_norm', 'trap_norm_top', 'trap_norm_at'],
    top: 'trap_norm_top',
    at: 'trap_norm_at',
    reference: trapNorm,
  }),
  kernel({
    name: 'asym_trap_filter',
    signature: '(n),(),(),()->(n)',
    types: ['fiii->f', 'diii->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'rise', doc: 'length of the rise', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'flat', doc: 'length of the flat top', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'fall', doc: 'length of the fall', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'w_out', doc: 'filtered waveform', unit: 'amplitude', output: true },
    ],
    doc: 'y_i = y_{i-1} + (x_i - x_{i-r}) / r - (x_{i-r-f} - x_{i-r-f-d}) / d.',
    nan: 'propagate',
    tolerance: 'B',
    check: ({ rise, flat, fall }, { n }) => trapezoidFault(rise, flat, fall, n),
    compiled: true,
    reference: asymTrapFilter,
  }),
  kernel({
    name: 'trap_pickoff',
    signature: '(n),(),(),()->()',
    types: ['fiif->f', 'diid->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 'rise', doc: 'length of each average', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'flat', doc: 'distance between the averages', unit: 'samples', range: { low: 0, high: 'n' } },
      {
        name: 't_pickoff',
        doc: 'last sample of the later average',
        unit: 'samples',
        range: { low: 0, high: 'n - 1', isWhole: true },
      },
      {
        name: 'a_out',
        doc: 'difference of the averages; NaN when they do not fit',
        unit: 'amplitude',
        output: true,
      },
    ],
    doc: 'The value that trap_norm would have at one time: (sum of r samples up to t - sum of r samples before the flat top) / r.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ rise, flat, t_pickoff: time }, { n }) =>
      whole('t_pickoff', time) ?? trapezoidFault(rise, flat, rise, n),
    compiled: true,
    reference: trapPickoff,
  }),
  kernel({
    name: 'avg_current',
    signature: '(n),(),(m)',
    types: ['fff->', 'ddd->'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      {
        name: 'length',
        doc: 'distance L of the two samples',
        unit: 'samples',
        range: { low: 0, high: 'n - 1' },
      },
      { name: 'w_out', doc: 'n - L values', output: true },
    ],
    doc: 'y_i = (x_{i+L} - x_i) / L. The index uses the whole part of L, the division all of it.',
    nan: 'propagate',
    tolerance: 'A',
    check: ({ length }, { n, m }) => {
      if (!(length >= 0 && length < n)) {
        return `length must be at least 0 and less than the waveform's ${n.toString()} samples, not ${length.toString()}`;
      }
      const room = n - Math.floor(length);
      return m > room
        ? `the output has ${m.toString()} samples, only ${room.toString()} exist: declare it with that length`
        : undefined;
    },
    compiled: true,
    reference: avgCurrent,
  }),
  kernel({
    name: 'double_pole_zero',
    signature: '(n),(),(),()->(n)',
    types: ['ffff->f', 'dddd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 't_tau1', doc: 'longer decay time', unit: 'samples', range: { low: 0, isAbove: true } },
      { name: 't_tau2', doc: 'shorter decay time', unit: 'samples', range: { low: 0, isAbove: true } },
      { name: 'frac', doc: 'share of the shorter one', range: { low: 0, high: 1 } },
      { name: 'w_out', doc: 'waveform whose tail has become flat', unit: 'amplitude', output: true },
    ],
    doc: 'Makes a step of (1 - f) exp(-t/tau1) + f exp(-t/tau2), the recursion in double.',
    nan: 'propagate',
    tolerance: 'A',
    check: (_, { n }) =>
      n > 3 ? undefined : `the waveform has only ${n.toString()} samples; more than 3 are needed`,
    scratch: () => 96,
    compiled: true,
    reference: doublePoleZero,
  }),
  kernel({
    name: 'rc_cr2',
    signature: '(n),()->(n)',
    types: ['ff->f', 'dd->d'],
    args: [
      { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
      { name: 't_tau', doc: 'shaping time', unit: 'samples', range: { low: 0, isAbove: true } },
      { name: 'w_out', doc: 'shaped waveform', unit: 'amplitude', output: true },
    ],
    doc: 'RC-(CR)^2 shaping with a = exp(-1/tau): y_i = 3 a y_{i-1} - 3 a^2 y_{i-2} + a^3 y_{i-3} + x_i - 2 x_{i-1} + x_{i-2}.',
    nan: 'propagate',
    tolerance: 'A',
    check: (_, { n }) =>
      n > 3 ? undefined : `the waveform has only ${n.toString()} samples; more than 3 are needed`,
    faults: ['the result holds a NaN: the waveform has an infinite sample'],
    compiled: true,
    reference: rcCr2,
  }),
];
