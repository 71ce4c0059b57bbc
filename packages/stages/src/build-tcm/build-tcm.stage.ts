import {
  CarriedColumns,
  CoincidenceBuilder,
  type CoincidenceMap,
  emptyMap,
  tableKey,
} from '@countroom/events';
import { insteadOf } from '@countroom/expressions';
import {
  type InputTable,
  type OutputArray,
  type OutputRows,
  StageError,
  type TableReader,
  type TableStage,
} from '@countroom/pipeline';
import type { Dtype, NdArray, Table } from '@countroom/records';
import { choosePaths } from '../files/table-choice.js';
import { FlatLayout } from './flat-layout.js';
import { mapTable } from './map-table.js';
import { type BuildTcmOptions, buildTcmOptions } from './tcm-options.js';

const stage = 'build_tcm';
/** Numbers of clustering columns that are read at once, over all tables. */
const numbersAtOnce = 1_000_000;

/** Which hits of which tables belong to one event, by their time or another column. */
export const buildTcm: TableStage<BuildTcmOptions> = {
  name: stage,
  version: '2',
  title: 'Find coincidences',
  description: 'A time coincidence map: which hits of which channels belong to one event.',
  dependsOn: 'hit',
  alsoReads: ['dsp', 'raw'],
  reads: ({ from }) => [from],
  provides: 'tcm',
  configSchema: buildTcmOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get(config.from)!;
    const tables = await chosenTables(reader, config);
    const keys = tables.map(({ path }, i) => keyOf(path, config.keyPattern) ?? i);
    const builder = new CoincidenceBuilder({
      tables: tables.map(({ path }, i) => ({ path, key: keys[i]! })),
      columns: config.columns,
      reference: config.windowReference,
    });
    const names = config.columns.map(({ name }) => name);
    const { fields } = config;
    const dtypes = fields.map((field) => dtypeOf(field, tables));
    const carried = new CarriedColumns(tables.length, dtypes);
    const read = [...new Set([...names, ...fields])];
    const blockRows = Math.max(1000, Math.floor(numbersAtOnce / (tables.length * read.length)));
    const total = tables.reduce((sum, { rows }) => sum + rows, 0);
    const next = tables.map(() => 0);
    let events = 0;
    let done = 0;
    const attrs = { tables: JSON.stringify(tables.map(({ path }) => path)), hash_func: config.keyPattern };
    const flat = new FlatLayout(config.name, keys, attrs);
    const output = (map: CoincidenceMap): readonly (OutputRows | OutputArray)[] => {
      events += map.ends.length;
      const columns = carried.take(map).map((data, i) => ({ name: fields[i]!, dtype: dtypes[i]!, data }));
      if (config.layout === 'flat') return flat.arrays(map, columns);
      return [{ path: config.name, rows: mapTable(map, keys, attrs, columns) }];
    };
    yield* output(emptyMap);
    for (let slowest = builder.slowest(); slowest !== undefined; slowest = builder.slowest()) {
      const { path, rows } = tables[slowest]!;
      const start = next[slowest]!;
      const stop = Math.min(rows, start + blockRows);
      if (stop > start) {
        const block = await reader.read(path, [start, stop], read);
        builder.push(
          slowest,
          names.map((name) => numbersOf(path, block, name).data),
        );
        carried.push(
          slowest,
          start,
          fields.map((field) => numbersOf(path, block, field).data),
        );
        next[slowest] = stop;
        done += stop - start;
        context.progress(done, total);
      }
      if (stop >= rows) builder.end(slowest);
      const map = builder.take();
      if (map.ends.length > 0) yield* output(map);
    }
    const rest = builder.take();
    if (rest.ends.length > 0) yield* output(rest);
    return { tables: tables.length, hits: done, events };
  },
};

async function chosenTables(
  reader: TableReader,
  { tables, columns, fields }: BuildTcmOptions,
): Promise<InputTable[]> {
  const found = await reader.tables(1);
  const paths = found.map(({ path }) => path);
  const chosen = new Set(tables.length === 0 ? paths : choosePaths(stage, paths, tables));
  const kept = found.filter(({ path }) => chosen.has(path));
  if (kept.length === 0) throw new StageError(stage, `there is no table in ${reader.name}`);
  for (const { path, sample } of kept) {
    for (const { name } of columns) numbersOf(path, sample, name);
    for (const field of fields) numbersOf(path, sample, field, 'fields');
  }
  for (const { name } of columns) checkUnits(name, kept);
  return kept;
}

/** Throws a StageError where a clustering column is in another unit than in other tables. */
function checkUnits(name: string, tables: readonly InputTable[]): void {
  let first: { readonly path: string; readonly units: unknown } | undefined;
  for (const { path, sample } of tables) {
    const { units } = numbersOf(path, sample, name).attrs;
    if (units === undefined) continue;
    first ??= { path, units };
    if (units !== first.units)
      throw new StageError(
        stage,
        `columns: ${name} is in ${String(first.units)} in ${first.path} and in ${String(units)} in ${path}: ` +
          'make a column in one unit with dsp_to_hit',
      );
  }
}

/** Number type of a further column. Throws a StageError when it is not the same in all tables. */
function dtypeOf(field: string, tables: readonly InputTable[]): Dtype {
  const [first, ...others] = tables.map(({ path, sample }) => ({
    path,
    dtype: numbersOf(path, sample, field).dtype,
  }));
  const other = others.find(({ dtype }) => dtype !== first!.dtype);
  if (other === undefined) return first!.dtype;
  throw new StageError(
    stage,
    `fields: ${field} is ${first!.dtype} in ${first!.path} and ${other.dtype} in ${other.path}`,
  );
}

/** Number of a table in a map; undefined when its path has none. Throws a StageError for a faulty pattern. */
export function keyOf(path: string, pattern: string): number | undefined {
  try {
    return tableKey(path, new RegExp(pattern));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StageError(stage, `keyPattern: ${why}`, [], cause);
  }
}

function numbersOf(path: string, table: Table, name: string, option = 'columns'): NdArray {
  const column = table.columns.get(name);
  if (column === undefined) {
    throw new StageError(
      stage,
      `${option}: ${path} has no column ${name}; ${insteadOf(name, table.columns.keys())}`,
    );
  }
  if (column.kind !== 'array' || column.shape.length !== 1) {
    throw new StageError(stage, `${option}: ${name} of ${path} does not hold one number per row`);
  }
  return column;
}
