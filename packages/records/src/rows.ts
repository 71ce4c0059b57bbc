import { allocate, type DataArray, type Dtype } from './dtype.js';
import type { DataObject, Encoded, NdArray, Opaque, StringArray, Table, VectorOfVectors } from './lgdo.js';

/** Objects that have rows. */
export type RowObject = Exclude<DataObject, { kind: 'scalar' | 'struct' }>;

/** Whether an object has rows (arrays, texts, vectors, tables, encoded and opaque data with a first axis). */
export function hasRows(object: DataObject): object is RowObject {
  if (object.kind === 'opaque') return object.shape.length > 0;
  return object.kind !== 'scalar' && object.kind !== 'struct';
}

function product(extents: readonly number[]): number {
  return extents.reduce((total, extent) => total * extent, 1);
}

/** Numbers per row of an array: the product of all axes but the first. */
export function elementsPerRow(shape: readonly number[]): number {
  return shape.reduce((total, extent, axis) => (axis === 0 ? total : total * extent), 1);
}

/** Rows of an object along its first axis. Throws a TypeError for scalars, structs and data without axes. */
export function rowsOf(object: DataObject): number {
  switch (object.kind) {
    case 'array':
    case 'opaque': {
      const rows = object.shape[0];
      if (rows === undefined) throw new TypeError('data without axes have no rows');
      return rows;
    }
    case 'strings':
      return object.shape?.[0] ?? object.values.length;
    case 'vov':
      return rowsOf(object.cumulative);
    case 'encoded':
      return rowsOf(object.encoded);
    case 'table':
      return object.rows;
    case 'scalar':
    case 'struct':
      throw new TypeError(`a ${object.kind} has no rows`);
  }
}

/** End offset of row `row` of a vector of vectors; 0 for row −1. */
export function endOffset(vov: VectorOfVectors, row: number): number {
  return row < 0 ? 0 : Number(vov.cumulative.data[row] ?? 0);
}

/** The same kind of typed array over elements `start` to `stop`, without a copy. */
function subarray(data: DataArray, start: number, stop: number): DataArray {
  return data.subarray(start, stop);
}

function sliceArray(array: NdArray, start: number, stop: number): NdArray {
  const width = elementsPerRow(array.shape);
  return {
    ...array,
    shape: [stop - start, ...array.shape.slice(1)],
    data: subarray(array.data, start * width, stop * width),
  };
}

function sliceStrings(array: StringArray, start: number, stop: number): StringArray {
  if (array.shape === undefined) return { ...array, values: array.values.slice(start, stop) };
  const width = elementsPerRow(array.shape);
  return {
    ...array,
    values: array.values.slice(start * width, stop * width),
    shape: [stop - start, ...array.shape.slice(1)],
  };
}

function sliceVectors(vov: VectorOfVectors, start: number, stop: number): VectorOfVectors {
  const first = endOffset(vov, start - 1);
  const last = stop > start ? endOffset(vov, stop - 1) : first;
  const ends = new Uint32Array(stop - start);
  for (let row = start; row < stop; row += 1) ends[row - start] = endOffset(vov, row) - first;
  return {
    ...vov,
    cumulative: { ...vov.cumulative, dtype: 'uint32', shape: [ends.length], data: ends },
    flattened: sliceRows(vov.flattened, first, last),
  };
}

function sliceOpaque(object: Opaque, start: number, stop: number): Opaque {
  const width = elementsPerRow(object.shape) * object.elementBytes;
  return {
    ...object,
    shape: [stop - start, ...object.shape.slice(1)],
    bytes: object.bytes.subarray(start * width, stop * width),
  };
}

function sliceAny(object: RowObject, start: number, stop: number): DataObject {
  switch (object.kind) {
    case 'array':
      return sliceArray(object, start, stop);
    case 'strings':
      return sliceStrings(object, start, stop);
    case 'vov':
      return sliceVectors(object, start, stop);
    case 'encoded': {
      const { decodedSize } = object;
      return {
        ...object,
        encoded: sliceVectors(object.encoded, start, stop),
        decodedSize: decodedSize.kind === 'array' ? sliceArray(decodedSize, start, stop) : decodedSize,
      } satisfies Encoded;
    }
    case 'table': {
      const columns = new Map<string, DataObject>();
      for (const [name, column] of object.columns) {
        if (!hasRows(column)) throw new TypeError(`column ${name} has no rows`);
        columns.set(name, sliceAny(column, start, stop));
      }
      return { ...object, rows: stop - start, columns } satisfies Table;
    }
    case 'opaque':
      return sliceOpaque(object, start, stop);
  }
}

/**
 * Rows `start` (included) to `stop` (not included), cut to the rows that exist. Arrays are views on the data of the
 * object, not copies; the offsets of vectors of vectors begin at 0 again.
 */
export function sliceRows<T extends RowObject>(object: T, start: number, stop: number): T {
  const rows = rowsOf(object);
  const from = Math.min(Math.max(0, Math.trunc(start)), rows);
  const to = Math.min(Math.max(from, Math.trunc(stop)), rows);
  return sliceAny(object, from, to) as T;
}

function mismatch(what: string): never {
  throw new TypeError(`rows cannot be joined: ${what}`);
}

function joinData(dtype: Dtype, parts: readonly DataArray[]): DataArray {
  const data = allocate(
    dtype,
    parts.reduce((total, part) => total + part.length, 0),
  );
  const bytes = new Uint8Array(data.buffer);
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return data;
}

function usedData(array: NdArray): DataArray {
  return subarray(array.data, 0, product(array.shape));
}

function concatArrays(parts: readonly NdArray[]): NdArray {
  const [first] = parts as readonly [NdArray];
  const inner = first.shape.slice(1);
  for (const part of parts) {
    if (part.dtype !== first.dtype) mismatch(`number types ${first.dtype} and ${part.dtype}`);
    if (part.shape.slice(1).join() !== inner.join())
      mismatch(`rows of shape [${inner.join()}] and [${part.shape.slice(1).join()}]`);
  }
  const rows = parts.reduce((total, part) => total + rowsOf(part), 0);
  return { ...first, shape: [rows, ...inner], data: joinData(first.dtype, parts.map(usedData)) };
}

function concatVectors(parts: readonly VectorOfVectors[]): VectorOfVectors {
  const [first] = parts as readonly [VectorOfVectors];
  const ends = new Uint32Array(parts.reduce((total, part) => total + rowsOf(part), 0));
  let row = 0;
  let base = 0;
  const inner: RowObject[] = [];
  for (const part of parts) {
    const rows = rowsOf(part);
    const used = endOffset(part, rows - 1);
    if (base + used > 0xffff_ffff)
      throw new RangeError('joined vectors would hold more than 2^32 - 1 elements');
    for (let k = 0; k < rows; k += 1) ends[row + k] = base + endOffset(part, k);
    inner.push(sliceRows(part.flattened, 0, used));
    row += rows;
    base += used;
  }
  return {
    ...first,
    cumulative: { ...first.cumulative, dtype: 'uint32', shape: [ends.length], data: ends },
    flattened: concatRows(inner) as VectorOfVectors['flattened'],
  };
}

function concatEncoded(parts: readonly Encoded[]): Encoded {
  const [first] = parts as readonly [Encoded];
  const encoded = concatVectors(parts.map((part) => part.encoded));
  if (first.decodedSize.kind === 'array') {
    const sizes = parts.map((part) =>
      part.decodedSize.kind === 'array' ? part.decodedSize : mismatch('sizes per row and for all rows'),
    );
    return { ...first, encoded, decodedSize: concatArrays(sizes) };
  }
  const size = first.decodedSize.value;
  for (const { decodedSize } of parts) {
    if (decodedSize.kind !== 'scalar' || Number(decodedSize.value) !== Number(size))
      mismatch('different decoded sizes');
  }
  return { ...first, encoded };
}

function concatTables(parts: readonly Table[]): Table {
  const [first] = parts as readonly [Table];
  const columns = new Map<string, DataObject>();
  for (const part of parts) {
    if ([...part.columns.keys()].sort().join() !== [...first.columns.keys()].sort().join())
      mismatch('tables with other columns');
  }
  for (const name of first.columns.keys()) {
    const pieces = parts.map((part) => part.columns.get(name)!);
    columns.set(
      name,
      concatRows(pieces.map((piece) => (hasRows(piece) ? piece : mismatch(`column ${name} has no rows`)))),
    );
  }
  return { ...first, rows: parts.reduce((total, part) => total + part.rows, 0), columns };
}

function concatOpaque(parts: readonly Opaque[]): Opaque {
  const [first] = parts as readonly [Opaque];
  for (const part of parts) {
    if (
      part.elementBytes !== first.elementBytes ||
      part.shape.slice(1).join() !== first.shape.slice(1).join()
    )
      mismatch('opaque data of other shapes');
  }
  const bytes = joinData(
    'uint8',
    parts.map((part) => part.bytes),
  ) as Uint8Array;
  return {
    ...first,
    shape: [parts.reduce((total, part) => total + rowsOf(part), 0), ...first.shape.slice(1)],
    bytes,
  };
}

/**
 * All rows of the parts, in their order, as one new object (data are copied). The parts must agree in kind, columns,
 * number types and inner shapes, else a TypeError says in what they do not. Attributes are those of the first part.
 * Throws a RangeError when there are no parts.
 */
export function concatRows<T extends RowObject>(parts: readonly T[]): T {
  const all: readonly RowObject[] = parts;
  const first = all[0];
  if (first === undefined) throw new RangeError('there are no rows to join');
  const same = <K extends RowObject['kind']>(kind: K): Extract<RowObject, { kind: K }>[] =>
    all.map((part) =>
      part.kind === kind ? (part as Extract<RowObject, { kind: K }>) : mismatch(`${kind} and ${part.kind}`),
    );
  const join = (): RowObject => {
    switch (first.kind) {
      case 'array':
        return concatArrays(same('array'));
      case 'strings': {
        const strings = same('strings');
        const values = strings.flatMap((part) => part.values);
        if (first.shape === undefined) return { ...first, values };
        return {
          ...first,
          values,
          shape: [strings.reduce((total, part) => total + rowsOf(part), 0), ...first.shape.slice(1)],
        };
      }
      case 'vov':
        return concatVectors(same('vov'));
      case 'encoded':
        return concatEncoded(same('encoded'));
      case 'table':
        return concatTables(same('table'));
      case 'opaque':
        return concatOpaque(same('opaque'));
    }
  };
  return join() as T;
}
