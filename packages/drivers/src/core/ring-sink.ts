import type { TableSchema } from '@countroom/records';
import { type BatchLimits, BatchWriter, defaultBatchLimits, publishBatch } from './batch-writer.js';
import type { HostClock } from './clock.js';
import type { BatchSink, DriverCounters } from './driver.js';
import { type InfoLine, infoBatch } from './info-table.js';
import type { RingProducer } from './ring/ring-producer.js';
import { accountBatch, accountOf } from './source-account.js';

/** A batch is handed on at the latest this long after its first row. */
export const batchAgeNs = 50_000_000n;

/** Batches of all tables together take at most half of the ring, so that many channels need no more memory. */
function limitsFor(tables: number, producer: RingProducer): BatchLimits {
  const share = Math.floor((2 * producer.maxRecordBytes) / Math.max(1, tables));
  return { ...defaultBatchLimits, bytes: Math.min(defaultBatchLimits.bytes, Math.max(16_384, share)) };
}

/** The sink of a source: one writer per table, INFO lines in order with the data, all into one ring. */
export class RingSink implements BatchSink {
  private readonly writers: readonly BatchWriter[];
  private readonly producer: RingProducer;
  private readonly clock: HostClock;
  private lines: InfoLine[] = [];

  /** Tables as the driver prepared them: writer i has schema id i + 1, because id 0 is `run/info`. */
  constructor(
    tables: readonly TableSchema[],
    producer: RingProducer,
    clock: HostClock,
    limits: BatchLimits = limitsFor(tables.length, producer),
  ) {
    this.writers = tables.map((schema, index) => new BatchWriter(schema, index + 1, producer, limits));
    this.producer = producer;
    this.clock = clock;
  }

  get blocked(): boolean {
    return this.lines.length > 0 ? !this.flush() : this.writers.some((writer) => !writer.ready());
  }

  writer(tableIndex: number): BatchWriter {
    const writer = this.writers[tableIndex];
    if (writer === undefined) {
      throw new RangeError(`there is no table ${tableIndex}; the driver prepared ${this.writers.length}`);
    }
    return writer;
  }

  info(text: string): void {
    this.lines.push({ timeNs: this.clock.epochNs(), message: text });
    this.flush();
  }

  /** Hands on what has waited for 50 ms. */
  flushOld(): void {
    for (const writer of this.writers) writer.flushOlderThan(batchAgeNs);
  }

  /** Hands on everything; false when the ring has no room for all of it. */
  flush(): boolean {
    const rowsGone = this.writers.map((writer) => writer.flush()).every(Boolean);
    if (!rowsGone) return false;
    if (this.lines.length === 0) return true;
    if (!publishBatch(this.producer, 0, infoBatch(this.lines))) return false;
    this.lines = [];
    return true;
  }

  /**
   * Keeps the counters in order with the data, where a crash cannot take them. Everything is handed on before; without
   * room for that in the ring nothing is kept, and the next account will do.
   */
  account(counters: () => DriverCounters): void {
    if (!this.flush()) return;
    const account = accountOf(counters(), this.clock.epochNs());
    publishBatch(this.producer, 0, accountBatch(account), 0);
  }

  /** Forgets what could not be handed on. Returns the number of rows lost. */
  discard(): number {
    return this.writers.reduce((lost, writer) => lost + writer.discard(), 0);
  }
}
