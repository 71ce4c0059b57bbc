import { existsSync } from 'node:fs';
import { lh5Backend } from '@countroom/lh5';
import { StageError } from '@countroom/pipeline';
import { lh5TableReader } from '../files/lh5-reader.js';
import { refuseInput } from '../files/refuse-input.js';
import { type CsvOptions, csvFile } from './csv-file.js';
import { parquetFile } from './parquet-file.js';
import { leftOut } from './table-writer.js';

/** A table to write as a file of rows. */
export interface TableExport {
  readonly input: string;
  /** Path of the table; the only one of the file when absent. */
  readonly table?: string;
  readonly output: string;
  readonly format: 'csv' | 'parquet';
  readonly csv?: CsvOptions;
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
}

/** What was written, and which columns have no place in a flat file. */
export interface TableExportResult {
  readonly table: string;
  readonly rows: number;
  readonly leftOut: readonly string[];
}

const blockRows = 16_384;

/**
 * Writes a table of an LH5 file as CSV or Parquet, block by block. The file appears when it is complete. Throws a StageError
 * for an output that exists or an unclear choice of tables, and what reading throws.
 */
export async function exportTable(options: TableExport): Promise<TableExportResult> {
  const { input, output, format } = options;
  if (existsSync(output) && options.overwrite !== true)
    throw new StageError('export', `${output} exists already; choose another name, or overwrite it`);
  refuseInput('export', output, [input]);
  const file = await lh5Backend.openReader(input);
  try {
    const reader = lh5TableReader(file);
    const tables = await reader.tables(1);
    const paths = tables.map(({ path }) => path);
    const wanted = options.table ?? (paths.length === 1 ? paths[0] : undefined);
    const found = tables.find(({ path }) => path === wanted);
    if (found === undefined) {
      const known = paths.join(', ') || 'no table';
      throw new StageError('export', `choose a table of ${input}: it has ${known}`);
    }
    const writer = format === 'csv' ? csvFile(output, options.csv) : parquetFile(output);
    try {
      for (let start = 0; start < Math.max(1, found.rows); start += blockRows) {
        options.signal?.throwIfAborted();
        writer.append(await reader.read(found.path, [start, Math.min(found.rows, start + blockRows)]));
      }
      writer.close();
    } catch (error) {
      writer.abort();
      throw error;
    }
    return { table: found.path, rows: found.rows, leftOut: leftOut(found.sample, format === 'parquet') };
  } finally {
    await file.close();
  }
}
