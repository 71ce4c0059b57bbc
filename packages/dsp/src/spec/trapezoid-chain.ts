import { trapPoleZero } from '../reference/trap-pole-zero.reference.js';
import { fits, notNegative } from './checks.js';
import { kernel } from './kernel-spec.js';

/** Steps of the usual energy filter in one processor. */
export const trapezoidChain = [
  kernel({
    name: 'trap_pole_zero',
    signature: '(n),(),(),(),()->(n)',
    types: ['fffii->f', 'dddii->d'],
    args: [
      { name: 'w_in', doc: 'waveform as it was recorded', unit: 'amplitude' },
      { name: 'a_baseline', doc: 'resting baseline that is taken away', unit: 'amplitude' },
      {
        name: 't_tau',
        doc: 'decay time that is taken out',
        unit: 'samples',
        range: { low: 0, isAbove: true },
      },
      { name: 'rise', doc: 'length of rise and fall', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'flat', doc: 'length of the flat top', unit: 'samples', range: { low: 0, high: 'n' } },
      { name: 'w_out', doc: 'trapezoid with the height of the pulse', unit: 'amplitude', output: true },
    ],
    doc: 'Baseline and pole-zero correction inside the trapezoid: trap_norm(pole_zero(x - baseline)), as one step without results in between.',
    nan: 'propagate',
    tolerance: 'B',
    check: ({ rise, flat }, { n }) =>
      notNegative('rise', rise) ?? notNegative('flat', flat) ?? fits(2 * rise + flat, n),
    faults: ['the result holds a NaN: the waveform has an infinite sample'],
    scratch: ({ n }) => 32 * n,
    compiled: true,
    functions: ['trap_pole_zero', 'trap_pole_zero_top'],
    top: 'trap_pole_zero_top',
    reference: trapPoleZero,
  }),
];
