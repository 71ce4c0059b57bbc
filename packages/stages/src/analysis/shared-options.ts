import { z } from 'zod';

/** An expression over the columns of a table. */
export const expression = z.string().min(1).max(1000);

/** Name of the column of hits that a result makes. */
export const outputColumn = (title: string, description: string) =>
  z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'a name of letters, digits and _')
    .optional()
    .meta({ title, description });

/** Which rows of which tables an analysis looks at. */
export const chosenRows = {
  cut: z
    .string()
    .max(1000)
    .optional()
    .meta({ title: 'Cut', description: 'Rows that count, such as bl_std < 12; all without one' }),
  tables: z
    .array(z.string().min(1))
    .default([])
    .meta({ title: 'Tables', description: 'Paths or patterns; empty: every table with the columns' }),
};

/** Tables of signal processing are read, or of hits. */
export const dspOrHit = z
  .enum(['dsp', 'hit'])
  .default('dsp')
  .meta({ title: 'Read', description: 'Tables of signal processing, or of hits' });
