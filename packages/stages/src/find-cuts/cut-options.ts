import { z } from 'zod';
import { chosenRows, expression } from '../analysis/shared-options.js';

const level = z.number().positive();
const percent = z.number().gt(0).max(50);
const identifier = /^[A-Za-z_]\w*$/;

const cleaning = z
  .strictObject({
    of: expression.meta({ title: 'Of', description: 'A column or an expression, such as bl_std' }),
    name: z
      .string()
      .regex(identifier, 'a name of letters, digits and _')
      .optional()
      .meta({ title: 'Name', description: 'The flag is is_valid_<name>; the column when absent' }),
    below: level.nullable().default(4).meta({
      title: 'Below',
      description: 'Standard deviations that a value may lie below the mode; empty: no limit',
    }),
    above: level.nullable().default(4).meta({
      title: 'Above',
      description: 'Standard deviations that a value may lie above the mode; empty: no limit',
    }),
    outside: z
      .boolean()
      .default(false)
      .meta({ title: 'Keep what lies outside', description: 'Instead of what lies between the limits' }),
    percentiles: z
      .strictObject({
        low: percent.optional().meta({ title: 'Below', description: 'Is cut off at the low end', unit: '%' }),
        high: percent
          .optional()
          .meta({ title: 'Above', description: 'Is cut off at the high end', unit: '%' }),
      })
      .refine(({ low, high }) => low !== undefined || high !== undefined, 'give one of both')
      .optional()
      .meta({
        title: 'Percentiles',
        description: 'Limits by the share of the fitted distribution that is cut off, instead of deviations',
      }),
    otherwise: z
      .strictObject({
        low: z.number().optional().meta({ title: 'Lowest' }),
        high: z.number().optional().meta({ title: 'Highest' }),
      })
      .refine(({ low, high }) => low !== undefined || high !== undefined, 'give one of both')
      .optional()
      .meta({ title: 'Otherwise', description: 'Limits where none can be found in the values' }),
    classifier: z.boolean().default(false).meta({
      title: 'Classifier',
      description: 'Also <name>_classifier: the value in standard deviations from the middle',
    }),
  })
  .refine(({ name, of }) => name !== undefined || identifier.test(of), {
    path: ['name'],
    message: 'an expression needs a name for its flag',
  })
  .refine(({ below, above }) => below !== null || above !== null, {
    path: ['below'],
    message: 'a window needs a limit on one side at least',
  });
const flag = z.strictObject({
  name: z
    .string()
    .regex(identifier, 'a name of letters, digits and _')
    .meta({ title: 'Name', description: 'The flag is is_valid_<name>' }),
  expression: expression.meta({
    title: 'Is true for',
    description: 'Such as (tp_0 > 40000) & (tp_0 < 60000)',
  }),
});
/** A flag of pulses by an expression that is known beforehand. */
export type FlagOptions = z.infer<typeof flag>;

/** A window of one parameter of pulses. */
export type CleaningOptions = z.infer<typeof cleaning>;

const pulser = z
  .strictObject({
    time: expression.default('timestamp').meta({ title: 'Time', description: 'Of events, in s' }),
    from: z
      .number()
      .default(-1e6)
      .meta({ title: 'From', description: 'Where the pulses are in energy', unit: 'keV' }),
    to: z.number().default(1e6).meta({ title: 'To', unit: 'keV' }),
    multiplicity: z.int().min(2).optional().meta({
      title: 'Multiplicity',
      description:
        'Its pulses are in events that so many channels see at least, by the coincidences of the run',
    }),
    tolerance: z
      .number()
      .positive()
      .default(0.1)
      .meta({ title: 'Tolerance', description: 'How far from a tick an event is a pulse', unit: 's' }),
  })
  .refine(({ from, to }) => to > from, { path: ['to'], message: 'must be above "From"' })
  .refine(({ from, to, multiplicity }) => multiplicity !== undefined || (from > -1e6 && to < 1e6), {
    path: ['from'],
    message: 'give the window of energy of its pulses, or their multiplicity',
  });
/** Where the pulses of a pulser are. */
export type PulserOptions = z.infer<typeof pulser>;

const aoe = z.strictObject({
  of: expression
    .default('A_max/trapEmax')
    .meta({ title: 'A/E', description: 'Amplitude of the current over energy' }),
  keep: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.9)
    .meta({ title: 'Keep', description: 'Fraction of the double escape peak that survives the low cut' }),
  high: level.default(3).meta({ title: 'High cut', unit: 'σ' }),
  time: expression.optional().meta({
    title: 'Time',
    description: 'Of events, such as timestamp: A/E is divided by its mean as it changes over time',
  }),
  drift: z
    .strictObject({
      of: expression.meta({
        title: 'Drift time',
        description: 'A column or an expression, such as tp_max - tp_0',
      }),
      by: z.enum(['groups', 'continuum']).default('groups').meta({
        title: 'Found from',
        description: 'groups: two of the double escape peak; continuum: the bulk of all events between lines',
      }),
    })
    .optional()
    .meta({ title: 'Drift-time correction' }),
});
/** How A/E is cut. */
export type CurrentOptions = z.infer<typeof aoe>;

const lq = z.strictObject({
  of: expression
    .default('lq80/trapEmax')
    .meta({ title: 'LQ', description: 'Charge that arrives late, over energy' }),
  level: level.default(3).meta({ title: 'Cut', unit: 'σ' }),
  drift: expression
    .optional()
    .meta({ title: 'Drift time', description: 'Corrects LQ by a straight line over it; not when absent' }),
});
/** How LQ is cut. */
export type LateChargeOptions = z.infer<typeof lq>;

/** Options of find_cuts. */
export const findCutsOptions = z
  .strictObject({
    from: z
      .enum(['hit', 'dsp'])
      .default('hit')
      .meta({ title: 'Read', description: 'Tables of hits, or of signal processing' }),
    energy: expression.default('trapEmax_cal').meta({ title: 'Energy', description: 'In keV' }),
    cleaning: z
      .array(cleaning)
      .max(50)
      .default([])
      .meta({ title: 'Data cleaning', description: 'Parameters whose unusual values are cut' }),
    flags: z
      .array(flag)
      .max(50)
      .default([])
      .meta({ title: 'Further flags', description: 'That count for clean events, by an expression' }),
    pulser: pulser.optional().meta({ title: 'Pulser', description: 'Events of a pulser are flagged' }),
    aoe: aoe.optional().meta({ title: 'A/E', description: 'Single sites by the amplitude of the current' }),
    lq: lq.optional().meta({ title: 'LQ', description: 'Single sites by the charge that arrives late' }),
    escape: z
      .number()
      .positive()
      .default(1592.513)
      .meta({ title: 'Double escape peak', description: 'A line of single sites', unit: 'keV' }),
    ...chosenRows,
  })
  .refine(
    (options) =>
      options.cleaning.length > 0 ||
      options.flags.length > 0 ||
      [options.pulser, options.aoe, options.lq].some((part) => part !== undefined),
    { path: ['cleaning'], message: 'choose data cleaning, a pulser, A/E or LQ' },
  )
  .refine(
    ({ cleaning: windows, flags }) => {
      const names = [...windows.map(nameOf), ...flags.map(({ name }) => name)];
      return new Set(names).size === names.length;
    },
    {
      path: ['cleaning'],
      message: 'two windows or flags have the same name',
    },
  );
/** Options of find_cuts with defaults filled in. */
export type FindCutsOptions = z.infer<typeof findCutsOptions>;

/** What the flag of a window is called behind `is_valid_`. */
export function nameOf({ name, of }: Pick<CleaningOptions, 'name' | 'of'>): string {
  return name ?? of;
}
