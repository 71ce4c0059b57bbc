import { z } from 'zod';

/** Options of find_decay_constant. */
export const poleZeroOptions = z.strictObject({
  slope: z.string().min(1).max(1000).default('tail_slope').meta({
    title: 'Slope',
    description:
      'Column or expression: change of the logarithm of the tail per sample, such as linear_slope_fit gives',
  }),
  periodNs: z.number().positive().default(16).meta({ title: 'Sample period', unit: 'ns' }),
  cut: z
    .string()
    .max(1000)
    .optional()
    .meta({ title: 'Cut', description: 'Rows that count; all without one' }),
  tables: z
    .array(z.string().min(1))
    .default([])
    .meta({ title: 'Tables', description: 'Paths or patterns; empty: every table with the column' }),
  parameter: z
    .string()
    .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the name behind db., such as pz.tau')
    .default('pz.tau')
    .meta({ title: 'Parameter', description: 'What chains call it behind db.' }),
});
/** Options of find_decay_constant with defaults filled in. */
export type PoleZeroOptions = z.infer<typeof poleZeroOptions>;
