import { allocate, type DataArray, type Dtype } from './dtype.js';
import type { DataObject, NdArray, StringArray, VectorOfVectors } from './lgdo.js';
import { concatRows, elementsPerRow, endOffset, hasRows, type RowObject, sliceRows } from './rows.js';

/**
 * Rows by number, in any order, also several times: row i of the result is row `at[i]`. Data are copied.
 * Throws a TypeError for a table with a column that has no rows.
 */
export function pickRows<T extends RowObject>(object: T, at: ArrayLike<number>): T {
  return pickAny(object, at) as T;
}

function pickAny(object: RowObject, at: ArrayLike<number>): DataObject {
  switch (object.kind) {
    case 'array':
      return pickArray(object, at);
    case 'strings':
      return pickStrings(object, at);
    case 'vov':
      return pickVectors(object, at);
    case 'table': {
      const columns = new Map<string, DataObject>();
      for (const [name, column] of object.columns) {
        if (!hasRows(column)) throw new TypeError(`column ${name} has no rows`);
        columns.set(name, pickAny(column, at));
      }
      return { ...object, rows: at.length, columns };
    }
    case 'encoded':
    case 'opaque': {
      const rows = Array.from(at, (row) => sliceRows(object, row, row + 1));
      return rows.length === 0 ? sliceRows(object, 0, 0) : concatRows(rows);
    }
  }
}

function pickArray(array: NdArray, at: ArrayLike<number>): NdArray {
  const width = elementsPerRow(array.shape);
  return {
    ...array,
    shape: [at.length, ...array.shape.slice(1)],
    data: pickData(array.dtype, array.data, at, width),
  };
}

function pickData(dtype: Dtype, data: DataArray, at: ArrayLike<number>, width: number): DataArray {
  const out = allocate(dtype, at.length * width);
  if (width > 1) {
    for (let i = 0; i < at.length; i += 1)
      (out as Float64Array).set(
        (data as Float64Array).subarray(at[i]! * width, (at[i]! + 1) * width),
        i * width,
      );
    return out;
  }
  if (dtype === 'int64' || dtype === 'uint64') {
    // Halves of 32 bits are moved: no BigInt is made per number.
    const [from, to] = [halves(data), halves(out)];
    for (let i = 0; i < at.length; i += 1) {
      to[2 * i] = from[2 * at[i]!]!;
      to[2 * i + 1] = from[2 * at[i]! + 1]!;
    }
    return out;
  }
  for (let i = 0; i < at.length * width; i += 1) (out as Float64Array)[i] = (data as Float64Array)[at[i]!]!;
  return out;
}

function halves({ buffer, byteOffset, byteLength }: DataArray): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

function pickStrings(strings: StringArray, at: ArrayLike<number>): StringArray {
  const width = strings.shape === undefined ? 1 : elementsPerRow(strings.shape);
  const values = Array.from(at, (row) => strings.values.slice(row * width, (row + 1) * width)).flat();
  if (strings.shape === undefined) return { ...strings, values };
  return { ...strings, values, shape: [at.length, ...strings.shape.slice(1)] };
}

function pickVectors(vov: VectorOfVectors, at: ArrayLike<number>): VectorOfVectors {
  const ends = new Uint32Array(at.length);
  let total = 0;
  for (let i = 0; i < at.length; i += 1) {
    total += endOffset(vov, at[i]!) - endOffset(vov, at[i]! - 1);
    ends[i] = total;
  }
  const inner = new Int32Array(total);
  for (let i = 0, out = 0; i < at.length; i += 1) {
    const stop = endOffset(vov, at[i]!);
    for (let k = endOffset(vov, at[i]! - 1); k < stop; k += 1) inner[out++] = k;
  }
  return {
    ...vov,
    cumulative: { ...vov.cumulative, dtype: 'uint32', shape: [ends.length], data: ends },
    flattened: pickAny(vov.flattened, inner) as VectorOfVectors['flattened'],
  };
}
