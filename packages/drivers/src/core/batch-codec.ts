import {
  bytesPerElement,
  type ColumnData,
  type ColumnSchema,
  type RecordBatch,
  rowLength,
  type TableSchema,
  viewOf,
} from '@countroom/records';
import { DriverError } from './errors.js';

/*
 * A batch as bytes, little-endian, every part at a multiple of 8:
 *   u32 rows, u32 zero, i64 sequence, then per column in schema order
 *   fixed shape:     rows * rowLength numbers
 *   variable length: u64 count, (rows + 1) u32 offsets, count numbers
 */
const headerBytes = 16;
const padded = (bytes: number): number => 8 * Math.ceil(bytes / 8);

function columnBytes(schema: ColumnSchema, column: ColumnData, rows: number): number {
  const size = bytesPerElement(schema.dtype);
  if (!schema.variableLength) return padded(rows * rowLength(schema) * size);
  return 8 + padded((rows + 1) * 4) + padded((column.offsets?.[rows] ?? 0) * size);
}

/** Bytes that `encodeBatch` needs for the first `rows` rows; a multiple of 8. */
export function encodedLength(schema: TableSchema, columns: readonly ColumnData[], rows: number): number {
  return schema.columns.reduce((sum, column, i) => sum + columnBytes(column, columns[i]!, rows), headerBytes);
}

/** Bytes of one row in a batch, variable-length columns counted with no data. */
export function rowBytes(schema: TableSchema): number {
  return schema.columns.reduce(
    (sum, column) => sum + (column.variableLength ? 4 : rowLength(column) * bytesPerElement(column.dtype)),
    0,
  );
}

/** Writes a batch into `target`, whose length is `encodedLength` and whose offset is a multiple of 8. */
export function encodeBatch(batch: RecordBatch, sequence: bigint, target: Uint8Array): void {
  const head = new DataView(target.buffer, target.byteOffset, headerBytes);
  head.setUint32(0, batch.rows, true);
  head.setUint32(4, 0, true);
  head.setBigInt64(8, sequence, true);
  let at = headerBytes;
  const put = (source: ArrayBufferView, bytes: number): void => {
    target.set(new Uint8Array(source.buffer, source.byteOffset, bytes), at);
    at += padded(bytes);
  };
  batch.schema.columns.forEach((schema, index) => {
    const column = batch.columns[index]!;
    const size = bytesPerElement(schema.dtype);
    if (!schema.variableLength) {
      put(column.data, batch.rows * rowLength(schema) * size);
      return;
    }
    const offsets = column.offsets ?? new Uint32Array(batch.rows + 1);
    const count = offsets[batch.rows] ?? 0;
    new DataView(target.buffer, target.byteOffset + at, 8).setBigUint64(0, BigInt(count), true);
    at += 8;
    put(offsets, (batch.rows + 1) * 4);
    put(column.data, count * size);
  });
}

/** A decoded batch and its place in the source's order. */
export interface DecodedBatch {
  readonly sequence: bigint;
  readonly batch: RecordBatch;
}

/**
 * Reads a batch of a known schema. The columns are views of `bytes` (copied first when these are not aligned
 * to 8), so they live as long as those do. Throws DriverError `spool-format` when lengths do not fit.
 */
export function decodeBatch(schema: TableSchema, bytes: Uint8Array): DecodedBatch {
  const source = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
  const { buffer, byteOffset, byteLength } = source;
  if (byteLength < headerBytes) throw misfit(schema, byteLength);
  const view = new DataView(buffer, byteOffset, byteLength);
  const rows = view.getUint32(0, true);
  let at = headerBytes;
  const take = (length: number): number => {
    const from = at;
    at += padded(length);
    if (at > byteLength) throw misfit(schema, byteLength);
    return byteOffset + from;
  };
  const columns = schema.columns.map((column): ColumnData => {
    const size = bytesPerElement(column.dtype);
    if (!column.variableLength) {
      const count = rows * rowLength(column);
      return { data: viewOf(column.dtype, buffer, take(count * size), count) };
    }
    const countAt = take(8) - byteOffset;
    const count = Number(view.getBigUint64(countAt, true));
    const offsets = new Uint32Array(buffer, take((rows + 1) * 4), rows + 1);
    if (offsets[rows] !== count) throw misfit(schema, byteLength);
    return { data: viewOf(column.dtype, buffer, take(count * size), count), offsets };
  });
  if (at !== byteLength) throw misfit(schema, byteLength);
  return { sequence: view.getBigInt64(8, true), batch: { schema, rows, columns } };
}

function misfit(schema: TableSchema, bytes: number): DriverError {
  return new DriverError('spool-format', schema.name, `${bytes} bytes are no batch of table ${schema.name}`);
}

/** A copy that shares no memory with the original, cut to its rows; for those who keep batches from a ring. */
export function cloneBatch(batch: RecordBatch): RecordBatch {
  const columns = batch.schema.columns.map((schema, index): ColumnData => {
    const { data, offsets } = batch.columns[index]!;
    if (offsets === undefined) return { data: data.slice(0, batch.rows * rowLength(schema)) };
    return { data: data.slice(0, offsets[batch.rows]), offsets: offsets.slice(0, batch.rows + 1) };
  });
  return { schema: batch.schema, rows: batch.rows, columns };
}
