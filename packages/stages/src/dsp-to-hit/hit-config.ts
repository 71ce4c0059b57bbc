import { z } from 'zod';

const attribute = z.union([z.string(), z.number(), z.boolean()]);

/** One new column: an expression, the parameters visible in it only, and attributes of the column. */
export const hitOperation = z.strictObject({
  expression: z
    .string()
    .min(1)
    .max(10_000)
    .meta({ title: 'Expression', description: 'Over columns and parameters, for example a + b*trapEmax' }),
  parameters: z
    .record(z.string(), z.union([z.number(), z.boolean()]))
    .default({})
    .meta({ title: 'Parameters' }),
  lgdo_attrs: z
    .record(z.string(), attribute)
    .default({})
    .meta({ title: 'Attributes', description: 'Attributes of the column, for example units' }),
  description: z.string().optional().meta({ title: 'Description' }),
});
/** One new column. */
export type HitOperation = z.infer<typeof hitOperation>;

/** Names parameters that hold for a channel. */
export const parameterReference = z
  .string()
  .regex(
    /^db(\.[A-Za-z_]\w*)+$/,
    'a text must be a reference to parameters, such as db.operations.trapEmax_cal',
  );

/** An operation as it is written: its parameters may refer to those of the channel by `db.…`. */
export const writtenOperation = hitOperation.extend({
  parameters: z
    .record(z.string(), z.union([z.number(), z.boolean(), parameterReference]))
    .default({})
    .meta({ title: 'Parameters', description: 'Values, or db.… for approved parameters of the channel' }),
  defaults: z
    .record(z.string(), z.union([z.number(), z.boolean()]))
    .default({})
    .meta({ title: 'Defaults', description: 'What db.… is for channels that have no such parameter' }),
});

/** Configuration of one table: new columns, flag words (first listed column = bit 0), and which columns to write. */
export const hitConfig = z.strictObject({
  outputs: z.array(z.string()).optional().meta({
    title: 'Outputs',
    description: 'Columns to write; empty: every column of the input and all new ones',
  }),
  operations: z
    .record(
      z.string().regex(/^[A-Za-z_]\w*$/, 'a name of letters, digits and _'),
      z.union([parameterReference, writtenOperation]),
    )
    .default({})
    .meta({ title: 'Operations', description: 'Column → expression, or db.… for an approved one' }),
  aggregations: z
    .record(
      z.string().regex(/^[A-Za-z_]\w*$/, 'a name of letters, digits and _'),
      z.record(z.string(), z.string()),
    )
    .default({})
    .meta({ title: 'Aggregations', description: 'Flag words: word → bit → column of truth values' }),
});
/** Configuration of one table as it is written. */
export type WrittenConfig = z.infer<typeof hitConfig>;
/** Configuration of one table with its values. */
export type HitConfig = Omit<WrittenConfig, 'operations'> & {
  readonly operations: Readonly<Record<string, HitOperation>>;
};

/** Options of dsp_to_hit. */
export const dspToHitOptions = z.strictObject({
  config: hitConfig
    .optional()
    .meta({ title: 'Configuration', description: 'For every table that "Tables" chooses' }),
  tables: z
    .array(z.string().min(1))
    .default([])
    .meta({ title: 'Tables', description: 'Paths or patterns; empty: every dsp table' }),
  tableConfigs: z.record(z.string(), hitConfig).default({}).meta({
    title: 'Configuration per table',
    description: 'Path or pattern → configuration; instead of the one for all',
  }),
  database: z.record(z.string(), z.json()).default({}).meta({
    title: 'Parameters',
    description: 'Values for db.… by channel or pattern; over the approved ones of the run',
  }),
});
/** Options of dsp_to_hit. */
export type DspToHitOptions = z.infer<typeof dspToHitOptions>;
