import { type JoinedInput, joinedInputs, joinedName } from '@countroom/dsp';
import { type Lh5Reader, lh5Backend } from '@countroom/lh5';
import { type InputTable, StageError, type TableSource } from '@countroom/pipeline';
import type { Table } from '@countroom/records';
import { chainOf, inTable, stageName } from './assignment.js';
import { asNamed, type FileFinder } from './data-sets.js';
import type { RawToDspOptions } from './options.js';

/** A table whose columns stand beside those of an input table. */
export interface Join {
  readonly input: JoinedInput;
  readonly reader: Pick<Lh5Reader, 'readTable' | 'rowCount'>;
}

/** Columns of a table under the names that they get beside another table. */
function renamed(table: Table, input: JoinedInput): Table['columns'] {
  return new Map([...table.columns].map(([name, object]) => [joinedName(name, input), object]));
}

function beside(path: string, table: Table, join: Join, rows: Table): Table {
  const columns = new Map(table.columns);
  for (const [name, object] of renamed(rows, join.input)) {
    if (columns.has(name)) {
      throw new StageError(
        stageName,
        `for ${path}: '${name}' of ${join.input.file} is there already: give the entry of 'inputs' a prefix or a suffix`,
      );
    }
    columns.set(name, object);
  }
  return { ...table, columns };
}

async function sampled(table: InputTable, joins: readonly Join[]): Promise<InputTable> {
  let { sample } = table;
  for (const join of joins) {
    const { file, group } = join.input;
    const rows = await join.reader.rowCount(group);
    if (rows !== table.rows) {
      throw new StageError(
        stageName,
        `for ${table.path}: ${group} of ${file} has ${rows.toString()} rows, the table ${table.rows.toString()}: joined tables must be about the same events`,
      );
    }
    const own = await join.reader.readTable(group, { rows: [0, sample.rows] });
    sample = beside(table.path, sample, join, own);
  }
  return { ...table, sample };
}

/** A source whose tables have the columns of others beside their own, row by row. `joins` by path of the table. */
export function joinedSource(source: TableSource, joins: ReadonlyMap<string, readonly Join[]>): TableSource {
  const names = new Map<string, readonly (Join & { readonly columns: ReadonlyMap<string, string> })[]>();
  const namesOf = async (path: string) => {
    const known = names.get(path);
    if (known !== undefined) return known;
    const found = await Promise.all(
      (joins.get(path) ?? []).map(async (join) => {
        const { columns } = await join.reader.readTable(join.input.group, { rows: [0, 0] });
        const pairs = [...columns.keys()].map((name) => [joinedName(name, join.input), name] as const);
        return { ...join, columns: new Map(pairs) };
      }),
    );
    names.set(path, found);
    return found;
  };
  return {
    name: source.name,
    async tables(sampleRows) {
      const tables = await source.tables(sampleRows);
      return Promise.all(tables.map((table) => sampled(table, joins.get(table.path) ?? [])));
    },
    async *blocks(path, options) {
      const joined = await namesOf(path);
      const foreign = new Set(joined.flatMap(({ columns }) => [...columns.keys()]));
      const own = options.columns?.filter((column) => !foreign.has(column));
      // A block needs a column of its own table to have rows.
      const columns = own?.length === 0 ? undefined : own;
      const { blockRows, rows: range } = options;
      const rest = range === undefined ? { blockRows } : { blockRows, rows: range };
      const part = columns === undefined ? rest : { ...rest, columns };
      for await (const { start, rows } of source.blocks(path, part)) {
        let table = rows;
        for (const join of joined) {
          const wanted = [...join.columns].filter(([name]) => options.columns?.includes(name) ?? true);
          if (wanted.length === 0) continue;
          const same = [start, start + rows.rows] as const;
          const more = { rows: same, columns: wanted.map(([, name]) => name) };
          table = beside(path, table, join, await join.reader.readTable(join.input.group, more));
        }
        yield { start, rows: table };
      }
    },
  };
}

/** Opens the files that the chains of tables join; `close` closes all of them. After a fault none is left open. */
export async function openJoins(
  config: RawToDspOptions,
  tables: readonly InputTable[],
  find: FileFinder = asNamed,
): Promise<{ readonly joins: ReadonlyMap<string, readonly Join[]>; readonly close: () => Promise<void> }> {
  const readers = new Map<string, Lh5Reader>();
  const joins = new Map<string, readonly Join[]>();
  const close = async (): Promise<void> => {
    for (const reader of readers.values()) await reader.close();
  };
  try {
    for (const table of tables) {
      const assigned = chainOf(config, table.path);
      if (assigned === undefined) continue;
      const inputs = inTable(table, () => joinedInputs(assigned.chain, assigned.database));
      const own: Join[] = [];
      for (const input of inputs) {
        const reader = readers.get(input.file) ?? (await lh5Backend.openReader(find(input.file)));
        readers.set(input.file, reader);
        own.push({ input, reader });
      }
      if (own.length > 0) joins.set(table.path, own);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { joins, close };
}
