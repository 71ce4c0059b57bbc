import { scalarColumn, type TableSchema } from '@countroom/records';
import { BatchWriter, publishBatch } from '../core/batch-writer.js';
import type { ConsumerSource } from '../core/consumers/consumer.api.js';
import { infoBatch, infoSchema } from '../core/info-table.js';
import type { RingProducer } from '../core/ring/ring-producer.js';

/** How a scope for tests is set up. */
export interface TestScope {
  readonly channels: number;
  readonly samples: number;
  readonly dtNs?: number;
  /** Part of the record before the trigger. */
  readonly pretrigger?: number;
  readonly voltsPerCount?: number;
  /** Rows of one batch; 1 when absent. */
  readonly rows?: number;
}

function tableOf(channel: number, samples: number): TableSchema {
  return {
    name: `ch000000${channel}/raw`,
    columns: [
      scalarColumn('eventnumber', 'int64'),
      scalarColumn('devicetime', 'int64', { units: 'ns' }),
      scalarColumn('hosttime', 'int64', { units: 'ns' }),
      scalarColumn('livetime', 'int64', { units: 'ns' }),
      scalarColumn('flags', 'uint32'),
      scalarColumn('waveform/t0', 'float32', { units: 'ns' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns' }),
      { name: 'waveform/values', dtype: 'int16', shape: [samples], variableLength: false, units: 'adc' },
    ],
  };
}

/** What consumers are told of the scope: channels A, B, C …; A triggers. */
export function scopeSource({ channels, samples, voltsPerCount = 1e-3 }: TestScope): ConsumerSource {
  const numbers = Array.from({ length: channels }, (_, channel) => channel);
  const tables = numbers.map((channel) => tableOf(channel, samples));
  return {
    source: 'scope',
    tables: [infoSchema, ...tables],
    channels: numbers.map((channel) => ({
      channel,
      table: tables[channel]!.name,
      label: String.fromCharCode(65 + channel),
      voltsPerCount,
      voltsOffset: 0,
      ...(channel === 0 ? { trigger: { levelVolts: -0.03, direction: 'falling' } } : {}),
    })),
    device: { model: 'test' },
  };
}

/** Puts records of a scope into a ring, one row per channel and event, as a driver does. */
export class ScopeWriter {
  private readonly writers: readonly BatchWriter[];
  private readonly producer: RingProducer;
  private readonly dtNs: number;
  private readonly t0Ns: number;
  private number = 0;

  constructor(scope: TestScope, producer: RingProducer) {
    const { tables } = scopeSource(scope);
    const limits = { rows: scope.rows ?? 1, bytes: 1 << 20 };
    this.writers = tables.slice(1).map((schema, i) => new BatchWriter(schema, i + 1, producer, limits));
    this.producer = producer;
    this.dtNs = scope.dtNs ?? 4;
    this.t0Ns = -this.dtNs * Math.trunc(scope.samples * (scope.pretrigger ?? 0.1));
  }

  /** Writes an event; waits while the ring is full. */
  async put(records: readonly ArrayLike<number>[]): Promise<void> {
    this.number += 1;
    for (const [channel, record] of records.entries()) {
      const writer = this.writers[channel]!;
      while (!writer.ready()) await this.producer.waitForSpace(20);
      const row = writer.rows;
      const time = BigInt(this.number) * 1_000_000n;
      [BigInt(this.number), time, time, 900_000n, 0, this.t0Ns, this.dtNs].forEach((value, column) => {
        writer.columns[column]!.data[row] = value;
      });
      (writer.columns[7]!.data as Int16Array).set(record, row * record.length);
      writer.advance();
    }
  }

  /** Writes out what is left and closes the ring. */
  async close(): Promise<void> {
    for (const writer of this.writers) while (!writer.flush()) await this.producer.waitForSpace(20);
    while (!publishBatch(this.producer, 0, infoBatch([{ timeNs: 0n, message: 'Ending run' }])))
      await this.producer.waitForSpace(20);
    this.producer.close();
  }
}
