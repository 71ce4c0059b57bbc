import type { Dtype } from './dtype.js';

/**
 * One column of a table. The name is a path: `waveform/values` is the column `values` of the nested table
 * `waveform`. A column is either of fixed inner shape (`[]` one number per row, `[n]` n numbers per row) or,
 * with `variableLength`, a vector of its own length per row.
 */
export interface ColumnSchema {
  readonly name: string;
  readonly dtype: Dtype;
  /** Shape of one row; empty for plain columns; must be empty when `variableLength` is set. */
  readonly shape: readonly number[];
  readonly variableLength: boolean;
  /** Unit in the notation of LH5 files: `ns`, `s`, `adc`, `mV`, `keV` … */
  readonly units?: string;
  readonly description?: string;
}

/** Schema of one table; `name` is the path of the table in a raw file, for example `ch0000000/raw`. */
export interface TableSchema {
  readonly name: string;
  readonly columns: readonly ColumnSchema[];
}

/** Numbers in one row of a fixed-shape column (product of the inner shape, 1 for a plain column). */
export function rowLength(column: ColumnSchema): number {
  return column.shape.reduce((product, extent) => product * extent, 1);
}

/** A short-hand for a column of one number per row. */
export function scalarColumn(
  name: string,
  dtype: Dtype,
  extra: { units?: string; description?: string } = {},
): ColumnSchema {
  return { name, dtype, shape: [], variableLength: false, ...extra };
}
