import type { JsonValue } from '@countroom/contracts';
import {
  concatRows,
  type DataArray,
  type DataObject,
  type Struct,
  sliceRows,
  type Table,
} from '@countroom/records';
import { Lh5Error } from '../errors.js';
import { type IteratedBlock, type IteratorOptions, rowsWhere, TableIterator } from './table-iterator.js';
import { mapInThreads, type TablePart } from './thread-map.js';

/** A function in a module of its own, so that threads can load it too. */
export interface FunctionReference {
  /** URL of the module. */
  readonly module: string;
  /** Name under which the module exports it. */
  readonly name: string;
  /** Given to it as the second argument. */
  readonly argument?: JsonValue;
}

/** How an operation is spread. */
export interface ThreadOptions {
  /** Threads to deal the tables to; 0 (the default) works in the calling one. */
  readonly threads?: number;
}

/** Applies a function to every block; the results are in the order of the blocks, however many threads there are. */
export async function mapTables(
  options: IteratorOptions,
  reference: FunctionReference,
  { threads = 0 }: ThreadOptions = {},
): Promise<unknown[]> {
  const iterator = new TableIterator(options);
  try {
    if (threads > 0) return await mapInThreads(options, await partsOf(iterator), reference, threads);
    const apply = await loadFunction(reference);
    const results: unknown[] = [];
    for await (const block of iterator) results.push(await apply(block, reference.argument));
    return results;
  } finally {
    await iterator.close();
  }
}

/** Blocks that a thread takes at once: a large table is dealt to several. */
const blocksPerPart = 8;

async function partsOf(iterator: TableIterator): Promise<TablePart[]> {
  return (await iterator.tables()).flatMap((table, number) =>
    Array.from({ length: Math.ceil(iterator.blockCount(table) / blocksPerPart) }, (_, k) => ({
      table: number,
      blocks: [k * blocksPerPart, (k + 1) * blocksPerPart] as const,
    })),
  );
}

/** A function that is applied to blocks. */
export type BlockFunction = (block: IteratedBlock, argument: JsonValue | undefined) => unknown;

function isBlockFunction(value: unknown): value is BlockFunction {
  return typeof value === 'function';
}

/** Loads a function. Fails when the module does not export it. */
export async function loadFunction({ module, name }: FunctionReference): Promise<BlockFunction> {
  const loaded = (await import(module)) as Readonly<Record<string, unknown>>;
  const found = loaded[name];
  if (!isBlockFunction(found))
    throw new Lh5Error('argument-invalid', `${module} exports no function ${name}`);
  return found;
}

/**
 * The rows of all tables for which a condition holds, put together. The condition is an expression (see
 * {@link IteratorOptions.where}), which may be worked out in threads, or gives one value per row of a block.
 */
export async function queryTables(
  options: IteratorOptions,
  condition: string | ((table: Table) => ArrayLike<number | boolean>),
  { threads = 0 }: ThreadOptions = {},
): Promise<Table> {
  if (typeof condition === 'string') {
    const where = options.where === undefined ? condition : `(${options.where}) & (${condition})`;
    return queryWhere({ ...options, where }, threads);
  }
  const iterator = new TableIterator(options);
  try {
    const found: Table[] = [];
    for await (const { data } of iterator) {
      const rows = rowsWhere(data, condition(data));
      if (rows.rows > 0 || found.length === 0) found.push(rows);
    }
    return found.length === 0 ? await iterator.read(0, 0) : concatRows(found);
  } finally {
    await iterator.close();
  }
}

async function queryWhere(options: IteratorOptions, threads: number): Promise<Table> {
  const found = (await mapTables(
    options,
    { module: import.meta.url, name: 'rowsOfBlock' },
    { threads },
  )) as Table[];
  if (found.length > 0) return concatRows(found);
  const iterator = new TableIterator(options);
  try {
    return await iterator.read(0, 0);
  } finally {
    await iterator.close();
  }
}

/** The rows of a block in memory of their own. */
export function rowsOfBlock({ data }: IteratedBlock): Table {
  return concatRows([sliceRows(data, 0, 0), data]);
}

/** One axis of a histogram: `bins` equal bins over [first, last), of the numbers in a column. */
export interface HistogramAxis {
  readonly column: string;
  readonly bins: number;
  readonly first: number;
  readonly last: number;
}

function numbersAt(table: Table, path: string): DataArray {
  let object: DataObject | undefined = table;
  for (const name of path.split('/'))
    object = object?.kind === 'table' ? object.columns.get(name) : undefined;
  if (object?.kind === 'array' && object.shape.length === 1) return object.data;
  throw new Lh5Error('argument-invalid', `${path} is no column of single numbers`);
}

function scalar(value: number | boolean, units?: string): DataObject {
  const attrs = units === undefined ? {} : { units };
  return { kind: 'scalar', value, dtype: typeof value === 'boolean' ? 'bool' : 'float64', attrs };
}

function axisObject({ bins, first, last }: HistogramAxis): Struct {
  const edges: Struct = {
    kind: 'struct',
    attrs: {},
    fields: new Map([
      ['first', scalar(first)],
      ['last', scalar(last)],
      ['step', scalar((last - first) / bins)],
    ]),
  };
  return {
    kind: 'struct',
    attrs: {},
    fields: new Map<string, DataObject>([
      ['binedges', edges],
      ['closedleft', scalar(true)],
    ]),
  };
}

/** Counts of the rows of a table in the bins of the axes, row-major; rows outside are left out. */
export function countRows(table: Table, axes: readonly HistogramAxis[], counts: Float64Array): void {
  const columns = axes.map(({ column }) => numbersAt(table, column));
  for (let row = 0; row < table.rows; row += 1) {
    let bin = 0;
    for (const [k, { bins, first, last }] of axes.entries()) {
      const value = Number(columns[k]![row]);
      const own = Math.floor(((value - first) / (last - first)) * bins);
      bin = own >= 0 && own < bins && value < last ? bin * bins + own : Number.NaN;
    }
    if (!Number.isNaN(bin)) counts[bin]! += 1;
  }
}

/** A histogram of columns over all selected rows, as the object that LH5 files hold. Only those columns are read. */
export async function histogramTables(
  options: IteratorOptions,
  axes: readonly HistogramAxis[],
  { threads = 0 }: ThreadOptions = {},
): Promise<Struct> {
  const size = axes.reduce((total, { bins }) => total * bins, 1);
  const valid = axes.every(({ bins, first, last }) => Number.isInteger(bins) && bins > 0 && first < last);
  if (axes.length === 0 || !valid || size > 1e8)
    throw new Lh5Error(
      'argument-invalid',
      'a histogram needs axes with at least one bin and last above first',
    );
  const weights = new Float64Array(size);
  const joinedColumns = axes.map(({ column }) => column);
  const reference = {
    module: import.meta.url,
    name: 'countBlock',
    argument: axes.map((axis) => ({ ...axis })),
  };
  for (const part of await mapTables({ ...options, joinedColumns, reuse: true }, reference, { threads })) {
    (part as Float64Array).forEach((count, bin) => {
      weights[bin]! += count;
    });
  }
  return {
    kind: 'struct',
    attrs: {},
    fields: new Map<string, DataObject>([
      [
        'binning',
        {
          kind: 'struct',
          attrs: {},
          fields: new Map(axes.map((axis, k) => [`axis_${k}`, axisObject(axis)])),
        },
      ],
      ['isdensity', scalar(false)],
      [
        'weights',
        {
          kind: 'array',
          flavor: 'array',
          dtype: 'float64',
          shape: axes.map(({ bins }) => bins),
          data: weights,
          attrs: {},
        },
      ],
    ]),
  };
}

/** Counts of one block; see {@link histogramTables}. */
export function countBlock({ data }: IteratedBlock, argument: JsonValue | undefined): Float64Array {
  const axes = argument as unknown as readonly HistogramAxis[];
  const counts = new Float64Array(axes.reduce((total, { bins }) => total * bins, 1));
  countRows(data, axes, counts);
  return counts;
}
