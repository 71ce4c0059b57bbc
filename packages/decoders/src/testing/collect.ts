import { createHash } from 'node:crypto';
import { allocate, type DataArray, type Dtype, type RecordBatch, rowLength } from '@countroom/records';
import type { DecodedBatch } from '../core/decoder.js';

/** One column of a whole table in memory. */
export interface WholeColumn {
  readonly dtype: Dtype;
  /** Rows first, then the inner shape; for vectors the shape of the flattened data. */
  readonly shape: readonly number[];
  readonly data: DataArray;
  /** For vectors: where each row ends. */
  readonly cumulative?: BigInt64Array;
  readonly units?: string;
}

/** A whole table in memory, for tests and small files. */
export interface WholeTable {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, WholeColumn>;
}

/** Joins batches into whole tables by path, regardless of the output stream. */
export function collectTables(batches: Iterable<DecodedBatch>): Map<string, WholeTable> {
  const byPath = new Map<string, RecordBatch[]>();
  for (const { batch } of batches) {
    const list = byPath.get(batch.schema.name) ?? [];
    list.push(batch);
    byPath.set(batch.schema.name, list);
  }
  return new Map([...byPath].map(([path, list]) => [path, join(list)]));
}

/** SHA-256 of the little-endian bytes of an array. */
export function sha256(data: DataArray): string {
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}

function join(batches: readonly RecordBatch[]): WholeTable {
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const columns = new Map<string, WholeColumn>();
  batches[0]!.schema.columns.forEach((schema, index) => {
    const parts = batches.map((batch) => {
      const { data, offsets } = batch.columns[index]!;
      return data.subarray(0, offsets === undefined ? batch.rows * rowLength(schema) : offsets[batch.rows]!);
    });
    const data = allocate(
      schema.dtype,
      parts.reduce((sum, part) => sum + part.length, 0),
    );
    let at = 0;
    for (const part of parts) {
      (data as Float64Array).set(part as Float64Array, at);
      at += part.length;
    }
    const units = schema.units === undefined ? {} : { units: schema.units };
    if (!schema.variableLength) {
      columns.set(schema.name, { dtype: schema.dtype, shape: [rows, ...schema.shape], data, ...units });
      return;
    }
    const cumulative = new BigInt64Array(rows);
    let row = 0;
    let before = 0n;
    for (const batch of batches) {
      const offsets = batch.columns[index]!.offsets!;
      for (let i = 1; i <= batch.rows; i++) cumulative[row++] = before + BigInt(offsets[i]!);
      before += BigInt(offsets[batch.rows]!);
    }
    columns.set(schema.name, { dtype: schema.dtype, shape: [data.length], data, cumulative, ...units });
  });
  return { rows, columns };
}
