import type { JsonValue } from '@countroom/contracts';
import { columnTypes, ExpressionError, expressionNames } from '@countroom/expressions';
import {
  type InputTable,
  type OutputObject,
  StageError,
  type TableContext,
  type TableReader,
} from '@countroom/pipeline';
import { channelOf } from '../files/channel-parameters.js';
import { choosePaths } from '../files/table-choice.js';
import { AnalysisThreads } from './analysis-threads.js';
import { columnUnits } from './column-units.js';
import { failedResult } from './failed-result.js';
import { reportObject, summaryOf, type TableResult } from './report-objects.js';
import type { AnalysisConfig, AnalysisName } from './table-analyses.js';
import { tablesWith, tableValues } from './table-values.js';

/** An analysis of every table of an input. */
export interface TablesAnalysis<Name extends AnalysisName> {
  readonly analysis: Name;
  readonly title: string;
  /** Set of parameters that the results are proposed for. */
  readonly set: string;
  readonly config: AnalysisConfig<Name> & {
    readonly tables: readonly string[];
    readonly cut?: string | undefined;
  };
  /** Whose values the analysis takes. */
  readonly expressions: readonly string[];
  /** What it takes instead of values of expressions. */
  readonly source?: TableSource;
  /** Further columns, by row of a table; rows that do not pass the cut are left out of them, too. */
  readonly beside?: (table: InputTable) => Promise<ReadonlyMap<string, Float64Array>>;
}

/** Columns of an analysis that are not values of expressions, such as waveforms. */
export interface TableSource {
  /** What a table must have, for error texts. */
  readonly needs: string;
  fits(table: InputTable): boolean;
  read(reader: TableReader, table: InputTable): Promise<ReadonlyMap<string, Float64Array>>;
}

/**
 * Reads the values of table after table and analyses several of them at once, in as many threads as the context allows.
 * Reports come in the order of the tables, and are the same with any number of threads.
 * Throws a StageError when no table has the columns.
 */
export async function* analyseTables<Name extends AnalysisName>(
  what: TablesAnalysis<Name>,
  reader: TableReader,
  context: TableContext,
): AsyncGenerator<OutputObject, JsonValue> {
  const { analysis, title, set } = what;
  const tables = await chosenTables(what, reader);
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  const count = Math.max(1, Math.min(context.threads ?? 1, tables.length));
  const threads = new AnalysisThreads(count);
  const stop = (): void => void threads.close();
  context.signal.addEventListener('abort', stop, { once: true });
  const underWay: { readonly rows: number; readonly result: Promise<TableResult> }[] = [];
  const results: TableResult[] = [];
  let done = 0;
  const next = async (): Promise<OutputObject> => {
    const { rows, result } = underWay.shift()!;
    const found = await result;
    results.push(found);
    const { verdict, channel, remarks } = found.report;
    const why = remarks.length === 0 ? '' : `: ${remarks.join('; ')}`;
    context.log(verdict === 'good' ? 'info' : 'warning', `${channel}: ${verdict}${why}`);
    done += rows;
    context.progress(done, total);
    return reportObject(found);
  };
  try {
    for (const table of tables) {
      if (context.signal.aborted) break;
      const columns = await columnsOf(what, reader, table, context);
      if (underWay.length === count) yield await next();
      const place = { table: table.path, channel: channelOf(table.path) ?? table.path };
      const units = columnUnits(table.sample, what.expressions);
      const nothing = emptyFor(what, table, columns);
      const result =
        nothing === undefined
          ? threads.run({ analysis, place, columns, config: what.config, units })
          : Promise.resolve(failedResult(place, nothing));
      // Awaited in its turn; until then nobody is to call its failure unhandled.
      result.catch(() => undefined);
      underWay.push({ rows: table.rows, result });
    }
    while (underWay.length > 0 && !context.signal.aborted) yield await next();
    return summaryOf({ analysis, title, set }, results);
  } finally {
    context.signal.removeEventListener('abort', stop);
    await threads.close();
  }
}

async function columnsOf<Name extends AnalysisName>(
  { analysis, config, expressions, source, beside }: TablesAnalysis<Name>,
  reader: TableReader,
  table: InputTable,
  context: TableContext,
): Promise<ReadonlyMap<string, Float64Array>> {
  if (source !== undefined) return source.read(reader, table);
  const further = (await beside?.(table)) ?? new Map<string, Float64Array>();
  const ask = { expressions, cut: config.cut, beside: [...further.values()] };
  const values = await tableValues(analysis, reader, table, ask, context);
  return new Map([...expressions, ...further.keys()].map((name, i) => [name, values[i]!]));
}

/** Why there are no values to analyse; undefined when there are some. */
function emptyFor<Name extends AnalysisName>(
  { config: { cut }, source }: TablesAnalysis<Name>,
  { rows }: InputTable,
  columns: ReadonlyMap<string, Float64Array>,
): string | undefined {
  const [first] = columns.values();
  if (source !== undefined || first === undefined || first.length > 0) return undefined;
  return rows === 0 || cut === undefined
    ? 'the table has no rows'
    : `none of the ${rows} rows passes the cut ${cut}`;
}

async function chosenTables<Name extends AnalysisName>(
  { analysis, config, expressions, source }: TablesAnalysis<Name>,
  reader: TableReader,
): Promise<InputTable[]> {
  const all = await reader.tables(1);
  const needed = [...expressions, ...(config.cut === undefined ? [] : [config.cut])];
  const names = neededNames(analysis, expressions, config.cut);
  const paths = all.map(({ path }) => path);
  const chosen =
    config.tables.length === 0
      ? source === undefined
        ? tablesWith(all, needed)
        : all.filter((table) => source.fits(table))
      : all.filter(({ path }) => choosePaths(analysis, paths, config.tables).includes(path));
  if (chosen.length > 0) return chosen;
  const what = source?.needs ?? missingOf(all, names).join(' and ');
  const [first] = source === undefined ? all : [];
  const known =
    first === undefined
      ? `there are ${paths.join(', ') || 'none'}`
      : `${first.path} has ${[...columnTypes(first.sample).keys()].sort().join(', ') || 'no columns'}`;
  throw new StageError(analysis, `no table of ${reader.name} has ${what}; ${known}`);
}

/** Columns that the values and the cut are made of. Throws a StageError for what is no expression, and says where. */
function neededNames(stage: string, expressions: readonly string[], cut: string | undefined): string[] {
  const asked = [
    ...expressions.map((text) => ({ text, place: `"${text}"` })),
    ...(cut === undefined ? [] : [{ text: cut, place: 'cut' }]),
  ];
  return asked.flatMap(({ text, place }) => {
    try {
      return expressionNames(text);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      throw new StageError(stage, `${place}: ${error.message}`, [], error);
    }
  });
}

/** The columns that no table has; all of them where every one is somewhere, but never together. */
function missingOf(tables: readonly InputTable[], names: readonly string[]): string[] {
  const all = [...new Set(names)];
  const types = tables.map(({ sample }) => columnTypes(sample));
  const missing = all.filter((name) => !types.some((one) => one.has(name)));
  return missing.length > 0 ? missing : all;
}
