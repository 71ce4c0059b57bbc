import type { TableReader } from '@countroom/pipeline';
import {
  allocate,
  type DataObject,
  type Dtype,
  type NdArray,
  pickRows,
  sliceRows,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';

/** Tables in memory as an input; `reads` tells which columns of which rows were asked for. */
export function memoryReader(
  tables: Readonly<Record<string, Table>>,
  reads: { path: string; rows: number; columns: readonly string[] | undefined }[] = [],
): TableReader {
  const only = (table: Table, names: readonly string[] | undefined): Table => {
    if (names === undefined) return table;
    const tops = new Set(names.map((name) => name.split('/')[0]!));
    return { ...table, columns: new Map([...table.columns].filter(([name]) => tops.has(name))) };
  };
  return {
    name: 'memory',
    tables: (rows) =>
      Promise.resolve(
        Object.entries(tables).map(([path, table]) => ({
          path,
          rows: table.rows,
          sample: sliceRows(table, 0, rows),
        })),
      ),
    read: (path, [start, stop], columns) => {
      reads.push({ path, rows: stop - start, columns });
      return Promise.resolve(only(sliceRows(tables[path]!, start, stop), columns));
    },
    pick: (path, rows, columns) => {
      reads.push({ path, rows: rows.length, columns });
      return Promise.resolve(only(pickRows(tables[path]!, rows), columns));
    },
  };
}

/** A column of numbers. */
export function numbersOf(dtype: Dtype, values: readonly (number | bigint)[], units?: string): NdArray {
  const data = allocate(dtype, values.length);
  values.forEach((value, i) => {
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[i] = BigInt(value);
    else data[i] = Number(value);
  });
  const attrs = units === undefined ? {} : { units };
  return { kind: 'array', flavor: 'array', dtype, shape: [values.length], data, attrs };
}

/** A column of lists. */
export function listsOfNumbers(dtype: Dtype, lists: readonly (readonly number[])[]): VectorOfVectors {
  let end = 0;
  const ends = lists.map((list) => (end += list.length));
  return {
    kind: 'vov',
    cumulative: numbersOf('uint32', ends),
    flattened: numbersOf(dtype, lists.flat()),
    attrs: {},
  };
}

/** A table of columns. */
export function tableOf(columns: Readonly<Record<string, DataObject>>, attrs: Table['attrs'] = {}): Table {
  const [first] = Object.values(columns);
  const rows =
    first?.kind === 'array' ? first.shape[0]! : first?.kind === 'vov' ? first.cumulative.shape[0]! : 0;
  return { kind: 'table', rows, columns: new Map(Object.entries(columns)), attrs };
}

/** What a column holds, as plain lists. */
export function valuesOf(object: DataObject | undefined): unknown[] {
  if (object?.kind === 'strings') return [...object.values];
  if (object?.kind === 'array') return Array.from(object.data as Float64Array, Number);
  if (object?.kind !== 'vov') throw new TypeError(object?.kind ?? 'nothing');
  const items = valuesOf(object.flattened);
  const ends = Array.from(object.cumulative.data as Uint32Array, Number);
  return ends.map((end, row) => items.slice(row === 0 ? 0 : ends[row - 1], end));
}
