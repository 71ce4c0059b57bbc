import {
  elementsPerRow,
  type NdArray,
  type StringArray,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';

/** Takes the rows of one table, block after block, and makes a file of them. */
export interface TableFileWriter {
  append(rows: Table): void;
  /** Completes the file: it appears under its name. */
  close(): void;
  /** Leaves nothing behind. */
  abort(): void;
}

/** Makes the bytes of a file of the rows of one table, block after block. All blocks have the same columns. */
export interface RowEncoder {
  /** Bytes that are complete; rows may be kept back until there are enough of them. */
  encode(rows: Table): Uint8Array;
  /** The rest. */
  end(): Uint8Array;
}

/** One row of a column; lists may be nested. */
export type Cell = number | bigint | boolean | string | readonly Cell[];

/** A flat column: `height[2]` is the third number of each row of an array column. */
export interface FlatColumn {
  readonly name: string;
  readonly source: NdArray | StringArray | VectorOfVectors;
  /** Which number of a row; `list`: all of them. */
  readonly index: number | 'list';
}

/** Numbers per row that get a column each. */
const mostOwnColumns = 64;

/**
 * Columns that files of rows can hold: numbers, texts, arrays of a fixed shape number by number; nested tables by path.
 * @param lists whether the file can hold lists: vectors of any length, and arrays of more than 64 numbers per row
 */
export function flatColumns(table: Table, lists: boolean, prefix = ''): FlatColumn[] {
  return [...table.columns].flatMap(([name, column]): FlatColumn[] => {
    const path = `${prefix}${name}`;
    if (column.kind === 'table') return flatColumns(column, lists, `${path}/`);
    if (column.kind === 'strings') return [{ name: path, source: column, index: 0 }];
    if (column.kind === 'vov') return lists ? [{ name: path, source: column, index: 'list' }] : [];
    if (column.kind !== 'array') return [];
    const width = elementsPerRow(column.shape);
    if (width > mostOwnColumns) return lists ? [{ name: path, source: column, index: 'list' }] : [];
    return Array.from({ length: width }, (_, index) => ({
      name: column.shape.length === 1 ? path : `${path}[${index}]`,
      source: column,
      index,
    }));
  });
}

/** Names of columns that have no place in a file of rows, with or without lists. */
export function leftOut(table: Table, lists: boolean, prefix = ''): string[] {
  return [...table.columns].flatMap(([name, column]) => {
    if (column.kind === 'table') return leftOut(column, lists, `${prefix}${name}/`);
    if (lists && (column.kind === 'vov' || column.kind === 'array')) return [];
    const fits =
      column.kind === 'strings' ||
      (column.kind === 'array' && elementsPerRow(column.shape) <= mostOwnColumns);
    return fits ? [] : [`${prefix}${name}`];
  });
}

/** Value of a row; truth values as such. */
export function valueAt({ source, index }: FlatColumn, row: number): Cell {
  if (source.kind === 'strings') return source.values[row] ?? '';
  if (source.kind === 'vov') return listAt(source, row);
  const width = elementsPerRow(source.shape);
  if (index === 'list') return Array.from({ length: width }, (_, k) => numberAt(source, row * width + k));
  return numberAt(source, row * width + index);
}

function listAt({ cumulative, flattened }: VectorOfVectors, row: number): readonly Cell[] {
  const first = row === 0 ? 0 : Number(cumulative.data[row - 1]);
  return Array.from({ length: Number(cumulative.data[row]) - first }, (_, k) => {
    if (flattened.kind === 'vov') return listAt(flattened, first + k);
    return flattened.kind === 'strings'
      ? (flattened.values[first + k] ?? '')
      : numberAt(flattened, first + k);
  });
}

function numberAt({ data, dtype }: NdArray, at: number): number | bigint | boolean {
  const value = data[at]!;
  return dtype === 'bool' ? value !== 0 : value;
}
