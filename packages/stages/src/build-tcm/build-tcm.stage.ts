import { CoincidenceBuilder, type CoincidenceMap, tableKey } from '@countroom/events';
import { type InputTable, StageError, type TableReader, type TableStage } from '@countroom/pipeline';
import type { DataArray, Table } from '@countroom/records';
import { choosePaths } from '../files/table-choice.js';
import { mapTable } from './map-table.js';
import { type BuildTcmOptions, buildTcmOptions } from './tcm-options.js';

const stage = 'build_tcm';
/** Numbers of clustering columns that are read at once, over all tables. */
const numbersAtOnce = 4_000_000;

/** Which hits of which tables belong to one event, by their time or another column. */
export const buildTcm: TableStage<BuildTcmOptions> = {
  name: stage,
  version: '1',
  title: 'Find coincidences',
  description: 'A time coincidence map: which hits of which channels belong to one event.',
  dependsOn: 'hit',
  alsoReads: [],
  provides: 'tcm',
  configSchema: buildTcmOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get('hit')!;
    const tables = await chosenTables(reader, config);
    const keys = tables.map(({ path }, i) => keyOf(path, config.keyPattern) ?? i);
    const builder = new CoincidenceBuilder({
      tables: tables.map(({ path }, i) => ({ path, key: keys[i]! })),
      columns: config.columns,
      reference: config.windowReference,
    });
    const names = config.columns.map(({ name }) => name);
    const blockRows = Math.max(1000, Math.floor(numbersAtOnce / (tables.length * names.length)));
    const total = tables.reduce((sum, { rows }) => sum + rows, 0);
    const next = tables.map(() => 0);
    let events = 0;
    let done = 0;
    const attrs = { tables: JSON.stringify(tables.map(({ path }) => path)), hash_func: config.keyPattern };
    const output = (map: CoincidenceMap): { path: string; rows: Table } => {
      events += map.ends.length;
      return { path: config.name, rows: mapTable(map, keys, attrs) };
    };
    yield output({ table: new Int32Array(0), row: new Int32Array(0), ends: new Int32Array(0) });
    for (let slowest = builder.slowest(); slowest !== undefined; slowest = builder.slowest()) {
      const { path, rows } = tables[slowest]!;
      const start = next[slowest]!;
      const stop = Math.min(rows, start + blockRows);
      if (stop > start) {
        const block = await reader.read(path, [start, stop], names);
        builder.push(
          slowest,
          names.map((name) => numbersOf(path, block, name)),
        );
        next[slowest] = stop;
        done += stop - start;
        context.progress(done, total);
      }
      if (stop >= rows) builder.end(slowest);
      const map = builder.take();
      if (map.ends.length > 0) yield output(map);
    }
    const rest = builder.take();
    if (rest.ends.length > 0) yield output(rest);
    return { tables: tables.length, hits: done, events };
  },
};

async function chosenTables(
  reader: TableReader,
  { tables, columns }: BuildTcmOptions,
): Promise<InputTable[]> {
  const found = await reader.tables(1);
  const paths = found.map(({ path }) => path);
  const chosen = new Set(tables.length === 0 ? paths : choosePaths(stage, paths, tables));
  const kept = found.filter(({ path }) => chosen.has(path));
  if (kept.length === 0) throw new StageError(stage, `there is no table in ${reader.name}`);
  for (const { path, sample } of kept) for (const { name } of columns) numbersOf(path, sample, name);
  return kept;
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

function numbersOf(path: string, table: Table, name: string): DataArray {
  const column = table.columns.get(name);
  if (column === undefined) {
    const known = [...table.columns.keys()].join(', ');
    throw new StageError(stage, `columns: ${path} has no column ${name}; it has ${known}`);
  }
  if (column.kind !== 'array' || column.shape.length !== 1) {
    throw new StageError(stage, `columns: ${name} of ${path} does not hold one number per row`);
  }
  return column.data;
}
