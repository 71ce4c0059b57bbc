import { avgCurrent } from '../reference/avg-current.reference.js';
import * as old from '../reference/seed-2021.reference.js';
import { trapPickoff } from '../reference/trap-pickoff.reference.js';
import { asymTrapFilter, trapFilter, trapNorm } from '../reference/trapezoid.reference.js';
import { fits, index, notNegative } from './checks.js';
import { type ArgumentSpec, type KernelSpec, kernel } from './kernel-spec.js';
import { seed2021Factories } from './seed-2021-factories.js';

const waveform = { name: 'wf_in', doc: 'waveform', unit: 'amplitude' } as const satisfies ArgumentSpec;
const result = {
  name: 'wf_out',
  doc: 'result',
  unit: 'amplitude',
  output: true,
} as const satisfies ArgumentSpec;
const rise = {
  name: 'rise',
  doc: 'length of rise and fall',
  unit: 'samples',
} as const satisfies ArgumentSpec;
const flat = { name: 'flat', doc: 'length of the flat top', unit: 'samples' } as const satisfies ArgumentSpec;

function trapezoidFault(parts: readonly (readonly [string, number])[], n: number): string | undefined {
  return (
    parts.map(([name, length]) => notNegative(name, length)).find((fault) => fault !== undefined) ??
    fits(
      parts.reduce((sum, [, length]) => sum + length, 0),
      n,
    )
  );
}

/** What the specifications of 2021 have in common: NaN goes through the arithmetic, nothing looks for it. */
function of2021<const Name extends string>(
  spec: Omit<Parameters<typeof kernel<Name>>[0], 'module' | 'nan' | 'tolerance' | 'compiled' | 'vectors'>,
): KernelSpec {
  return kernel({
    ...spec,
    module: 'pygama.dsp.processors',
    nan: 'own',
    tolerance: 'B',
    vectors: [`seed2021.${spec.name}`],
    compiled: false,
  });
}

/**
 * Processors as pygama.dsp.processors had them in 2021: fewer arguments, no test for NaN, other rounding. Configurations
 * of that time name that module and get these, so that stored results can be made again.
 */
export const seed2021: readonly KernelSpec[] = [
  ...seed2021Factories,
  of2021({
    name: 'trap_filter',
    signature: '(n),(),()->(n)',
    types: ['fii->f', 'dii->d'],
    args: [waveform, rise, flat, result],
    doc: 'Trapezoid by a running sum; NaN from the first NaN on.',
    check: (scalars, { n }) =>
      trapezoidFault(
        [
          ['rise', scalars.rise],
          ['flat', scalars.flat],
          ['rise', scalars.rise],
        ],
        n,
      ),
    reference: trapFilter,
  }),
  of2021({
    name: 'trap_norm',
    signature: '(n),(),()->(n)',
    types: ['fii->f', 'dii->d'],
    args: [waveform, rise, flat, result],
    doc: 'Trapezoid divided by its rise; NaN from the first NaN on.',
    check: (scalars, { n }) =>
      trapezoidFault(
        [
          ['rise', scalars.rise],
          ['flat', scalars.flat],
          ['rise', scalars.rise],
        ],
        n,
      ),
    reference: trapNorm,
  }),
  of2021({
    name: 'asymTrapFilter',
    signature: '(n),(),(),()->(n)',
    types: ['fiii->f', 'diii->d'],
    args: [waveform, rise, flat, { name: 'fall', doc: 'length of the fall', unit: 'samples' }, result],
    doc: 'Trapezoid with a fall of its own length; NaN from the first NaN on. asym_trap_filter today.',
    check: (scalars, { n }) =>
      trapezoidFault(
        [
          ['rise', scalars.rise],
          ['flat', scalars.flat],
          ['fall', scalars.fall],
        ],
        n,
      ),
    reference: asymTrapFilter,
  }),
  of2021({
    name: 'trap_pickoff',
    signature: '(n),(),(),()->()',
    types: ['fiii->f', 'diii->d'],
    args: [
      waveform,
      rise,
      flat,
      { name: 'pickoff_time', doc: 'last sample of the later average', unit: 'samples' },
      { name: 'value_out', doc: 'difference of the averages', unit: 'amplitude', output: true },
    ],
    doc: 'The value that trap_norm would have at one time; NaN where the averages do not fit.',
    check: (scalars, { n }) =>
      trapezoidFault(
        [
          ['rise', scalars.rise],
          ['flat', scalars.flat],
          ['rise', scalars.rise],
        ],
        n,
      ),
    reference: trapPickoff,
  }),
  of2021({
    name: 'avg_current',
    signature: '(n),(),(m)',
    types: ['fif->', 'did->'],
    args: [
      waveform,
      { name: 'n', doc: 'distance L of the two samples', unit: 'samples' },
      { name: 'deriv', doc: 'n - L values', output: true },
    ],
    doc: '(x_{i+L} - x_i) / L.',
    check: ({ n: length }, { n, m }) =>
      index('n', length, 1, n - 1) ??
      (m > n - length
        ? `the output has ${m.toString()} samples, only ${(n - length).toString()} exist: declare it with that length`
        : undefined),
    reference: avgCurrent,
  }),
  of2021({
    name: 'pole_zero',
    signature: '(n),()->(n)',
    types: ['ff->f', 'dd->d'],
    args: [waveform, { name: 'tau', doc: 'decay time', unit: 'samples' }, result],
    doc: 'Pole-zero correction with a running value in the type of the waveform: drifts in float32.',
    reference: old.poleZero2021,
  }),
  of2021({
    name: 'double_pole_zero',
    signature: '(n),(),(),()->(n)',
    types: ['ffff->f', 'dddd->d'],
    args: [
      waveform,
      { name: 'tau1', doc: 'longer decay time', unit: 'samples' },
      { name: 'tau2', doc: 'shorter decay time', unit: 'samples' },
      { name: 'frac', doc: 'share of the shorter one' },
      result,
    ],
    doc: 'Double pole-zero correction with 1 / tau in place of exponentials.',
    reference: old.doublePoleZero2021,
  }),
  of2021({
    name: 'linear_fit',
    signature: '(n)->(),()',
    types: ['f->ff', 'd->dd'],
    args: [
      waveform,
      { name: 'b', doc: 'intercept', unit: 'amplitude', output: true },
      { name: 'm', doc: 'slope per sample', output: true },
    ],
    doc: 'Straight line m i + b by least squares, sums in double.',
    reference: old.linearFit2021,
  }),
  of2021({
    name: 'linear_slope_fit',
    signature: '(n)->(),(),(),()',
    types: ['f->ffff', 'd->dddd'],
    args: [
      waveform,
      { name: 'mean_y', doc: 'mean', unit: 'amplitude', output: true },
      {
        name: 'sigma_y',
        doc: 'root of the squared distances from the running mean over n + 1',
        unit: 'amplitude',
        output: true,
      },
      { name: 'slope', doc: 'slope per sample', output: true },
      { name: 'intercept', doc: 'intercept', unit: 'amplitude', output: true },
    ],
    doc: 'Mean, deviation (smaller than the usual one), and straight line.',
    reference: old.linearSlopeFit2021,
  }),
  of2021({
    name: 'log_check',
    signature: '(n)->(n)',
    types: ['f->f', 'd->d'],
    args: [
      waveform,
      { name: 'log_wf', doc: 'logarithm; NaN everywhere when a sample is negative', output: true },
    ],
    doc: 'Natural logarithm; a sample of 0 gives minus infinity.',
    reference: old.logCheck2021,
  }),
  of2021({
    name: 'min_max',
    signature: '(n)->(),(),(),()',
    types: ['f->iiff', 'd->iidd', 'd->dddd'],
    args: [
      waveform,
      { name: 'argmin', doc: 'first place of the smallest sample', unit: 'samples', output: true },
      { name: 'argmax', doc: 'first place of the largest sample', unit: 'samples', output: true },
      { name: 'wf_min', doc: 'smallest sample', unit: 'amplitude', output: true },
      { name: 'wf_max', doc: 'largest sample', unit: 'amplitude', output: true },
    ],
    doc: 'Smallest and largest sample and their places as whole numbers; NaN samples are passed over.',
    reference: old.minMax2021,
  }),
  of2021({
    name: 'presum',
    signature: '(n),(m)',
    types: ['ff->', 'dd->'],
    args: [waveform, { name: 'wf_out', doc: 'm sums', unit: 'amplitude', output: true }],
    doc: 'Sums of floor(n / m) neighbours; the rest is dropped.',
    reference: old.presum2021,
  }),
  of2021({
    name: 'fixed_time_pickoff',
    signature: '(n),()->()',
    types: ['fi->f', 'di->d'],
    args: [
      waveform,
      { name: 'time', doc: 'time', unit: 'samples' },
      { name: 'value_out', doc: 'sample at it; NaN outside', unit: 'amplitude', output: true },
    ],
    doc: 'The sample at a whole time.',
    reference: old.fixedTimePickoff2021,
  }),
  of2021({
    name: 'time_point_frac',
    signature: '(n),(),()->()',
    types: ['ffi->i', 'ddi->i'],
    args: [
      waveform,
      { name: 'frac', doc: 'share of the height' },
      { name: 'tp_max', doc: 'place of the maximum', unit: 'samples' },
      { name: 'tp_out', doc: 'nearest sample; 0 when it is never below', unit: 'samples', output: true },
    ],
    doc: 'Where the waveform reaches a share of its maximum, going left from it.',
    check: ({ tp_max: place }, { n }) => index('tp_max', place, 0, n - 1),
    reference: old.timePointFrac2021,
  }),
  of2021({
    name: 'time_point_thresh',
    signature: '(n),(),()->()',
    types: ['ffi->i', 'ddi->i'],
    args: [
      waveform,
      { name: 'threshold', doc: 'level', unit: 'amplitude' },
      { name: 'tp_max', doc: 'place of the maximum', unit: 'samples' },
      {
        name: 'tp_out',
        doc: 'sample above the crossing; 0 when there is none',
        unit: 'samples',
        output: true,
      },
    ],
    doc: 'Rising crossing of a level, going left from the maximum: x_{i-1} < level < x_i.',
    reference: old.timePointThresh2021,
  }),
];
