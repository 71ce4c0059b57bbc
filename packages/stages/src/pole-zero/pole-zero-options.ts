import { z } from 'zod';
import { chosenRows, expression } from '../analysis/shared-options.js';

const double = z.strictObject({
  tau1: expression.default('tau1').meta({
    title: 'Longer constant',
    description: 'Column or expression in µs, as optimize_2pz of a chain gives it for every pulse',
  }),
  tau2: expression.default('tau2').meta({ title: 'Shorter constant', unit: 'us' }),
  fraction: expression.default('frac').meta({ title: 'Share of the shorter one' }),
  parameter: z
    .string()
    .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the name behind db., such as pz')
    .default('pz')
    .meta({ title: 'Parameter', description: 'Behind db.: <name>.tau1, <name>.tau2 and <name>.frac' }),
});
/** Where two decay constants of every pulse are. */
export type DoubleOptions = z.infer<typeof double>;

const superpulse = z
  .strictObject({
    waveform: z.string().min(1).default('waveform').meta({ title: 'Waveform', description: 'Of raw tables' }),
    baseline: z.int().min(5).max(100_000).default(25).meta({
      title: 'Baseline',
      description: 'Samples at the beginning whose mean is taken off',
      unit: 'samples',
    }),
    reach: z.int().min(0).max(10_000).default(13).meta({
      title: 'Reach',
      description: 'How far the top of a pulse may be from the middle of all',
      unit: 'samples',
    }),
    from: z
      .number()
      .min(0)
      .optional()
      .meta({ title: 'Lowest height', description: 'Over the baseline', unit: 'ADC' }),
    to: z.number().positive().optional().meta({ title: 'Largest height', unit: 'ADC' }),
    nMax: z
      .int()
      .positive()
      .max(20_000)
      .default(2000)
      .meta({ title: 'Most rows', description: 'How many waveforms of each table are used' }),
    parameter: z
      .string()
      .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the name behind db., such as pz')
      .default('pz')
      .meta({ title: 'Parameter', description: 'Behind db.: <name>.tau1, <name>.tau2 and <name>.frac' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || to > from, {
    path: ['to'],
    message: 'must be above the lowest height',
  });
/** Which pulses a mean pulse is made of. */
export type SuperpulseChoice = z.infer<typeof superpulse>;

/** Options of find_decay_constant. */
export const poleZeroOptions = z.strictObject({
  slope: z.string().min(1).max(1000).default('tail_slope').meta({
    title: 'Slope',
    description:
      'Column or expression: change of the logarithm of the tail per sample, such as linear_slope_fit gives',
  }),
  double: double.optional().meta({
    title: 'Two decay constants',
    description: 'For the correction with two constants, instead of one from the slope',
  }),
  superpulse: superpulse.optional().meta({
    title: 'Mean pulse',
    description: 'Two decay constants from the mean of aligned pulses of raw tables; instead of all others',
  }),
  periodNs: z.number().positive().default(16).meta({ title: 'Sample period', unit: 'ns' }),
  ...chosenRows,
  parameter: z
    .string()
    .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the name behind db., such as pz.tau')
    .default('pz.tau')
    .meta({ title: 'Parameter', description: 'What chains call it behind db.' }),
});
/** Options of find_decay_constant with defaults filled in. */
export type PoleZeroOptions = z.infer<typeof poleZeroOptions>;

/** The expressions whose values the constants are found from. */
export function decayExpressions({ slope, double: two }: PoleZeroOptions): string[] {
  return two === undefined ? [slope] : [two.tau1, two.tau2, two.fraction];
}
