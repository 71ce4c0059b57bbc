import { chainFields, DspError, joinedInputs, type ParameterDatabase } from '@countroom/dsp';
import { type InputTable, StageError } from '@countroom/pipeline';
import { parametersOf } from '../files/channel-parameters.js';
import { choosePaths, matchesPath } from '../files/table-choice.js';
import type { RawToDspOptions } from './options.js';

/** The stage's name, for messages. */
export const stageName = 'raw_to_dsp';

/** A table with the chain and the parameters that it gets. */
export interface Assignment {
  readonly table: InputTable;
  readonly chain: unknown;
  readonly database: ParameterDatabase;
}

/** `ch1` means `ch1/raw`. */
function fits(path: string, pattern: string): boolean {
  return matchesPath(path, pattern) || matchesPath(path.replace(/\/raw$/, ''), pattern);
}

/** The chain and the parameters that are meant for a table, or undefined. */
export function chainOf(
  config: RawToDspOptions,
  path: string,
): Pick<Assignment, 'chain' | 'database'> | undefined {
  const own = config.channelConfigs.find((one) => fits(path, one.tables));
  const chain = own?.config ?? config.config;
  return chain === undefined ? undefined : { chain, database: parametersOf(config.database, path) };
}

/**
 * Gives every table its chain: the first of the chains per table whose pattern fits, else the one for all. Tables that
 * nobody named and that lack a column are left out with a remark. Throws a StageError when there is no chain at all,
 * when a pattern fits nothing, and for a chain that cannot be read.
 */
export function assignChains(
  config: RawToDspOptions,
  tables: readonly InputTable[],
  remarks: string[],
): Assignment[] {
  if (config.config === undefined && config.channelConfigs.length === 0) {
    throw new StageError(
      stageName,
      'give a processing chain for all tables (config) or one per table (channelConfigs)',
    );
  }
  const paths = tables.map(({ path }) => path);
  for (const { tables: pattern } of config.channelConfigs)
    if (!paths.some((path) => fits(path, pattern)))
      remarks.push(`the chain for ${pattern} is not used: no table fits`);
  const named =
    config.tables.length === 0 ? undefined : new Set(choosePaths(stageName, paths, config.tables, fits));
  const assigned: Assignment[] = [];
  for (const table of tables) {
    if (named?.has(table.path) === false) continue;
    const meant = chainOf(config, table.path);
    if (meant === undefined) {
      remarks.push(`${table.path} is left out: no chain is meant for it`);
      continue;
    }
    const { chain, database } = meant;
    const lacking = named === undefined ? lackingColumns(table, chain, database, config.outputs) : [];
    // What a run says of itself is in every raw file of a live run and never meant for a chain.
    if (lacking.length > 0 && table.path.startsWith('run/info/')) continue;
    if (lacking.length > 0)
      remarks.push(
        `${table.path} is left out: it has no ${lacking.join(', ')}${hint(table, chain, database)}`,
      );
    else assigned.push({ table, chain, database });
  }
  return assigned;
}

/** Why columns may be lacking: tables that were not joined. */
function hint(table: InputTable, chain: unknown, database: ParameterDatabase): string {
  const inputs = inTable(table, () => joinedInputs(chain, database));
  return inputs.length === 0 ? '' : ' (its chain joins other tables: was their data set or file given?)';
}

/** Columns that the chain's processors read and the table does not have; forwarded outputs do not count. */
function lackingColumns(
  table: InputTable,
  chain: unknown,
  database: ParameterDatabase,
  outputs?: readonly string[],
): string[] {
  const fields = inTable(table, () =>
    chainFields(chain, { database, ...(outputs === undefined ? {} : { outputs }) }),
  );
  const listed = new Set(outputs ?? (chain as { outputs?: readonly string[] }).outputs ?? []);
  return fields.filter((field) => !table.sample.columns.has(field) && !listed.has(field));
}

/** Runs `work`; faults of the chain's configuration get the table that they were found for. */
export function inTable<T>(table: InputTable, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DspError)
      throw new StageError(stageName, `for ${table.path}: ${error.message}`, [], error);
    throw error;
  }
}
