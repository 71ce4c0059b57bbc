import { z } from 'zod';

const text = z.string().trim().min(1).max(10_000);

/** A condition, and how it goes together with those before it: `refine` keeps what passes both, `append` adds to it. */
export const skimCut = z.strictObject({
  cut: text.meta({ title: 'Cut', description: 'For example hit.energy > 500, evt.multiplicity == 1' }),
  join: z.enum(['refine', 'append']).default('refine').meta({ title: 'Together with those before' }),
});

/** Rows of another table that go with a row by their time. */
export const skimJoin = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'a name of letters, digits and _')
    .meta({ title: 'Name', description: 'Its columns are called name.column' }),
  from: z.string().min(1).meta({ title: 'Tier', description: 'The file that holds the table' }),
  table: z.string().min(1).meta({ title: 'Table', description: 'Path of the table, for example ch5/dsp' }),
  on: z.string().min(1).default('timestamp').meta({ title: 'Its time', description: 'Ascending' }),
  to: text.meta({ title: 'Time of a row', description: 'For example dsp.timestamp' }),
  tolerance: z.number().min(0).meta({ title: 'Tolerance', description: 'In the unit of the times' }),
  direction: z.enum(['nearest', 'before', 'after']).default('nearest').meta({ title: 'Which one' }),
});

/** What to take out of the tiers of a run. */
export const skimOptions = z.strictObject({
  rows: z.enum(['hits', 'events']).default('hits').meta({
    title: 'One row per',
    description: 'hits: columns of events are repeated; events: columns of hits become lists',
  }),
  tables: z.array(z.string().min(1)).default([]).meta({
    title: 'Channels',
    description: 'Tables or patterns such as ch108*; empty: all. Without a cut they choose, too',
  }),
  columns: z.array(text).min(1).max(500).meta({
    title: 'Columns',
    description: 'hit.energy, dsp.*, run.number, or name = expression',
  }),
  cuts: z
    .array(z.union([text, skimCut]))
    .default([])
    .meta({
      title: 'Cuts',
      description: 'Expressions over columns of any tier, one after the other',
    }),
  keep: z.enum(['passing', 'events']).default('passing').meta({
    title: 'Hits to keep',
    description: 'passing: those that pass; events: all hits of an event in which one passes',
  }),
  sample: z
    .strictObject({
      rows: z.int().min(1).max(10_000_000).meta({ title: 'Rows' }),
      seed: z
        .int()
        .min(0)
        .default(1)
        .meta({ title: 'Seed', description: 'Another one gives another choice' }),
    })
    .optional()
    .meta({ title: 'Random sample', description: 'So many of the rows that pass, each as likely' }),
  joins: z.array(skimJoin).default([]).meta({ title: 'Tables joined by time' }),
  entries: z.boolean().default(true).meta({
    title: 'Where rows come from',
    description: 'Adds table_key, row_in_table and event',
  }),
  facts: z
    .record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
    .default({})
    .meta({ title: 'Facts of the run', description: 'Values of run.…; those of the catalogue lie below' }),
  runs: z
    .array(
      z.strictObject({
        detector: z.string().min(1),
        number: z.int().min(0),
        facts: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
      }),
    )
    .max(1000)
    .default([])
    .meta({
      title: 'Runs',
      description: 'Of a result over several runs: in the order of their data sets, with the facts of each',
    }),
  map: z.string().min(1).optional().meta({ title: 'Coincidence map', description: 'Empty: the only one' }),
  events: z.string().min(1).default('evt').meta({ title: 'Path of the event table' }),
  paths: z
    .record(z.string(), z.string().regex(/^[^{}]*\{\}[^{}]*$/, 'a path with one {} for the table key'))
    .default({})
    .meta({ title: 'Tables of a tier', description: 'Tier → path, ch{}/hit; empty: ch{}/<tier>' }),
  name: z.string().min(1).default('skim').meta({ title: 'Name of the table' }),
  rowsAtOnce: z
    .int()
    .min(1)
    .max(1 << 20)
    .default(1 << 16)
    .meta({ title: 'Rows at once' }),
});
/** What to take out of the tiers of a run. */
export type SkimOptions = z.infer<typeof skimOptions>;
/** A condition and how it goes with those before. */
export type SkimCut = z.infer<typeof skimCut>;
/** Rows of another table by time. */
export type SkimJoin = z.infer<typeof skimJoin>;

/** A query as people write it, defaults left out. */
export type SkimQuery = z.input<typeof skimOptions>;
