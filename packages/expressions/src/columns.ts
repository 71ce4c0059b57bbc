import { type DataObject, type Dtype, type NdArray, type Table } from '@countroom/records';
import { cast, type Kind, type Vector } from './vector.js';

const kindOf: Readonly<Record<Dtype, Kind>> = {
  bool: 'bool',
  int8: 'int32',
  uint8: 'int32',
  int16: 'int32',
  uint16: 'int32',
  int32: 'int32',
  uint32: 'int64',
  int64: 'int64',
  uint64: 'int64',
  float32: 'float32',
  float64: 'float64',
};

/** Kinds of the columns that expressions can use, by name; nested ones as `table__column`. */
export function columnKinds(table: Table, prefix = ''): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const [name, column] of table.columns) {
    if (column.kind === 'table')
      for (const entry of columnKinds(column, `${prefix}${name}__`)) kinds.set(...entry);
    else if (isPlain(column)) kinds.set(prefix + name, kindOf[column.dtype]);
  }
  return kinds;
}

/** Why a name cannot be used in an expression although there is such a column; undefined when there is none. */
export function unusable(table: Table, name: string): string | undefined {
  const column = columnAt(table, name);
  return column === undefined || isPlain(column)
    ? undefined
    : `column ${name} does not hold one number per row`;
}

/** The column of a name, nested ones as `table__column`. */
export function columnAt(table: Table, name: string): DataObject | undefined {
  const direct = table.columns.get(name);
  if (direct !== undefined) return direct;
  for (let cut = name.indexOf('__'); cut > 0; cut = name.indexOf('__', cut + 1)) {
    const nested = table.columns.get(name.slice(0, cut));
    if (nested?.kind === 'table') return columnAt(nested, name.slice(cut + 2));
  }
  return undefined;
}

/** A column of one number per row as a vector of its kind: narrow integers are widened, others are not copied. */
export function toVector(column: NdArray): Vector {
  const kind = kindOf[column.dtype];
  const { data } = column;
  switch (column.dtype) {
    case 'bool':
      return { kind, data: data as Uint8Array, step: 1 };
    case 'uint64':
      return {
        kind,
        data: new BigInt64Array((data as BigUint64Array).buffer, data.byteOffset, data.length),
        step: 1,
      };
    case 'int32':
    case 'int64':
    case 'float32':
    case 'float64':
      return { kind, data: data as Float64Array, step: 1 };
    default:
      // Any number array will do as the start of a cast: its elements are plain numbers.
      return cast({ kind: 'float64', data: Float64Array.from(data as Int16Array), step: 1 }, kind);
  }
}

/** Whether an object is a column of one number per row. */
export function isPlain(column: DataObject): column is NdArray {
  return column.kind === 'array' && column.shape.length === 1;
}
