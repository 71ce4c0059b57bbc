import { z } from 'zod';
import { int64Text } from '../codec/int64.js';
import { jsonObject, moment, pageOf, pageQuery, runNumberQuery, slug } from './common.js';
import { correspondence, eventHits } from './correspondence.js';
import { defineEndpoint } from './endpoint.js';
import { numbersEndpoints } from './file-numbers.js';
import { hdf5Endpoints } from './hdf5-slice.js';
import { recordingSummary, recordingTables } from './recordings.js';

export * from './correspondence.js';
export * from './file-numbers.js';
export * from './hdf5-slice.js';
export * from './recordings.js';

/** A stored result: what it is (run, data kind, lineage) and where (store, relative path). */
export const datasetInfo = z
  .strictObject({
    id: z.uuid(),
    detector: slug,
    run: z.number().int(),
    dataKind: z.string(),
    lineageHash: z.string(),
    lineage: z.json(),
    store: z.string(),
    path: z.string(),
    /** `hdf5`: a file that is not LH5; `daq`: a recording as its device made it. */
    format: z.enum(['lh5', 'hdf5', 'daq']),
    rows: int64Text.nullable(),
    bytes: int64Text,
    checksum: z.string().nullable(),
    createdAt: moment,
    jobId: z.uuid().nullable(),
    /** Facts of the file found while making it: integrity report and the like. */
    report: z.json().nullable(),
  })
  .meta({ id: 'DatasetInfo' });
export type DatasetInfo = z.infer<typeof datasetInfo>;

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

/** A file that waits in the server's import folder. */
export const importFile = z
  .strictObject({ path: z.string(), bytes: int64Text, modifiedAt: moment, format: z.string().nullable() })
  .meta({ id: 'ImportFile' });
export type ImportFile = z.infer<typeof importFile>;

/** Result of an import: a new run whose only dataset is the file. */
export const importResult = z
  .strictObject({
    dataset: datasetInfo,
    detector: slug,
    run: z.number().int(),
    format: z.string(),
    bytes: int64Text,
    sha256: z.string(),
    /** True when the same bytes were imported before: then that run is named. */ known: z.boolean(),
  })
  .meta({ id: 'ImportResult' });
export type ImportResult = z.infer<typeof importResult>;

const datasetPath = z.strictObject({ id: z.uuid() });
const objectPath = z.string().max(1000);
/** Expression over the columns of a table that is true for the rows that are wanted, for example `trapEmax > 500`. */
const cutQuery = z.string().max(2000).optional();
const mostNumbers = 1000;
/** Row numbers in increasing order, or names: with commas between them. */
const rowNumbersQuery = z
  .string()
  .regex(/^\d+(,\d+)*$/, 'row numbers with commas between them')
  .transform((text) => [...new Set(text.split(',').map(Number))].sort((a, b) => a - b))
  .pipe(z.array(z.number().int()).max(mostNumbers))
  .optional();
const columnsQuery = z
  .string()
  .max(4000)
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .optional();
const fileName = z.string().min(1).max(255);

/** Imports, datasets, and looking into files. */
export const dataEndpoints = {
  importFolder: defineEndpoint({
    id: 'data.import-folder',
    method: 'GET',
    path: '/imports/folder',
    role: 'shifter',
    anyDetector: true,
    summary: "Files in the server's import folder",
    response: z.strictObject({ folder: z.string(), files: z.array(importFile) }),
  }),
  folderRecording: defineEndpoint({
    id: 'data.folder-recording',
    method: 'GET',
    path: '/imports/folder/recording',
    role: 'shifter',
    anyDetector: true,
    summary: 'What a recording of the import folder is and holds, by its first part',
    query: z.strictObject({ path: z.string().min(1).max(1000) }),
    response: recordingSummary,
  }),
  importFromFolder: defineEndpoint({
    id: 'data.import-from-folder',
    method: 'POST',
    path: '/imports/from-folder',
    role: 'shifter',
    anyDetector: true,
    summary: 'Import a file of the import folder as a new run',
    body: z.strictObject({
      path: z.string().min(1).max(1000),
      detector: slug.default('imported'),
      comment: z.string().max(4000).default(''),
    }),
    response: importResult,
  }),
  upload: defineEndpoint({
    id: 'data.upload',
    method: 'PUT',
    path: '/imports/upload',
    role: 'shifter',
    anyDetector: true,
    summary: 'Import a file by sending its bytes as the body',
    query: z.strictObject({
      name: fileName,
      detector: slug.default('imported'),
      comment: z.string().max(4000).default(''),
    }),
    bodyKind: 'stream',
    response: importResult,
  }),
  list: defineEndpoint({
    id: 'data.list',
    method: 'GET',
    path: '/datasets',
    role: 'viewer',
    summary: 'List datasets',
    query: z.strictObject({
      ...pageQuery,
      detector: slug.optional(),
      run: runNumberQuery.optional(),
      dataKind: z.string().max(64).optional(),
    }),
    response: pageOf(datasetInfo),
  }),
  get: defineEndpoint({
    id: 'data.get',
    method: 'GET',
    path: '/datasets/:id',
    role: 'viewer',
    summary: 'One dataset',
    params: datasetPath,
    response: datasetInfo,
  }),
  tree: defineEndpoint({
    id: 'data.tree',
    method: 'GET',
    path: '/datasets/:id/tree',
    role: 'viewer',
    summary: 'Objects in the file',
    params: datasetPath,
    response: treeNode,
  }),
  table: defineEndpoint({
    id: 'data.table',
    method: 'GET',
    path: '/datasets/:id/table',
    role: 'viewer',
    summary: 'Rows of a table or array',
    params: datasetPath,
    query: z.strictObject({
      path: objectPath,
      /** Counts the rows that pass the cut. */
      from: z.coerce.number().int().min(0).default(0),
      count: z.coerce.number().int().min(1).max(mostNumbers).default(50),
      cut: cutQuery,
      /** These rows, in place of `from`, `count` and `cut`; those that are not there are left out. */
      rows: rowNumbersQuery,
      /** Only these columns, `waveform/dt` too. */
      columns: columnsQuery,
    }),
    response: tablePreview,
  }),
  selection: defineEndpoint({
    id: 'data.selection',
    method: 'GET',
    path: '/datasets/:id/selection',
    role: 'viewer',
    summary: 'Numbers of the rows of a table that pass a cut',
    params: datasetPath,
    query: z.strictObject({
      path: objectPath,
      cut: z.string().max(2000).default(''),
      from: z.coerce.number().int().min(0).default(0),
      count: z.coerce.number().int().min(1).max(mostNumbers).default(50),
      /** Begin with the first passing row that has this number or a higher one, in place of `from`. */
      near: z.coerce.number().int().min(0).optional(),
    }),
    response: rowSelection,
  }),
  correspondence: defineEndpoint({
    id: 'data.correspondence',
    method: 'GET',
    path: '/datasets/:id/correspondence',
    role: 'viewer',
    summary: 'Which data sets of the run have the same rows, and whose events consist of them',
    params: datasetPath,
    response: correspondence,
  }),
  eventHits: defineEndpoint({
    id: 'data.event-hits',
    method: 'GET',
    path: '/datasets/:id/event-hits',
    role: 'viewer',
    summary: 'Hits of some events, or entries of a coincidence map, as rows of another data set of the run',
    params: datasetPath,
    query: z.strictObject({
      /** The data set whose tables the hits are looked up in. */
      dataset: z.uuid(),
      events: rowNumbersQuery.unwrap(),
    }),
    response: eventHits,
  }),
  rows: defineEndpoint({
    id: 'data.rows',
    method: 'GET',
    path: '/datasets/:id/rows',
    role: 'viewer',
    summary: 'Rows of a table as they are stored, as bytes of a record batch',
    params: datasetPath,
    query: z.strictObject({
      path: objectPath,
      from: z.coerce.number().int().min(0).default(0),
      count: z.coerce.number().int().min(1).max(256).default(1),
      /** These rows, at most 256, in place of `from` and `count`; those that are not there are left out. */
      rows: rowNumbersQuery,
      columns: columnsQuery,
    }),
    responseKind: 'bytes',
  }),
  ...numbersEndpoints,
  waveforms: defineEndpoint({
    id: 'data.waveforms',
    method: 'GET',
    path: '/datasets/:id/waveforms',
    role: 'viewer',
    summary: 'Waveforms of some rows',
    params: datasetPath,
    query: z.strictObject({
      path: objectPath,
      from: z.coerce.number().int().min(0).default(0),
      count: z.coerce.number().int().min(1).max(50).default(1),
      /** These rows, at most 50, in place of `from` and `count`; those that are not there are left out. */
      rows: rowNumbersQuery,
      points: z.coerce.number().int().min(16).max(20_000).default(2000),
      /** Only samples from this time on, in the unit of the answer: a part comes with more detail than the whole. */
      min: z.coerce.number().optional(),
      max: z.coerce.number().optional(),
    }),
    response: waveformsPreview,
  }),
  histogram: defineEndpoint({
    id: 'data.histogram',
    method: 'GET',
    path: '/datasets/:id/histogram',
    role: 'viewer',
    summary: 'Histogram of a column',
    params: datasetPath,
    query: z.strictObject({
      path: objectPath,
      cut: cutQuery,
      bins: z.coerce.number().int().min(1).max(65_536).default(512),
      min: z.coerce.number().optional(),
      max: z.coerce.number().optional(),
    }),
    response: columnHistogram,
  }),
  plane: defineEndpoint({
    id: 'data.plane',
    method: 'GET',
    path: '/datasets/:id/plane',
    role: 'viewer',
    summary: 'Histogram over two columns of a table',
    params: datasetPath,
    query: z.strictObject({
      path: objectPath,
      x: z.string().min(1).max(200),
      y: z.string().min(1).max(200),
      cut: cutQuery,
      bins: z.coerce.number().int().min(2).max(256).default(128),
      xMin: z.coerce.number().optional(),
      xMax: z.coerce.number().optional(),
      yMin: z.coerce.number().optional(),
      yMax: z.coerce.number().optional(),
    }),
    response: planeHistogram,
  }),
  ...hdf5Endpoints,
  recording: defineEndpoint({
    id: 'data.recording',
    method: 'GET',
    path: '/datasets/:id/recording',
    role: 'viewer',
    summary: 'What a recording is and holds, by its first part',
    params: datasetPath,
    response: recordingSummary,
  }),
  recordingTables: defineEndpoint({
    id: 'data.recording-tables',
    method: 'POST',
    path: '/datasets/:id/recording/tables',
    role: 'viewer',
    readOnly: true,
    summary: 'Tables that daq_to_raw with these options would make of a recording; writes nothing',
    params: datasetPath,
    body: z.strictObject({ config: jsonObject }),
    response: recordingTables,
  }),
  download: defineEndpoint({
    id: 'data.download',
    method: 'GET',
    path: '/datasets/:id/file',
    role: 'viewer',
    summary: 'The file itself',
    params: datasetPath,
    responseKind: 'bytes',
  }),
};
