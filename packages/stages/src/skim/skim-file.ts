import { existsSync } from 'node:fs';
import { lh5Backend } from '@countroom/lh5';
import { StageError } from '@countroom/pipeline';
import type { DataObject, Table } from '@countroom/records';
import { type CsvOptions, csvFile } from '../export/csv-file.js';
import { parquetFile } from '../export/parquet-file.js';
import { leftOut, type RowEncoder } from '../export/table-writer.js';
import { committing } from '../files/committing.js';
import { refuseInput } from '../files/refuse-input.js';
import { type SkimControl, skim } from './skim.js';
import { type SkimQuery, skimOptions } from './skim-options.js';
import { openRuns, type SkimFiles, withRuns } from './skim-runs.js';
import { stage } from './skim-texts.js';

/** A file of rows that pass a query. */
export interface SkimFile {
  readonly query: SkimQuery;
  readonly runs: readonly SkimFiles[];
  /** Its format follows from its name (.lh5, .parquet, .csv), unless it is given. */
  readonly output: string;
  readonly format?: 'lh5' | 'parquet' | 'csv';
  readonly csv?: CsvOptions;
  readonly overwrite?: boolean;
}

/** What was written. */
export interface SkimFileResult {
  readonly rows: number;
  readonly columns: readonly string[];
  /** Columns that have no place in a file of rows: lists in CSV. */
  readonly leftOut: readonly string[];
}

/**
 * The same rows as the bytes of a file, part by part: what sends them waits for whoever takes them. The first part comes at
 * once, also when no row passes. Throws what {@link skim} throws.
 */
export async function* skimBytes(
  query: SkimQuery,
  files: readonly SkimFiles[],
  encoder: RowEncoder,
  control: SkimControl = {},
): AsyncGenerator<Uint8Array> {
  const { runs, close } = await openRuns(files);
  try {
    for await (const table of skim(query, runs, control)) {
      const part = encoder.encode(table);
      if (part.length > 0) yield part;
    }
    const rest = encoder.end();
    if (rest.length > 0) yield rest;
  } finally {
    await close();
  }
}

/**
 * Writes the rows of runs that pass a query to one file, which appears when it is complete. Throws what {@link skim}
 * throws, and a StageError for an output that exists or has an unknown format.
 */
export async function skimToFile(file: SkimFile, control: SkimControl = {}): Promise<SkimFileResult> {
  const { query, runs, output } = file;
  const format = file.format ?? formatOf(output);
  if (existsSync(output) && file.overwrite !== true)
    throw new StageError(stage, `${output} exists already; choose another name, or overwrite it`);
  refuseInput(
    stage,
    output,
    runs.flatMap(({ files }) => Object.values(files).flat()),
  );
  let rows = 0;
  let first: Table | undefined;
  const seen = (table: Table): void => {
    rows += table.rows;
    first ??= table;
  };
  await withRuns(runs, async (opened) => {
    const blocks = skim(query, opened, control);
    if (format === 'lh5') return writeLh5(file, blocks, seen);
    const writer = format === 'csv' ? csvFile(output, file.csv) : parquetFile(output);
    try {
      for await (const table of blocks) {
        seen(table);
        writer.append(table);
      }
      writer.close();
    } catch (error) {
      writer.abort();
      throw error;
    }
  });
  const columns = [...(first?.columns.keys() ?? [])];
  return {
    rows,
    columns,
    leftOut: format === 'lh5' || first === undefined ? [] : leftOut(first, format === 'parquet'),
  };
}

async function writeLh5(
  { query, output, overwrite }: SkimFile,
  blocks: AsyncIterable<Table>,
  seen: (table: Table) => void,
): Promise<void> {
  const { name } = skimOptions.parse(query);
  const writer = await lh5Backend.createWriter(output, {
    compression: { gzip: 4 },
    overwrite: overwrite ?? false,
  });
  await committing(writer, async () => {
    for await (const table of blocks) {
      seen(table);
      await writer.append(name, table);
    }
    const text = (value: string): DataObject => ({ kind: 'scalar', value, attrs: {} });
    await writer.write(`${name}_query`, text(JSON.stringify(query)));
  });
}

function formatOf(output: string): 'lh5' | 'parquet' | 'csv' {
  const found = /\.(lh5|hdf5|h5|parquet|csv)$/i.exec(output)?.[1]?.toLowerCase();
  if (found === 'parquet' || found === 'csv') return found;
  if (found !== undefined) return 'lh5';
  throw new StageError(stage, `${output}: its name ends in none of .lh5, .parquet, .csv; say the format`);
}
