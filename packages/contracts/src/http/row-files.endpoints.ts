import { z } from 'zod';
import { jsonObject, slug } from './common.js';
import { defineEndpoint } from './endpoint.js';

/** Files of rows that are made while they are sent. */
export const rowFileFormats = ['parquet', 'csv'] as const;
/** A format of {@link rowFileFormats}. */
export type RowFileFormat = (typeof rowFileFormats)[number];
const format = z.enum(rowFileFormats).default('parquet');

/** Names of runs, `demo/12`, with commas between them. */
const runsQuery = z
  .string()
  .regex(/^[a-z][\w-]*\/\d{1,9}(,[a-z][\w-]*\/\d{1,9})*$/, 'detector/number, with commas between them')
  .transform((text) =>
    text.split(',').map((name) => {
      const [detector = '', number = ''] = name.split('/');
      return { detector, number: Number(number) };
    }),
  )
  .pipe(z.array(z.strictObject({ detector: slug, number: z.number().int() })).max(200));

/** Options of the stage skim as text of JSON. */
const skimQueryText = z
  .string()
  .max(12_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'no text of JSON' });
      return z.NEVER;
    }
  })
  .pipe(jsonObject);

/** Rows as a file for other programs: it is made while it is sent, so that it may be of any length. */
export const rowFileEndpoints = {
  room: defineEndpoint({
    id: 'row-files.room',
    method: 'GET',
    path: '/row-files/room',
    role: 'viewer',
    summary: 'How many files of rows are being made, and how many may be: one more is refused',
    response: z.strictObject({ making: z.number().int(), most: z.number().int() }),
  }),
  query: defineEndpoint({
    id: 'row-files.query',
    method: 'GET',
    path: '/skim/file',
    role: 'viewer',
    summary: 'The rows of some runs that pass a query, as a file of Parquet or CSV',
    query: z.strictObject({ runs: runsQuery, query: skimQueryText, format }),
    responseKind: 'bytes',
  }),
  table: defineEndpoint({
    id: 'row-files.table',
    method: 'GET',
    path: '/datasets/:id/rows-file',
    role: 'viewer',
    summary: 'The rows of a table or column that pass a cut, as a file of Parquet or CSV',
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({
      path: z.string().max(1000),
      cut: z.string().max(2000).optional(),
      format,
    }),
    responseKind: 'bytes',
  }),
};
