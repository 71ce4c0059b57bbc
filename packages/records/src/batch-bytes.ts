import { bytesPerElement, type DataArray, viewOf } from './dtype.js';
import type { ColumnData, RecordBatch } from './record-batch.js';
import { type ColumnSchema, rowLength } from './table-schema.js';

const magic = 0x31_42_52_43;
const alignment = 8;

interface Header {
  readonly name: string;
  readonly rows: number;
  /** Schema of each column with the number of elements that follow; `offsets` of rows + 1 stand before them. */
  readonly columns: readonly (ColumnSchema & { readonly elements: number })[];
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** The elements that belong to the rows of the batch; a column of variable length begins at its first row. */
function usedOf(schema: ColumnSchema, { data, offsets }: ColumnData, rows: number): DataArray {
  const [first, end] = schema.variableLength
    ? [offsets?.[0] ?? 0, offsets?.[rows] ?? 0]
    : [0, rows * rowLength(schema)];
  return data.subarray(first, end);
}

/**
 * A batch as bytes, for a process that is not written in the same memory: a header with the schema, then the arrays as
 * they lie in memory (little-endian), each on a multiple of 8 bytes.
 */
export function encodeBatch(batch: RecordBatch): Uint8Array<ArrayBuffer> {
  const { schema, rows } = batch;
  const used = schema.columns.map((column, index) => usedOf(column, batch.columns[index]!, rows));
  const header: Header = {
    name: schema.name,
    rows,
    columns: schema.columns.map((column, index) => ({ ...column, elements: used[index]!.length })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const parts = used.flatMap((data, index): ArrayBufferView[] => {
    const { offsets } = batch.columns[index]!;
    if (!schema.columns[index]!.variableLength) return [data];
    const first = offsets?.[0] ?? 0;
    return [Uint32Array.from({ length: rows + 1 }, (_, row) => (offsets?.[row] ?? first) - first), data];
  });
  const start = aligned(8 + text.length);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + aligned(part.byteLength), start));
  new DataView(bytes.buffer).setUint32(0, magic, true);
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = start;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += aligned(part.byteLength);
  }
  return bytes;
}

/**
 * The batch that encodeBatch wrote. Arrays are views on `bytes`. Throws a TypeError for bytes that are no batch or end too
 * early.
 */
export function decodeBatch(bytes: ArrayBuffer): RecordBatch {
  const view = new DataView(bytes);
  if (bytes.byteLength < 8 || view.getUint32(0, true) !== magic)
    throw new TypeError('these bytes are no batch of rows');
  const length = view.getUint32(4, true);
  if (8 + length > bytes.byteLength) throw new TypeError('the batch of rows ends within its header');
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length))) as Header;
  let at = aligned(8 + length);
  const take = <T>(size: number, make: (from: number) => T): T => {
    if (at + size > bytes.byteLength) throw new TypeError('the batch of rows ends too early');
    const made = make(at);
    at += aligned(size);
    return made;
  };
  const columns = header.columns.map(({ dtype, variableLength, elements }): ColumnData => {
    const offsets = variableLength
      ? take((header.rows + 1) * 4, (from) => new Uint32Array(bytes, from, header.rows + 1))
      : undefined;
    const data = take(elements * bytesPerElement(dtype), (from) => viewOf(dtype, bytes, from, elements));
    return offsets === undefined ? { data } : { data, offsets };
  });
  const schema = header.columns.map(
    ({ name, dtype, shape, variableLength, units, description }): ColumnSchema => ({
      name,
      dtype,
      shape,
      variableLength,
      ...(units === undefined ? {} : { units }),
      ...(description === undefined ? {} : { description }),
    }),
  );
  return { schema: { name: header.name, columns: schema }, rows: header.rows, columns };
}
