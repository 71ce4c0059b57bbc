import { z } from 'zod';
import { jsonObject, pageOf, pageQuery, runNumberQuery, slug } from './common.js';
import { correspondence, eventHits } from './correspondence.js';
import {
  columnHistogram,
  planeHistogram,
  rowSelection,
  tablePreview,
  treeNode,
  waveformsPreview,
} from './data-views.js';
import { datasetInfo } from './dataset-info.js';
import { defineEndpoint } from './endpoint.js';
import { numbersEndpoints } from './file-numbers.js';
import { hdf5Endpoints } from './hdf5-slice.js';
import { importEndpoints } from './imports.js';
import { recordingSummary, recordingTables } from './recordings.js';
import { textEndpoints } from './text-part.js';

export * from './correspondence.js';
export * from './data-views.js';
export * from './dataset-info.js';
export * from './file-numbers.js';
export * from './hdf5-slice.js';
export { type ImportFile, type ImportResult, importFile, importResult } from './imports.js';
export * from './recordings.js';
export { type TextPart, textPart } from './text-part.js';

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

/** Imports, datasets, and looking into files. */
export const dataEndpoints = {
  ...importEndpoints,
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
  ...textEndpoints,
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
