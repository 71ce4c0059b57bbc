import { columnOf, type RecordBatch, rowLength, type TableSchema } from '@countroom/records';
import { cloneBatch, decodeBatch } from '../batch-codec.js';
import type { ChannelFacts } from '../driver.js';
import type { RingRecord } from '../ring/ring-layout.js';
import type { ConsumerEvent, EventChannel } from './consumer-module.api.js';

/** A row of a batch: one channel's part of an event. */
export interface EventRow {
  readonly schemaId: number;
  readonly batch: RecordBatch;
  readonly row: number;
}

/** An event and the rows that it is made of. */
export interface BuiltEvent extends ConsumerEvent {
  readonly rows: readonly EventRow[];
}

interface Wanted {
  readonly facts: ChannelFacts;
  readonly index: number;
  /** Rows whose other channels have not come yet, by event number. */
  readonly waiting: Map<bigint, EventRow>;
}

/** Numbers of events behind which one that lacks a channel is given up. */
const patience = 4096n;

/**
 * Puts events together out of the batches of channels. `joined`: an event is complete when every channel has a row with
 * its number; `single`: every row is an event of one channel. Memory is bounded: what lacks a channel for too long is
 * given up and counted.
 */
export class EventBuilder {
  /** Rows given up because other channels never came. */
  incomplete = 0n;
  private readonly tables: readonly TableSchema[];
  private readonly joined: boolean;
  private readonly wanted = new Map<number, Wanted>();
  private readonly scratch: Float64Array[] = [];

  /** @param tables index = schema id; @param channels those to put together, in the order of the event's channels */
  constructor(tables: readonly TableSchema[], channels: readonly ChannelFacts[], mode: 'joined' | 'single') {
    this.tables = tables;
    this.joined = mode === 'joined' && channels.length > 1;
    channels.forEach((facts, index) => {
      const id = tables.findIndex(({ name }) => name === facts.table);
      if (id >= 0) this.wanted.set(id, { facts, index, waiting: new Map() });
    });
  }

  /**
   * Events that are complete with this record, in order. They are views of `record.bytes`, so each must be done with
   * before the record is given back.
   */
  *add(record: RingRecord): Generator<BuiltEvent> {
    const wanted = this.wanted.get(record.schemaId);
    const schema = this.tables[record.schemaId];
    if (wanted === undefined || schema === undefined) return;
    const { batch } = decodeBatch(schema, record.bytes);
    if (!this.joined) {
      for (let row = 0; row < batch.rows; row++) {
        yield this.build([{ schemaId: record.schemaId, batch, row }]);
      }
      return;
    }
    const numbers = numbersOf(batch);
    let kept: RecordBatch | undefined;
    for (let row = 0; row < batch.rows; row++) {
      const number = BigInt(numbers[row] ?? 0);
      const own: EventRow = { schemaId: record.schemaId, batch, row };
      const parts = this.partsWith(number, wanted, own);
      if (parts === undefined) {
        kept ??= cloneBatch(batch);
        wanted.waiting.set(number, { ...own, batch: kept });
      } else {
        yield this.build(parts);
        this.forget(number);
      }
    }
  }

  /** Gives up everything that waits; at the end of a run. */
  end(): void {
    for (const { waiting } of this.wanted.values()) {
      this.incomplete += BigInt(waiting.size);
      waiting.clear();
    }
  }

  private partsWith(number: bigint, own: Wanted, row: EventRow): EventRow[] | undefined {
    const parts: EventRow[] = [];
    for (const wanted of this.wanted.values()) {
      const part = wanted === own ? row : wanted.waiting.get(number);
      if (part === undefined) return undefined;
      parts[wanted.index] = part;
    }
    return parts;
  }

  /** What is complete, and what is too old to become so. */
  private forget(number: bigint): void {
    for (const { waiting } of this.wanted.values()) {
      waiting.delete(number);
      for (const old of waiting.keys()) {
        if (old + patience >= number) break;
        waiting.delete(old);
        this.incomplete += 1n;
      }
    }
  }

  private build(rows: readonly EventRow[]): BuiltEvent {
    const channels = rows.map((row) => this.channelOf(row));
    const { batch, row } = rows[0]!;
    const whole = (name: string): bigint => wholeAt(batch, name, row);
    return {
      rows,
      channels,
      number: whole('eventnumber'),
      deviceTimeNs: whole('devicetime'),
      hostTimeNs: whole('hosttime'),
      liveNs: whole('livetime'),
      deadNs: whole('deadtime'),
      bufferNs: whole('bufferwait'),
      flags: Number(whole('flags')),
      dtNs: numberAt(batch, 'waveform/dt', row) ?? 1,
      t0Ns: numberAt(batch, 'waveform/t0', row) ?? 0,
      volts: (index) => this.volts(channels, index),
    };
  }

  private channelOf({ schemaId, batch, row }: EventRow): EventChannel {
    const { facts } = this.wanted.get(schemaId)!;
    const { schema, column } = columnOf(batch, 'waveform/values');
    const length = rowLength(schema);
    const counts = (column.data as Int16Array | Uint16Array | Float64Array).subarray(
      row * length,
      (row + 1) * length,
    );
    return {
      channel: facts.channel,
      label: facts.label ?? String(facts.channel),
      counts,
      voltsPerCount: facts.voltsPerCount ?? 1,
      voltsOffset: facts.voltsOffset ?? 0,
    };
  }

  private volts(channels: readonly EventChannel[], index: number): Float64Array {
    const channel = channels[index];
    if (channel === undefined)
      throw new RangeError(`the event has ${channels.length} channels, there is no ${index}`);
    const { counts, voltsPerCount, voltsOffset } = channel;
    let values = this.scratch[index];
    if (values?.length !== counts.length) {
      values = new Float64Array(counts.length);
      this.scratch[index] = values;
    }
    for (let i = 0; i < counts.length; i++) values[i] = counts[i]! * voltsPerCount + voltsOffset;
    return values;
  }
}

function numbersOf(batch: RecordBatch): ArrayLike<number | bigint> {
  return columnOf(batch, 'eventnumber').column.data;
}

function valueAt(batch: RecordBatch, name: string, row: number): number | bigint | undefined {
  const index = batch.schema.columns.findIndex((column) => column.name === name);
  return batch.columns[index]?.data[row];
}

function numberAt(batch: RecordBatch, name: string, row: number): number | undefined {
  const value = valueAt(batch, name, row);
  return value === undefined ? undefined : Number(value);
}

function wholeAt(batch: RecordBatch, name: string, row: number): bigint {
  const value = valueAt(batch, name, row);
  if (typeof value === 'bigint') return value;
  return value === undefined || !Number.isFinite(value) ? 0n : BigInt(Math.round(value));
}
