import { z } from 'zod';
import { chosenRows, dspOrHit, expression, outputColumn } from '../analysis/shared-options.js';

/** Options of correct_trapping. */
export const trappingOptions = z
  .strictObject({
    from: dspOrHit,
    column: expression
      .default('trapEmax')
      .meta({ title: 'Column', description: 'A column or an expression that is proportional to energy' }),
    drift: expression.default('tp_max - tp_0').meta({
      title: 'Drift time',
      description: 'A column or an expression, such as the time from the start of the pulse to its top in ns',
    }),
    guess: z.number().positive().meta({
      title: 'Guess',
      description: 'keV per unit of the column, within 20 %; 1 for energies',
      unit: 'keV',
    }),
    energy: z
      .number()
      .positive()
      .default(2614.511)
      .meta({ title: 'Line', description: 'Whose width is made small', unit: 'keV' }),
    below: z.number().positive().default(35).meta({ title: 'Fitted below the line', unit: 'keV' }),
    above: z.number().positive().default(35).meta({ title: 'Fitted above the line', unit: 'keV' }),
    largest: z
      .number()
      .positive()
      .default(3.5e-6)
      .meta({ title: 'Largest α', description: 'Per unit of the drift time; α is tried from 0 to it' }),
    steps: z.int().min(7).max(51).default(11).meta({ title: 'Values of α' }),
    fraction: z.number().gt(0).lt(1).default(0.2).meta({
      title: 'Width at',
      description: 'Fraction of the height at which the width is told beside FWHM',
    }),
    output: outputColumn('Corrected column', 'Name of the column of hits; <column>_ctc when absent'),
    ...chosenRows,
  })
  .refine(({ output, column }) => output !== undefined || /^[A-Za-z_]\w*$/.test(column), {
    path: ['output'],
    message: 'an expression needs a name for its corrected column',
  });
/** Options of correct_trapping with defaults filled in. */
export type TrappingOptions = z.infer<typeof trappingOptions>;
