import type { NdArray, StringArray, Table } from '@countroom/records';

/** Takes the rows of one table, block after block, and makes a file of them. */
export interface TableFileWriter {
  append(rows: Table): void;
  /** Completes the file: it appears under its name. */
  close(): void;
  /** Leaves nothing behind. */
  abort(): void;
}

/** A flat column: `height[2]` is the third number of each row of an array column. */
export interface FlatColumn {
  readonly name: string;
  readonly source: NdArray | StringArray;
  /** Numbers per row, and which of them. */
  readonly width: number;
  readonly index: number;
}

/** Columns that files of rows can hold: numbers, texts, arrays of a fixed shape number by number; nested tables by path. */
export function flatColumns(table: Table, prefix = ''): FlatColumn[] {
  return [...table.columns].flatMap(([name, column]): FlatColumn[] => {
    const path = `${prefix}${name}`;
    if (column.kind === 'table') return flatColumns(column, `${path}/`);
    if (column.kind === 'strings') return [{ name: path, source: column, width: 1, index: 0 }];
    if (column.kind !== 'array') return [];
    const width = column.shape.slice(1).reduce((product, extent) => product * extent, 1);
    return Array.from({ length: width }, (_, index) => ({
      name: column.shape.length === 1 ? path : `${path}[${index}]`,
      source: column,
      width,
      index,
    }));
  });
}

/** Names of columns that have no place in a flat file (lists of varying length and the like). */
export function leftOut(table: Table, prefix = ''): string[] {
  return [...table.columns].flatMap(([name, column]) => {
    if (column.kind === 'table') return leftOut(column, `${prefix}${name}/`);
    return column.kind === 'array' || column.kind === 'strings' ? [] : [`${prefix}${name}`];
  });
}

/** Value of a row; truth values as such. */
export function valueAt(
  { source, width, index }: FlatColumn,
  row: number,
): number | bigint | boolean | string {
  if (source.kind === 'strings') return source.values[row] ?? '';
  const value = source.data[row * width + index]!;
  return source.dtype === 'bool' ? value !== 0 : value;
}
