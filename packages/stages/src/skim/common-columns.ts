import { StageError } from '@countroom/pipeline';
import { allocate, type DataObject, type Dtype, isBigDtype, type Table } from '@countroom/records';
import { stage } from './skim-texts.js';

/** Makes rows of one run alike to those of the others. */
export type Conform = (rows: Table) => Table;

/**
 * Brings the columns of several runs to common number types: runs may hold a column in float32 and in float64. Throws a
 * StageError that names column and runs when one is missing, or is something else.
 * @param samples a table of each run, rows or none
 * @param nameOf what a run is called, for error texts
 */
export function commonColumns(samples: readonly Table[], nameOf: (run: number) => string): Conform {
  const [first, ...others] = samples;
  if (first === undefined || others.length === 0) return (rows) => rows;
  const types = new Map<string, Dtype>();
  for (const [name, column] of first.columns) {
    for (const [k, { columns }] of others.entries()) {
      const other = columns.get(name);
      if (other !== undefined && shapeOf(other) === shapeOf(column)) continue;
      const what = other === undefined ? 'is not there' : `is ${shapeOf(other)}`;
      throw new StageError(
        stage,
        `columns: ${name} is ${shapeOf(column)} in ${nameOf(0)} and ${what} in ${nameOf(k + 1)}; ask for it with fewer runs`,
      );
    }
    const dtypes = samples.flatMap(({ columns }) => dtypeOf(columns.get(name)!) ?? []);
    const [dtype] = dtypes;
    if (dtype !== undefined && dtypes.some((one) => one !== dtype)) types.set(name, dtypes.reduce(common));
  }
  for (const [k, { columns }] of others.entries()) {
    const foreign = [...columns.keys()].find((name) => !first.columns.has(name));
    if (foreign !== undefined)
      throw new StageError(
        stage,
        `columns: ${nameOf(k + 1)} has ${foreign}, and ${nameOf(0)} does not; name columns one by one`,
      );
  }
  return (rows) => {
    if (types.size === 0) return rows;
    const columns = new Map(
      [...rows.columns].map(([name, column]): [string, DataObject] => {
        const dtype = types.get(name);
        return [name, dtype === undefined ? column : inDtype(column, dtype)];
      }),
    );
    return { ...rows, columns };
  };
}

/** What a column is but for the type of its numbers. */
function shapeOf(column: DataObject): string {
  if (column.kind === 'array') {
    const inner = column.shape.slice(1);
    return inner.length === 0 ? 'one number per row' : `${inner.join(' × ')} numbers per row`;
  }
  if (column.kind === 'vov') return `lists of ${shapeOf(column.flattened).replace(' per row', '')}`;
  return column.kind === 'strings' ? 'one text per row' : `of kind ${column.kind}`;
}

function dtypeOf(column: DataObject): Dtype | undefined {
  if (column.kind === 'array') return column.dtype;
  return column.kind === 'vov' ? dtypeOf(column.flattened) : undefined;
}

const widths: Readonly<Record<Dtype, number>> = {
  bool: 0,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
};

/** The number type that holds what both hold, as numpy has it; of large integers and floats float64. */
function common(a: Dtype, b: Dtype): Dtype {
  if (a === b || widths[b] === 0) return a;
  if (widths[a] === 0) return b;
  const floats = [a, b].filter((one) => one.startsWith('float'));
  if (floats.length === 2) return 'float64';
  const [float] = floats;
  if (float !== undefined) {
    const integer = a === float ? b : a;
    return float === 'float32' && widths[integer] <= 2 ? 'float32' : 'float64';
  }
  const [narrow, wide] = widths[a] <= widths[b] ? [a, b] : [b, a];
  if (narrow.startsWith('u') === wide.startsWith('u')) return wide;
  const unsigned = narrow.startsWith('u') ? narrow : wide;
  if (unsigned === narrow && widths[narrow] < widths[wide]) return wide;
  return (
    ({ 1: 'int16', 2: 'int32', 4: 'int64' } as Readonly<Record<number, Dtype>>)[widths[unsigned]] ?? 'float64'
  );
}

function inDtype(column: DataObject, dtype: Dtype): DataObject {
  if (column.kind === 'vov') {
    const flattened = inDtype(column.flattened, dtype) as typeof column.flattened;
    return { ...column, flattened };
  }
  if (column.kind !== 'array' || column.dtype === dtype) return column;
  const data = allocate(dtype, column.data.length);
  const from = column.data;
  for (let i = 0; i < data.length; i++) {
    if (isBigDtype(dtype)) (data as BigInt64Array)[i] = BigInt(from[i]!);
    else (data as Float64Array)[i] = Number(from[i]);
  }
  return { ...column, dtype, data };
}
