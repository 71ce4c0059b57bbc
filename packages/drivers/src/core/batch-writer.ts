import {
  allocate,
  allocateColumns,
  type ColumnData,
  type RecordBatch,
  rowLength,
  type TableSchema,
} from '@countroom/records';
import { encodeBatch, encodedLength, rowBytes } from './batch-codec.js';
import type { RowWriter } from './driver.js';
import { DriverError } from './errors.js';
import type { RingProducer } from './ring/ring-producer.js';

/** Limits of one batch. */
export interface BatchLimits {
  /** Most rows. */
  readonly rows: number;
  /** Most bytes; a single longer row still makes a batch of its own. */
  readonly bytes: number;
}

/** 4096 rows or 1 MiB. */
export const defaultBatchLimits: BatchLimits = { rows: 4096, bytes: 1024 * 1024 };

/**
 * Hands an encoded batch to a ring; false when the ring has no room now. `rows`: what the ring counts it for, its rows
 * when not given.
 */
export function publishBatch(
  producer: RingProducer,
  schemaId: number,
  batch: RecordBatch,
  rows: number = batch.rows,
): boolean {
  const target = producer.reserve(encodedLength(batch.schema, batch.columns, batch.rows));
  if (target === undefined) return false;
  encodeBatch(batch, producer.published, target);
  producer.publish(schemaId, rows, process.hrtime.bigint());
  return true;
}

/** Collects rows of one table and puts them into a ring as batches. */
export class BatchWriter implements RowWriter {
  readonly schema: TableSchema;
  readonly capacity: number;
  private readonly schemaId: number;
  private readonly producer: RingProducer;
  private readonly byteLimit: number;
  private readonly mutable: ColumnData[];
  private count = 0;
  /** Bytes of the vectors of the complete rows, and of the row being written. */
  private vectorBytes = 0;
  private rowVectorBytes = 0;
  private firstRowNs = 0n;

  constructor(
    schema: TableSchema,
    schemaId: number,
    producer: RingProducer,
    limits: BatchLimits = defaultBatchLimits,
  ) {
    this.schema = schema;
    this.schemaId = schemaId;
    this.producer = producer;
    this.byteLimit = Math.min(limits.bytes, Math.floor(producer.maxRecordBytes / 2));
    this.capacity = Math.max(1, Math.min(limits.rows, Math.floor(this.byteLimit / rowBytes(schema))));
    this.mutable = allocateColumns(schema, this.capacity);
  }

  get columns(): readonly ColumnData[] {
    return this.mutable;
  }

  get rows(): number {
    return this.count;
  }

  ready(): boolean {
    return !this.full() || this.flush();
  }

  setVector(columnIndex: number, values: ArrayLike<number> | ArrayLike<bigint>): void {
    const schema = this.schema.columns[columnIndex];
    const column = this.mutable[columnIndex];
    if (schema === undefined || column?.offsets === undefined) {
      throw new RangeError(`column ${columnIndex} of table ${this.schema.name} takes no vectors`);
    }
    const begin = column.offsets[this.count]!;
    const end = begin + values.length;
    let { data } = column;
    if (end > data.length) {
      const grown = allocate(schema.dtype, Math.max(256, 2 * data.length, end));
      grown.set(data as never);
      data = grown;
      this.mutable[columnIndex] = { data, offsets: column.offsets };
    }
    data.set(values as never, begin);
    column.offsets[this.count + 1] = end;
    this.rowVectorBytes += values.length * data.BYTES_PER_ELEMENT;
  }

  advance(): void {
    if (this.full()) {
      throw new DriverError(
        'ring',
        this.schema.name,
        `table ${this.schema.name} has no room: ask ready() first`,
      );
    }
    if (this.count === 0) this.firstRowNs = process.hrtime.bigint();
    this.count += 1;
    this.vectorBytes += this.rowVectorBytes;
    this.rowVectorBytes = 0;
    for (const { offsets } of this.mutable) {
      // A row whose vector was not appended is an empty vector.
      if (offsets !== undefined && offsets[this.count]! < offsets[this.count - 1]!) {
        offsets[this.count] = offsets[this.count - 1]!;
      }
    }
    if (this.full()) this.flush();
  }

  /** Hands on what was collected, when its first row is older than `ageNs`. False when the ring has no room. */
  flushOlderThan(ageNs: bigint): boolean {
    if (this.count === 0 || process.hrtime.bigint() - this.firstRowNs < ageNs) return true;
    return this.flush();
  }

  /** Hands on what was collected; false when the ring has no room. */
  flush(): boolean {
    if (this.count === 0) return true;
    if (!publishBatch(this.producer, this.schemaId, this.batch())) return false;
    this.count = 0;
    this.vectorBytes = 0;
    for (const { offsets } of this.mutable) offsets?.fill(0);
    return true;
  }

  /** Forgets what was collected. Returns the number of rows lost. */
  discard(): number {
    const lost = this.count;
    this.count = 0;
    return lost;
  }

  private full(): boolean {
    return this.count >= this.capacity || this.vectorBytes >= this.byteLimit;
  }

  private batch(): RecordBatch {
    return { schema: this.schema, rows: this.count, columns: this.mutable };
  }
}

/** Numbers per row of a fixed-shape column, by column name. Throws a RangeError when there is no such column. */
export function columnWidth(schema: TableSchema, name: string): number {
  const column = schema.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new RangeError(`table ${schema.name} has no column ${name}`);
  return rowLength(column);
}
