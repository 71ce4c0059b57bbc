import { z } from 'zod';

/** Options of build_tcm. */
export const buildTcmOptions = z.strictObject({
  from: z.enum(['hit', 'dsp', 'raw']).default('hit').meta({
    title: 'Data kind',
    description: 'Whose tables hold the clustering columns; rows of raw, dsp and hit tables belong together',
  }),
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
  fields: z.array(z.string().min(1)).default([]).meta({
    title: 'Further columns',
    description: 'Columns of every table that the map has for each hit, too',
  }),
  layout: z.enum(['vectors', 'flat']).default('vectors').meta({
    title: 'Layout',
    description: 'vectors: lists per event; flat: array_id, array_idx and cumulative_length, as before 2025',
  }),
  name: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'a name of letters, digits and _')
    .default('hardware_tcm_1')
    .meta({ title: 'Name of the map' }),
});
/** Options of build_tcm. */
export type BuildTcmOptions = z.infer<typeof buildTcmOptions>;

/** What also holds where hits are put together while they are decoded. */
export const coincidenceOptions = buildTcmOptions.omit({ from: true, fields: true, layout: true });
/** What also holds where hits are put together while they are decoded. */
export type CoincidenceOptions = z.infer<typeof coincidenceOptions>;
