import { z } from 'zod';

const attributes = z.record(z.string(), z.json());

/** One object in a file, with what is below it; `children` is absent for leaves. */
export interface TreeNode {
  name: string;
  path: string;
  /** LH5 datatype text, for example `table{energy,timestamp}`; empty for plain groups. */
  datatype: string;
  kind:
    | 'scalar'
    | 'array'
    | 'strings'
    | 'vov'
    | 'struct'
    | 'table'
    | 'waveform'
    | 'encoded'
    | 'histogram'
    | 'group'
    | 'unknown';
  dtype: string | null;
  shape: number[] | null;
  rows: number | null;
  attrs: Record<string, z.core.util.JSONType>;
  children?: TreeNode[] | undefined;
}
export const treeNode: z.ZodType<TreeNode> = z
  .strictObject({
    name: z.string(),
    path: z.string(),
    datatype: z.string(),
    kind: z.enum([
      'scalar',
      'array',
      'strings',
      'vov',
      'struct',
      'table',
      'waveform',
      'encoded',
      'histogram',
      'group',
      'unknown',
    ]),
    dtype: z.string().nullable(),
    shape: z.array(z.number().int()).nullable(),
    rows: z.number().int().nullable(),
    attrs: attributes,
    get children() {
      return z.array(treeNode).optional();
    },
  })
  .meta({ id: 'TreeNode' });

/** Rows of a table or array; numbers as JSON numbers, `NaN`, `Infinity` and 64-bit integers as text. */
export const tablePreview = z
  .strictObject({
    path: z.string(),
    rows: z.number().int(),
    /** Rows that pass the cut, or that were asked for by number; all of them without either. */
    passing: z.number().int(),
    /** Places among the passing rows. */
    from: z.number().int(),
    to: z.number().int(),
    /** Number in the table of each row of `values`. */
    numbers: z.array(z.number().int()),
    columns: z.array(
      z.strictObject({
        name: z.string(),
        datatype: z.string(),
        dtype: z.string().nullable(),
        units: z.string().nullable(),
        plottable: z.boolean(),
      }),
    ),
    /** Row by row; inner arrays longer than 16 are cut, `…` marks the cut. */
    values: z.array(z.array(z.json())),
  })
  .meta({ id: 'TablePreview' });
export type TablePreview = z.infer<typeof tablePreview>;

/** Rows of a table that pass a cut. */
export const rowSelection = z
  .strictObject({
    path: z.string(),
    rows: z.number().int(),
    passing: z.number().int(),
    /** Place of the first of `numbers` among the passing rows. */
    from: z.number().int(),
    numbers: z.array(z.number().int()),
  })
  .meta({ id: 'RowSelection' });
export type RowSelection = z.infer<typeof rowSelection>;

/** Waveforms of some rows, decimated to `points` pairs of minimum and maximum when longer. */
export const waveformsPreview = z
  .strictObject({
    path: z.string(),
    rows: z.number().int(),
    timeUnit: z.string(),
    valueUnit: z.string(),
    waveforms: z.array(
      z.strictObject({
        row: z.number().int(),
        t0: z.number(),
        dt: z.number(),
        samples: z.number().int(),
        /** Samples between two points; 1 when nothing was left out. */ step: z.number(),
        decimated: z.boolean(),
        times: z.array(z.number()),
        values: z.array(z.number().nullable()),
      }),
    ),
  })
  .meta({ id: 'WaveformsPreview' });
export type WaveformsPreview = z.infer<typeof waveformsPreview>;

/** Histogram of a column, made by reading the column in blocks. */
export const columnHistogram = z
  .strictObject({
    path: z.string(),
    units: z.string().nullable(),
    entries: z.number().int(),
    nan: z.number().int(),
    underflow: z.number().int(),
    overflow: z.number().int(),
    min: z.number(),
    max: z.number(),
    bins: z.number().int(),
    counts: z.array(z.number().int()),
    mean: z.number().nullable(),
    stdev: z.number().nullable(),
  })
  .meta({ id: 'ColumnHistogram' });
export type ColumnHistogram = z.infer<typeof columnHistogram>;

const planeAxis = z.strictObject({
  column: z.string(),
  units: z.string().nullable(),
  min: z.number(),
  max: z.number(),
});

/** How often pairs of values of two columns of a table occur: equal bins in both directions. */
export const planeHistogram = z
  .strictObject({
    path: z.string(),
    x: planeAxis,
    y: planeAxis,
    /** In each direction. */
    bins: z.number().int(),
    /** Rows that pass the cut, and how many of them lie outside of the limits or have a value that is not a number. */
    entries: z.number().int(),
    outside: z.number().int(),
    nan: z.number().int(),
    /** `bins` squared counts; those of the lowest y first, x running fastest. */
    counts: z.array(z.number().int()),
  })
  .meta({ id: 'PlaneHistogram' });
export type PlaneHistogram = z.infer<typeof planeHistogram>;
