import { z } from 'zod';

/** Options of build_tcm. */
export const buildTcmOptions = z.strictObject({
  tables: z
    .array(z.string().min(1))
    .default([])
    .meta({ title: 'Tables', description: 'Paths or patterns; empty: every table of the input' }),
  columns: z
    .array(
      z.strictObject({
        name: z
          .string()
          .min(1)
          .meta({ title: 'Column', description: 'For example timestamp, in ascending order' }),
        window: z
          .number()
          .min(0)
          .default(0)
          .meta({ title: 'Window', description: 'Largest distance in the unit of the column; 0: equal' }),
      }),
    )
    .min(1)
    .meta({ title: 'Clustering columns', description: 'Hits are put in order by the first one' }),
  windowReference: z.enum(['last', 'first']).default('last').meta({
    title: 'Window measured from',
    description: 'last: the hit before, events grow; first: the first hit of the event, a fixed width',
  }),
  keyPattern: z.string().min(1).default('\\d+').meta({
    title: 'Table key',
    description: 'Regular expression whose first match in the path of a table is its number in the map',
  }),
  name: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'a name of letters, digits and _')
    .default('hardware_tcm_1')
    .meta({ title: 'Name of the map' }),
});
/** Options of build_tcm. */
export type BuildTcmOptions = z.infer<typeof buildTcmOptions>;
