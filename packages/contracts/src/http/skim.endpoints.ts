import { z } from 'zod';
import { jsonObject, slug } from './common.js';
import { defineEndpoint } from './endpoint.js';

export { type RowFileFormat, rowFileFormats } from './row-files.endpoints.js';

const runs = z
  .array(z.strictObject({ detector: slug, number: z.number().int().nonnegative() }))
  .min(1)
  .max(200);

/** Options of the stage skim, or part of them; checked where they are used, which tells faults with their place. */
const query = jsonObject;

const skimTier = z.strictObject({
  tier: z.string(),
  columns: z.array(
    z.strictObject({
      /** As queries name it: `hit.energy`. */
      name: z.string(),
      units: z.string().nullable(),
      /** For example `float32`, or `lists of float32`. */
      type: z.string(),
      /** Whether expressions can use it. */
      isNumber: z.boolean(),
    }),
  ),
});

/** What queries over a run can name. */
export const skimColumns = z
  .strictObject({
    /** Number of runs that were asked for; columns are those of the first one. */
    runs: z.number().int(),
    tiers: z.array(skimTier),
    /** Channels that have tables, for example `ch1084803`. */
    channels: z.array(z.string()),
    /** Runs without any data that could be read. */
    empty: z.array(z.strictObject({ detector: slug, number: z.number().int() })),
  })
  .meta({ id: 'SkimColumns' });
export type SkimColumns = z.infer<typeof skimColumns>;

/** The first rows that pass a query. */
export const skimRows = z
  .strictObject({
    columns: z.array(z.strictObject({ name: z.string(), units: z.string().nullable() })),
    /** Cells of each row; lists and texts are cut where they are long. */
    values: z.array(z.array(z.json())),
    /** Whether these are all. */
    isWhole: z.boolean(),
  })
  .meta({ id: 'SkimRows' });
export type SkimRows = z.infer<typeof skimRows>;

const limits = { min: z.number().optional(), max: z.number().optional() };

/** Counts over the rows of some runs that pass a query. */
export const skimCounts = z
  .strictObject({
    axes: z.array(
      z.strictObject({
        expression: z.string(),
        units: z.string().nullable(),
        bins: z.number().int(),
        min: z.number(),
        max: z.number(),
      }),
    ),
    /** The first axis slowest. */
    counts: z.array(z.number()),
    entries: z.number(),
    below: z.number(),
    above: z.number(),
    nan: z.number(),
    mean: z.number().nullable(),
    stdev: z.number().nullable(),
  })
  .meta({ id: 'SkimCounts' });
export type SkimCounts = z.infer<typeof skimCounts>;

/** Queries over several tiers of one or many runs at once. What is saved is made by a job of the stage skim. */
export const skimEndpoints = {
  columns: defineEndpoint({
    id: 'skim.columns',
    method: 'POST',
    path: '/skim/columns',
    role: 'viewer',
    readOnly: true,
    summary: 'What queries over these runs can name',
    body: z.strictObject({ runs }),
    response: skimColumns,
  }),
  rows: defineEndpoint({
    id: 'skim.rows',
    method: 'POST',
    path: '/skim/rows',
    role: 'viewer',
    readOnly: true,
    summary: 'The first rows of some runs that pass a query',
    body: z.strictObject({ runs, query, count: z.number().int().min(1).max(500).default(50) }),
    response: skimRows,
  }),
  histogram: defineEndpoint({
    id: 'skim.histogram',
    method: 'POST',
    path: '/skim/histogram',
    role: 'viewer',
    readOnly: true,
    summary: 'Histogram of one or two expressions over the rows of some runs that pass a query',
    body: z.strictObject({
      runs,
      query,
      axes: z
        .array(
          z.strictObject({
            expression: z.string().trim().min(1).max(10_000),
            bins: z.number().int().min(1).max(65_536),
            ...limits,
          }),
        )
        .min(1)
        .max(2),
    }),
    response: skimCounts,
  }),
};
