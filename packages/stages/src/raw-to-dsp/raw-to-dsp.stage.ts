import { canonicalJson, type JsonValue } from '@countroom/contracts/canonical-json';
import { type Chain, chainFields, DspError, type ParameterDatabase, planChain } from '@countroom/dsp';
import { nodeKernels } from '@countroom/dsp/node';
import { type InputTable, type RowStage, type RowTask, StageError } from '@countroom/pipeline';
import {
  batchFromTable,
  type DataObject,
  type Scalar,
  type Struct,
  type Table,
  tableFromBatch,
} from '@countroom/records';
import { z } from 'zod';
import { choosePaths, matchesPath, renameTier } from '../files/table-choice.js';

const name = 'raw_to_dsp';

const chainConfig = z
  .record(z.string(), z.json())
  .meta({ title: 'Processing chain', description: 'outputs and processors of the chain' });

const options = z.strictObject({
  config: chainConfig.optional(),
  tables: z.array(z.string().min(1)).default([]).meta({
    title: 'Tables',
    description: 'Paths or patterns; empty: every table that has the columns the chain needs',
  }),
  channelConfigs: z.record(z.string(), chainConfig).default({}).meta({
    title: 'Chains per table',
    description: 'Path or pattern → chain, the first that fits; before the one for all',
  }),
  database: z.record(z.string(), z.json()).default({}).meta({
    title: 'Parameters',
    description: 'Values for db.… by channel: { "ch1": { "pz": { "tau1": "180*us" } } }',
  }),
  outputs: z
    .array(z.string())
    .optional()
    .meta({ title: 'Outputs', description: "Instead of the chain's own list" }),
});

/** Options of raw_to_dsp. */
export type RawToDspOptions = z.infer<typeof options>;

interface Payload {
  readonly config: unknown;
  readonly database: ParameterDatabase;
  readonly outputs?: readonly string[];
  /** First rows of the table, with the columns that are read. */
  readonly sample: Table;
}

/** Runs a chain of signal processors over the waveforms of raw tables. */
export const rawToDsp: RowStage<RawToDspOptions> = {
  name,
  version: '1',
  title: 'Process waveforms',
  description:
    'Runs a chain of signal processors over raw tables: energies, times, shapes of every waveform.',
  dependsOn: 'raw',
  provides: 'dsp',
  configSchema: options,
  untracked: [],
  work: 'rows',
  plan(config, tables) {
    const remarks: string[] = [];
    const tasks: RowTask[] = [];
    for (const { table, chain, database } of assign(config, tables, remarks)) {
      const request = { database, ...(config.outputs === undefined ? {} : { outputs: config.outputs }) };
      const columns = inTable(table, () => chainFields(chain, request)).filter((column) =>
        table.sample.columns.has(column),
      );
      const payload: Payload = { config: chain, ...request, sample: pick(table.sample, columns) };
      const planned = inTable(table, () => planFor(table.path, payload));
      remarks.push(...planned.warnings.map((warning) => `${table.path}: ${warning}`));
      tasks.push({ input: table.path, output: renameTier(table.path, 'raw', 'dsp'), columns, payload });
    }
    const documents = tasks.length === 0 ? [] : [{ path: 'dsp_info', object: provenance(config) }];
    return { tasks, documents, remarks };
  },
  kernel(task) {
    const chain = planFor(task.input, task.payload as Payload);
    return {
      process: (block, firstRow) => {
        const batch = chain.run(batchFromTable(task.input, block), { firstRow });
        return withAttributes(tableFromBatch(batch), chain.outputAttributes, '');
      },
    };
  },
};

interface Assignment {
  readonly table: InputTable;
  readonly chain: unknown;
  readonly database: ParameterDatabase;
}

function assign(config: RawToDspOptions, tables: readonly InputTable[], remarks: string[]): Assignment[] {
  const paths = tables.map(({ path }) => path);
  const patterns = Object.keys(config.channelConfigs);
  if (config.config === undefined && patterns.length === 0) {
    throw new StageError(
      name,
      'give a processing chain for all tables (config) or one per table (channelConfigs)',
    );
  }
  const named = config.tables.length === 0 ? undefined : new Set(choosePaths(name, paths, config.tables));
  const assigned: Assignment[] = [];
  for (const table of tables) {
    if (named?.has(table.path) === false) continue;
    const pattern = patterns.find((one) => matchesPath(table.path, one));
    const chain = pattern === undefined ? config.config : config.channelConfigs[pattern];
    if (chain === undefined) continue;
    const database = parametersOf(config.database, table.path);
    const lacking = named === undefined ? lackingColumns(table, chain, database, config.outputs) : [];
    if (lacking.length > 0) remarks.push(`${table.path} is left out: it has no ${lacking.join(', ')}`);
    else assigned.push({ table, chain, database });
  }
  return assigned;
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

/** Parameters of a channel: those under the first part of the table's path that is not `raw`; all when there is none. */
function parametersOf(database: Readonly<Record<string, unknown>>, path: string): ParameterDatabase {
  const channel = path.split('/').find((part) => part !== '' && part !== 'raw');
  if (channel === undefined) return database;
  const found = database[channel];
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as ParameterDatabase)
    : {};
}

function planFor(path: string, payload: Payload): Chain {
  return planChain(payload.config, {
    database: payload.database,
    ...(payload.outputs === undefined ? {} : { outputs: payload.outputs }),
    input: batchFromTable(path, payload.sample),
    kernels: nodeKernels(),
  });
}

/** Faults of the chain's configuration, with the table that they were found for. */
function inTable<T>(table: InputTable, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DspError)
      throw new StageError(name, `for ${table.path}: ${error.message}`, [], error);
    throw error;
  }
}

function pick(table: Table, columns: readonly string[]): Table {
  return { ...table, columns: new Map([...table.columns].filter(([column]) => columns.includes(column))) };
}

function withAttributes(table: Table, attributes: Chain['outputAttributes'], prefix: string): Table {
  const columns = new Map<string, DataObject>();
  for (const [column, object] of table.columns) {
    const path = prefix + column;
    const inner = object.kind === 'table' ? withAttributes(object, attributes, `${path}/`) : object;
    columns.set(column, { ...inner, attrs: { ...inner.attrs, ...attributes.get(path) } });
  }
  return { ...table, columns };
}

/** What the file was made with, inside the file: the version of the stage and its options. */
function provenance(config: RawToDspOptions): Struct {
  const text = (value: JsonValue): Scalar => ({ kind: 'scalar', value: canonicalJson(value), attrs: {} });
  const version: Scalar = { kind: 'scalar', value: rawToDsp.version, attrs: {} };
  const fields = new Map<string, DataObject>([
    ['stage_version', version],
    ['options', text(config)],
  ]);
  return { kind: 'struct', fields, attrs: {} };
}
