import { dtypes } from '@countroom/records';
import { z } from 'zod';

const chain = z
  .record(z.string(), z.json())
  .meta({ title: 'Processing chain', description: 'outputs and processors of the chain' });

const channelConfig = z.strictObject({
  tables: z.string().min(1).meta({ title: 'Tables', description: 'Path or pattern, such as ch*/raw' }),
  config: chain,
});

const fileNumbers = z.strictObject({
  dtype: z.enum(dtypes),
  shape: z.array(z.int().nonnegative()),
  // 64-bit integers that float64 does not hold exactly are texts.
  values: z.array(z.union([z.number(), z.string().regex(/^-?\d{1,20}$/)]).nullable()),
});

/** Options of raw_to_dsp, as forms and files give them. */
export const rawToDspOptions = z.strictObject({
  config: chain.optional(),
  tables: z.array(z.string().min(1)).default([]).meta({
    title: 'Tables',
    description:
      'Paths or patterns (ch1 means ch1/raw); empty: every table that has the columns the chain needs',
  }),
  // A list, because the first that fits counts and stores of JSON do not keep the order of keys.
  channelConfigs: z
    .union([
      z.array(channelConfig),
      z
        .record(z.string(), chain)
        .transform((byPattern) => Object.entries(byPattern).map(([tables, config]) => ({ tables, config }))),
    ])
    .default([])
    .meta({
      title: 'Chains per table',
      description: 'Path or pattern and its chain; the first that fits counts, before the one for all',
    }),
  database: z.record(z.string(), z.json()).default({}).meta({
    title: 'Parameters',
    description: 'Values for db.… by channel: { "ch1": { "pz": { "tau1": "180*us" } } }',
  }),
  numbers: z.record(z.string(), z.record(z.string(), fileNumbers)).default({}).meta({
    title: 'Numbers of files',
    description:
      'What loadlh5(…) and processors made of a file find there, by file and path; the command line reads them itself',
  }),
  outputs: z
    .array(z.string())
    .optional()
    .meta({ title: 'Outputs', description: "Instead of the chain's own list" }),
  firstRow: z
    .int()
    .nonnegative()
    .optional()
    .meta({ title: 'First row', description: 'Rows of each table before this one are left out' }),
  nMax: z
    .int()
    .positive()
    .optional()
    .meta({ title: 'Most rows', description: 'How many rows of each table are processed at most' }),
});

/** Options of raw_to_dsp with defaults filled in. */
export type RawToDspOptions = z.infer<typeof rawToDspOptions>;

/** Numbers of one object of a file; null stands for NaN. */
export type FileNumbers = z.infer<typeof fileNumbers>;

/** Numbers of files, by file and path. */
export type NumbersOfFiles = RawToDspOptions['numbers'];
