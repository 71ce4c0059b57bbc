import { existsSync } from 'node:fs';
import { type Lh5Reader, lh5Backend } from '@countroom/lh5';
import { StageError } from '@countroom/pipeline';
import type { DataObject, Table } from '@countroom/records';
import { type CsvOptions, csvFile } from '../export/csv-file.js';
import { parquetFile } from '../export/parquet-file.js';
import { leftOut } from '../export/table-writer.js';
import { committing } from '../files/committing.js';
import { joinedReader, lh5TableReader } from '../files/lh5-reader.js';
import { type SkimControl, type SkimRun, skim } from './skim.js';
import { type SkimOptions, type SkimQuery, skimOptions } from './skim-options.js';
import { stage } from './skim-texts.js';

/** The files of a run by tier, and what is known of it. */
export interface SkimFiles {
  readonly files: Readonly<Record<string, string | readonly string[]>>;
  readonly facts?: SkimOptions['facts'];
}

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
  /** Columns that have no place in a flat file (lists). */
  readonly leftOut: readonly string[];
}

/**
 * Opens the files of runs for as long as some work takes. Throws a StageError for files of one tier that hold the same
 * table, and what reading throws.
 */
export async function withRuns<T>(
  runs: readonly SkimFiles[],
  work: (runs: readonly SkimRun[]) => Promise<T>,
): Promise<T> {
  const open: Lh5Reader[] = [];
  try {
    const opened: SkimRun[] = [];
    for (const { files, facts } of runs) {
      const inputs = new Map<string, SkimRun['inputs'] extends ReadonlyMap<string, infer R> ? R : never>();
      for (const [tier, names] of Object.entries(files)) {
        const parts = [];
        for (const name of typeof names === 'string' ? [names] : names) {
          const reader = await lh5Backend.openReader(name);
          open.push(reader);
          parts.push(lh5TableReader(reader));
        }
        inputs.set(tier, await joinedReader(stage, parts));
      }
      opened.push({ inputs, ...(facts === undefined ? {} : { facts }) });
    }
    return await work(opened);
  } finally {
    for (const reader of open) await reader.close();
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
  return { rows, columns, leftOut: format === 'lh5' || first === undefined ? [] : leftOut(first) };
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
